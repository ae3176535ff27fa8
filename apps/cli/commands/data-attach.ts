import type { CommandModule } from 'yargs';
import type { Attached, AttachedFunding, AttachedMark, Dataset } from '../../../datasets/index.ts';
import { formatDuration } from '../../../engine/index.ts';
import { contextOf, type Context, type GlobalArguments } from '../context.ts';
import { faint, heading, minute, number, print, printJson, warning } from '../output.ts';

interface AttachArguments extends GlobalArguments {
  readonly dataset: string;
  readonly file: string;
  readonly replace: boolean;
}

interface FundingArguments extends AttachArguments {
  readonly rateColumn?: string;
  readonly timezone?: string;
  readonly entry?: string;
  readonly anyway: boolean;
}

interface MarkArguments extends AttachArguments {
  readonly onDefect: 'fail' | 'quarantine' | 'keep';
}

/** Funding payments of a perpetual, beside its candles. */
export const dataFundingCommand: CommandModule<object, FundingArguments> = {
  command: 'funding <dataset> <file>',
  describe: 'Attach funding rates to a perpetual; the format is found from the content',
  builder: (yargs) =>
    yargs
      .positional('dataset', { type: 'string', demandOption: true, describe: 'Dataset id' })
      .positional('file', { type: 'string', demandOption: true, describe: 'Rates of freqtrade, Binance, Bybit, OKX, or any table with a time and a funding column' })
      .option('rate-column', { type: 'string', describe: 'Name of the column that holds the rate, where several could' })
      .option('timezone', { type: 'string', describe: 'Zone of times without one [UTC]' })
      .option('entry', { type: 'string', describe: 'Which file of a zip, when there are several' })
      .option('anyway', { type: 'boolean', default: false, describe: 'Take rates beyond 5 % a payment, and a file that names another coin' })
      .option('replace', { type: 'boolean', default: false, describe: 'Replace the funding that is attached' })
      .example('assay data funding binance-btc-usdt-perp-1h BTCUSDT-fundingRate-2024-01.zip', 'payments of one perpetual') as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const { attachFunding, importFunding, openLake } = await import('../../../datasets/index.ts');
    const { rateColumn, timezone: timeZone, entry, anyway, replace } = args;
    const funding = await importFunding(args.file, { rateColumn, timeZone, entry, anyway });
    printAttached(await attachFunding(openLake(context.lakeDir), args.dataset, funding, { attachedAtMs: Date.now(), replace, anyway }), 'funding', context);
  },
};

/** The prices that a venue liquidates on, beside the candles of its trades. */
export const dataMarkCommand: CommandModule<object, MarkArguments> = {
  command: 'mark <dataset> <file>',
  describe: 'Attach mark candles to a perpetual; any candle file, of the bars’ timeframe or finer',
  builder: (yargs) =>
    yargs
      .positional('dataset', { type: 'string', demandOption: true, describe: 'Dataset id' })
      .positional('file', { type: 'string', demandOption: true, describe: 'Candles of the mark price' })
      .option('on-defect', { choices: ['fail', 'quarantine', 'keep'] as const, default: 'fail' as const, describe: 'What happens to rows that cannot be a bar' })
      .option('replace', { type: 'boolean', default: false, describe: 'Replace the mark prices that are attached' })
      .example('assay data mark binance-btc-usdt-perp-8h BTC_USDT_USDT-8h-mark.feather', 'joined to the bars by open time') as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const { attachMark, importCandles, openLake } = await import('../../../datasets/index.ts');
    const mark = await importCandles([args.file], { onDefect: args.onDefect });
    printAttached(await attachMark(openLake(context.lakeDir), args.dataset, mark, { attachedAtMs: Date.now(), replace: args.replace }), 'mark', context);
  },
};

/** What is attached to a dataset, for the table that describes it. */
export function attachmentRows({ funding, mark }: Dataset): [string, string][] {
  return [
    ...(funding === undefined ? [] : [['funding', `${fundingWords(funding)}; ${sourceWords(funding)}`] as [string, string]]),
    ...(mark === undefined ? [] : [['mark', `${number(mark.rows, 0)} candles, ${rangeWords(mark)}; ${sourceWords(mark)}`] as [string, string]]),
  ];
}

function printAttached({ dataset, isNew }: Attached, kind: 'funding' | 'mark', { json }: Context): void {
  if (json) {
    printJson({ dataset, isNew });
    return;
  }
  print(`${heading(dataset.id)}  content ${dataset.contentHash.slice(0, 16)}${isNew ? '' : faint('  (already there, unchanged)')}`);
  for (const [name, text] of attachmentRows(dataset)) if (name === kind) print(`${name}  ${text}`);
  const attached = dataset[kind];
  if (attached === undefined) return;
  const slackMs = kind === 'mark' ? 0 : 1.5 * (dataset.funding?.intervalMs ?? 0);
  const isShort = attached.firstTimeMs - dataset.firstTimeMs > slackMs || dataset.lastTimeMs - attached.lastTimeMs > slackMs;
  if (isShort) print(warning(`the bars reach from ${minute(dataset.firstTimeMs)} to ${minute(dataset.lastTimeMs)}: those outside have no ${kind}`));
  for (const text of attached.notes) print(faint(`  ${text}`));
}

function fundingWords(funding: AttachedFunding): string {
  const { rows, intervalMs, gaps, longestStepMs, rowsWithMarkPrice } = funding;
  const every = intervalMs === null ? '' : ` every ${formatDuration(intervalMs)}`;
  const holes = gaps === 0 ? 'no gaps' : `${number(gaps, 0)} gaps, longest step ${formatDuration(longestStepMs)}`;
  return `${number(rows, 0)} payments${every}, ${rangeWords(funding)}, ${holes}, ${rowsWithMarkPrice === 0 ? 'without' : `${number(rowsWithMarkPrice, 0)} with`} mark prices`;
}

function rangeWords({ firstTimeMs, lastTimeMs }: AttachedFunding | AttachedMark): string {
  return `${minute(firstTimeMs)} to ${minute(lastTimeMs)}`;
}

function sourceWords({ sources, importer }: AttachedFunding | AttachedMark): string {
  return sources.map(({ name, sha256 }) => `${name} (${importer.name}, sha256 ${sha256.slice(0, 16)})`).join(', ');
}
