import type { CommandModule } from 'yargs';
import { dataOptions, searchOptions, simulationOptions } from '../options.ts';
import { note, printJson } from '../output.ts';
import { printWalkForward, walkForwardJson } from '../results.ts';
import { search, type SearchArguments } from '../search-request.ts';

interface WalkForwardArguments extends SearchArguments {
  readonly train: string;
  readonly test: string;
  readonly purge: string;
  readonly step?: string;
  readonly anchored: boolean;
  readonly keepShort: boolean;
}

export const walkForwardCommand: CommandModule<object, WalkForwardArguments> = {
  command: 'walkforward <strategy>',
  aliases: ['wf'],
  describe: 'Optimise in each train window, trade the choice in the test window after it',
  builder: (yargs) =>
    simulationOptions(searchOptions(dataOptions(yargs)))
      .positional('strategy', { type: 'string', demandOption: true, describe: 'Built-in name, or a file such as ./my-strategy.ts' })
      .option('train', { type: 'string', default: '365d', describe: 'Length of a train window', group: 'Windows:' })
      .option('test', { type: 'string', default: '90d', describe: 'Length of a test window', group: 'Windows:' })
      .option('purge', { type: 'string', default: '0', describe: 'Gap between train and test: the label horizon', group: 'Windows:' })
      .option('step', { type: 'string', describe: 'Distance between test windows [the test length]', group: 'Windows:' })
      .option('anchored', { type: 'boolean', default: false, describe: 'Every train window begins at the first bar', group: 'Windows:' })
      .option('keep-short', { type: 'boolean', default: false, describe: 'Keep a last test window that is shorter', group: 'Windows:' })
      .option('report', { alias: 'o', type: 'string', describe: 'Write the HTML report here' })
      .example('assay walkforward ema-cross -d binance-btc-usdt-1h --train 365d --test 90d', 'rolling windows over the whole range')
      .example('assay wf ema-cross -p fastBars=5:50:5 -p slowBars=20:200:20 --anchored -o wf.html', 'a stated grid, with a report') as never,
  handler: async (args) => {
    const { saveArtefact, walkForwardStudy } = await import('../../../workbench/index.ts');
    const { train, test, purge, step, keepShort } = args;
    const windows = { kind: args.anchored ? ('anchored' as const) : ('rolling' as const), train, test, purge, step, keepShort };
    const { context, result: walkForward } = await search(args, 'walk forward', (request) => walkForwardStudy({ ...request, windows }));
    const artefact = { schema: 'assay-artefact/3', kind: 'walkforward', walkForward } as const;
    const saved = saveArtefact(context.runsDir, artefact);
    if (context.json) printJson(walkForwardJson(walkForward));
    else printWalkForward(walkForward);
    if (args.report !== undefined) {
      const { writeReport } = await import('../write-report.ts');
      note(`report: ${await writeReport(artefact, args.report, context)}`);
    } else if (!context.json && !context.quiet) note(`saved: ${saved}`);
  },
};
