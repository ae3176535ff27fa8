import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { datasetIds, fundedBars, importCandles, importFunding, type ImportOptions, loadBars as loadFromLake, markedBars, openLake } from '../../datasets/index.ts';
import { barAtOrAfter, type Bars, barsFromColumns, type Calendar, InputError, type Instrument, parseTimeMs, sliceBars, withFiner } from '../../engine/index.ts';

export interface LoadOptions extends ImportOptions {
  /** Folder that holds the lake; `.assay` by default. */
  readonly home?: string;
  /** First bar and end (exclusive): epoch ms, or text such as `2021-06-01`. */
  readonly from?: number | string;
  readonly to?: number | string;
  /** Of a file that is read directly. */
  readonly kind?: Instrument['kind'];
  readonly calendar?: Calendar;
  /** A file of funding rates, instead of what is attached to a dataset. A candle file that does not say what it is of is read as a perpetual then. */
  readonly funding?: string;
  /** A file of mark candles, instead of what is attached. */
  readonly mark?: string;
  /** Bars of a shorter timeframe, a dataset or a file, for `intrabar: 'lower-timeframe'`. */
  readonly finer?: string;
}

/**
 * Bars of a dataset of the lake by its id, or straight from a candle file in any format that Assay imports.
 *
 * throws  InputError `dataset-unknown`, `no-bars`, `funding-on-spot`, `funding-outside`, `mark-outside`, `finer-not-finer`; DataError where a file's rows cannot be bars or
 *         payments
 */
export async function loadBars(datasetOrFile: string, options: LoadOptions = {}): Promise<Bars> {
  const bars = await withFiles(await candlesOf(datasetOrFile, options), options);
  const from = options.from === undefined ? 0 : barAtOrAfter(bars, timeMs(options.from, 'from'));
  const to = options.to === undefined ? bars.length : barAtOrAfter(bars, timeMs(options.to, 'to'));
  if (to <= from) throw new InputError('no-bars', `from and to must leave bars of ${datasetOrFile}, leave none`);
  return from === 0 && to === bars.length ? bars : sliceBars(bars, from, to);
}

function candlesOf(datasetOrFile: string, options: LoadOptions): Promise<Bars> {
  return isFile(datasetOrFile) ? barsOfFile(datasetOrFile, options) : barsOfDataset(datasetOrFile, options);
}

/** Ids of the datasets below a home folder. */
export function datasetsOf(home = '.assay'): string[] {
  return datasetIds(openLake(join(home, 'lake')));
}

function barsOfDataset(id: string, { home = '.assay' }: LoadOptions): Promise<Bars> {
  return loadFromLake(openLake(join(home, 'lake')), id);
}

async function barsOfFile(file: string, options: LoadOptions): Promise<Bars> {
  const { candles, timeframeMs, instrumentHint } = await importCandles([file], options);
  const calendar = options.calendar ?? '24/7';
  return barsFromColumns(candles, timeframeMs, {
    venue: options.venue ?? instrumentHint.venue ?? 'file',
    symbol: options.symbol ?? instrumentHint.symbol ?? 'UNKNOWN',
    kind: options.kind ?? instrumentHint.kind ?? (options.funding === undefined ? 'spot' : 'perpetual'),
    calendar,
    market: calendar === 'session' ? 'session' : 'continuous',
  });
}

/** Bars with the funding, the mark prices and the finer bars that the caller gave. */
async function withFiles(candles: Bars, { funding, mark, finer, ...rest }: LoadOptions): Promise<Bars> {
  const funded = funding === undefined ? candles : fundedBars(candles, await importFunding(funding));
  const marked = mark === undefined ? funded : markedBars(funded, await importCandles([mark]));
  return finer === undefined ? marked : withFiner(marked, await candlesOf(finer, rest));
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function timeMs(time: number | string, parameter: string): number {
  return typeof time === 'number' ? time : parseTimeMs(time, parameter);
}
