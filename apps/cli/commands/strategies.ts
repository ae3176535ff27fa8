import type { CommandModule } from 'yargs';
import type { ParamSpec, Strategy } from '../../../engine/index.ts';
import { contextOf, type GlobalArguments } from '../context.ts';
import { faint, heading, note, print, printJson, table } from '../output.ts';

interface ListArguments extends GlobalArguments {}
interface ShowArguments extends GlobalArguments { readonly strategy: string }
interface NewArguments extends GlobalArguments { readonly file: string; readonly id?: string; readonly template: 'exposure' | 'orders' }

const list: CommandModule<object, ListArguments> = {
  command: 'list',
  describe: 'What comes with Assay',
  handler: async (args) => {
    const { BUILT_IN } = await import('../../../strategies/index.ts');
    const strategies = BUILT_IN.map(({ strategy }) => strategy);
    if (args.json) printJson(strategies.map(asJson));
    else print(table(['name', 'what it does'], strategies.map(({ id, summary }) => [id, summary]), 2));
  },
};

const show: CommandModule<object, ShowArguments> = {
  command: 'show <strategy>',
  describe: 'Thesis, weak point and parameters of one strategy',
  builder: (yargs) => yargs.positional('strategy', { type: 'string', demandOption: true, describe: 'Name or file' }) as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const { loadNamedStrategy } = await import('../../../workbench/index.ts');
    const { strategy, codeHash } = await loadNamedStrategy(args.strategy, context.cacheDir);
    if (args.json) {
      printJson({ ...asJson(strategy), codeHash });
      return;
    }
    print(heading(strategy.id) + faint(`  code ${codeHash.slice(0, 16)}`));
    print(strategy.summary);
    for (const [name, text] of [['thesis', strategy.thesis], ['fails', strategy.fails], ['source', strategy.source]] as const) {
      if (text !== null) print(`${faint(name)}  ${text}`);
    }
    print();
    print(table(['parameter', 'type', 'default', 'range'], Object.entries(strategy.params).map(([name, spec]) => [name, spec.type, String(spec.default), rangeText(spec)])));
  },
};

const create: CommandModule<object, NewArguments> = {
  command: 'new <file>',
  describe: 'Write a commented template to start from',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'File to write, such as ./my-strategy.ts' })
      .option('id', { type: 'string', describe: 'Name of the strategy [the file’s name]' })
      .option('template', { choices: ['exposure', 'orders'] as const, default: 'exposure', describe: 'What to start from: target exposures, or orders placed bar by bar' }) as never,
  handler: async (args) => {
    const { newStrategyFile } = await import('../../../workbench/index.ts');
    const path = newStrategyFile(args.file, args.id, args.template);
    if (args.json) printJson({ file: path });
    else note(`wrote ${path}; try: assay backtest ${path}`);
  },
};

export const strategiesCommand: CommandModule<object, object> = {
  command: 'strategies <command>',
  describe: 'List, show and start strategies',
  builder: (yargs) =>
    yargs
      .command(list)
      .command(show)
      .command(create)
      .demandCommand(1, 'strategies needs a command: list, show or new')
      .example('assay strategies show ema-cross', '')
      .example('assay strategies new ./my-strategy.ts', '')
      .example('assay strategies new ./my-bot.ts --template orders', 'limits, stops and brackets from onBar'),
  handler: () => undefined,
};

function asJson({ id, summary, thesis, fails, source, legs, params }: Strategy): object {
  return { id, summary, thesis, fails, source, legs, params };
}

function rangeText(spec: ParamSpec): string {
  if (spec.type === 'bool') return 'false, true';
  return spec.type === 'choice' ? spec.options.join(', ') : `${spec.min} … ${spec.max}`;
}
