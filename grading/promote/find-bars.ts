import { join } from 'node:path';
import { type Dataset, datasetIds, openLake, readDataset } from '../../datasets/index.ts';
import { barAtOrAfter, type Bars, DataError, formatDuration, formatTime, InputError, type MarketRef, requireInput, sliceBars } from '../../engine/index.ts';
import { loadBars, loadMarketRefs, type LoadOptions } from '../../workbench/index.ts';

/** Where bars are looked for. */
export interface BarSources extends Pick<LoadOptions, 'funding' | 'mark' | 'finer'> {
  readonly home: string;
  /** Datasets or files, one a market; the lake is searched by content otherwise. */
  readonly data?: readonly string[];
}

/**
 * The bars that a manifest names by the hash of their content.
 *
 * throws  InputError `data-missing`; DataError `data-differs` naming market and both hashes, `dataset-changed`
 */
export async function findBars(markets: readonly MarketRef[], sources: BarSources): Promise<readonly Bars[]> {
  if (sources.data === undefined) return fromLake(markets, sources.home);
  requireInput(sources.data.length === markets.length, 'data-missing', 'data', `${markets.length} dataset or file of ${markets.map(nameOf).join(', ')}`, sources.data.length);
  const { data } = sources;
  return Promise.all(markets.map((market, m) => given(market, data[m], sources)));
}

async function fromLake(markets: readonly MarketRef[], home: string): Promise<readonly Bars[]> {
  const lake = openLake(join(home, 'lake'));
  const known = datasetIds(lake).map((id) => readDataset(lake, id));
  for (const market of markets) {
    if (known.some(({ contentHash }) => contentHash === market.dataHash)) continue;
    const other = known.find((dataset) => isSameMarket(market, dataset));
    if (other !== undefined) throw differs(market, `dataset ${other.id}`, { hash: other.contentHash, rows: other.rows, firstMs: other.firstTimeMs, lastMs: other.lastTimeMs });
    throw new InputError('data-missing', `a dataset below ${home} must hold the bars of ${nameOf(market)} with content ${market.dataHash}, none does; import them, or name them with --data`);
  }
  return loadMarketRefs(markets, home);
}

/** A file is read as what the manifest says that it is of: the hash covers the instrument. */
async function given(market: MarketRef, name: string, { home, funding, mark, finer }: BarSources): Promise<Bars> {
  const { venue, symbol, kind, calendar } = market.instrument;
  const bars = await loadBars(name, { home, venue, symbol, kind, calendar, funding, mark, finer });
  const from = barAtOrAfter(bars, market.firstTimeMs);
  if (bars.dataHash !== market.dataHash || from + market.bars > bars.length) {
    throw differs(market, name, { hash: bars.dataHash, rows: bars.length, firstMs: bars.openTimeMs[0], lastMs: bars.openTimeMs[bars.length - 1] });
  }
  return from === 0 && market.bars === bars.length ? bars : sliceBars(bars, from, from + market.bars);
}

function differs(market: MarketRef, where: string, found: { readonly hash: string; readonly rows: number; readonly firstMs: number; readonly lastMs: number }): DataError {
  const span = (firstMs: number, lastMs: number): string => `${formatTime(firstMs)} … ${formatTime(lastMs)}`;
  return new DataError('data-differs', `bars of ${nameOf(market)} must have content ${market.dataHash} (the report read ${market.bars} bars, ${span(market.firstTimeMs, market.lastTimeMs)}), have ${found.hash} in ${where} (${found.rows} bars, ${span(found.firstMs, found.lastMs)}): some bar is not the same`);
}

function isSameMarket({ instrument, timeframeMs }: MarketRef, dataset: Dataset): boolean {
  return dataset.instrument.venue === instrument.venue && dataset.instrument.symbol === instrument.symbol && dataset.timeframeMs === timeframeMs;
}

function nameOf({ instrument: { venue, symbol }, timeframeMs }: MarketRef): string {
  return `${venue}:${symbol} ${formatDuration(timeframeMs)}`;
}
