import type { CommandModule } from 'yargs';
import { parseDurationMs } from '../../../engine/index.ts';
import type { Promotion, PromoteOptions } from '../../../grading/index.ts';
import { contextOf, type Context, type GlobalArguments } from '../context.ts';
import { GateFailure } from '../exit.ts';
import { interruption } from '../interruption.ts';
import { registryOf } from '../models.ts';
import { note, printJson, warning } from '../output.ts';
import { readPolicy } from '../policy.ts';
import { stageBars } from '../progress.ts';
import { printPromotion } from '../promotion-output.ts';

interface Arguments extends GlobalArguments {
  readonly report: string;
  readonly id?: string;
  readonly strategy?: string;
  readonly data?: readonly string[];
  readonly funding?: string;
  readonly mark?: string;
  readonly finer?: string;
  readonly policy?: string;
  readonly poolWith?: readonly string[];
  readonly joined?: readonly string[];
  readonly horizon?: number;
  readonly universe?: readonly string[];
  readonly author?: string;
  readonly note?: readonly string[];
  readonly valid: string;
  readonly workers?: number;
  readonly dryRun: boolean;
}

export const promoteCommand: CommandModule<object, Arguments> = {
  command: 'promote <report>',
  describe: 'Compute everything in a validation report again and register its model, in SHADOW; exit code 4 when a gate refuses',
  builder: (yargs) =>
    yargs
      .positional('report', { type: 'string', demandOption: true, describe: 'HTML report of assay validate' })
      .option('id', { type: 'string', describe: 'Name of the model [strategy and market, such as ema-cross-binance-btc-usdt]', group: 'Model:' })
      .option('horizon', { type: 'number', describe: 'Bars over which an outcome is measured [median holding, a bar to 7 days]', group: 'Model:' })
      .option('universe', { type: 'string', array: true, describe: 'Markets that it may grade, such as binance:BTC/USDT, or any [those of the study]', group: 'Model:' })
      .option('author', { type: 'string', describe: 'Who answers for it', group: 'Model:' })
      .option('note', { type: 'string', array: true, describe: 'Something to remember', group: 'Model:' })
      .option('valid', { type: 'string', default: '365d', describe: 'How long it may be graded', group: 'Model:' })
      .option('strategy', { type: 'string', describe: 'File of the strategy, where it is not built in', group: 'Study:' })
      .option('data', { alias: 'd', type: 'string', array: true, describe: 'Datasets or candle files [those of the lake that have the content]', group: 'Study:' })
      .option('funding', { type: 'string', describe: 'A file of funding rates, where the report was made with one', group: 'Study:' })
      .option('mark', { type: 'string', describe: 'A file of mark candles, where the report was made with one', group: 'Study:' })
      .option('finer', { type: 'string', describe: 'Dataset or file of a shorter timeframe, where the report was made with one', group: 'Study:' })
      .option('policy', { type: 'string', describe: 'File of thresholds that are accepted [built in]', group: 'Study:' })
      .option('pool-with', { type: 'string', array: true, describe: 'Datasets of the pooled markets, where the report has some', group: 'Study:' })
      .option('joined', { type: 'string', array: true, describe: 'CSV of the joined columns, where the report has some', group: 'Study:' })
      .option('workers', { alias: 'w', type: 'number', describe: 'Worker threads [all cores]', group: 'Study:' })
      .option('dry-run', { type: 'boolean', default: false, describe: 'Verify everything, register nothing' })
      .example('assay promote verdict.html', 'from the report to a model in SHADOW')
      .example('assay promote verdict.html --strategy ./my.ts --id my-model --dry-run', 'what would be registered of a strategy of your own') as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const result = await promoted(args, context);
    if (context.json) printJson(promotionJson(result));
    else printPromotion(result);
    if (!result.promoted) throw new GateFailure(`${result.modelId} is not promoted: ${result.blocking.join(', ')}`);
  },
};

async function promoted(args: Arguments, context: Context): Promise<Promotion> {
  const { promote } = await import('../../../grading/index.ts');
  const options = await optionsOf(args, context);
  const progress = stageBars(context.quiet);
  const { signal, release } = interruption();
  try {
    return await promote(args.report, { ...options, onStage: progress.update, signal });
  } finally {
    progress.stop();
    release();
  }
}

async function optionsOf(args: Arguments, context: Context): Promise<PromoteOptions> {
  const { DAY_MS } = await import('../../../engine/index.ts');
  const { renderPage } = await import('../write-report.ts');
  const { data, funding, mark, finer, strategy, poolWith, joined, author, universe, note: notes } = args;
  return {
    home: context.home, cacheDir: context.cacheDir, registry: await registryOf(context), clock: { nowMs: () => Date.now() }, environment: environmentOf(),
    modelId: args.id, strategy, data, funding, mark, finer, poolWith, joined, author, notes,
    policy: await readPolicy(args.policy),
    horizonBars: args.horizon,
    universe: universe?.length === 1 && universe[0] === 'any' ? 'any' : universe,
    validDays: parseDurationMs(args.valid, '--valid') / DAY_MS,
    workers: args.workers ?? context.config.workers,
    isDryRun: args.dryRun,
    onNotice: (text) => note(warning(text)),
    render: renderPage,
  };
}

/** What a version says that it was promoted on. */
export function environmentOf(): PromoteOptions['environment'] {
  return { node: process.versions.node, platform: `${process.platform}-${process.arch}` };
}

function promotionJson(result: Promotion): object {
  const { modelId, checks, verdict, ledger, promisedDecision } = result;
  const facts = { promoted: result.promoted, modelId, checks, promisedDecision, ledger, verdict };
  if (!result.promoted) return { ...facts, blocking: result.blocking };
  return { ...facts, isDryRun: result.isDryRun, key: result.key, state: result.model?.state ?? null, sha256: result.model?.sha256 ?? null, version: result.version };
}
