import { barAtOrAfter, type Bars, marketRef, type MarketRef, marketsFor, sliceBars, type Strategy } from '../../engine/index.ts';
import { barsOfSource } from './sources.ts';
import type { LockedSource } from './types.ts';

/** A market whose bars are not those that the study read. */
export interface ChangedData {
  readonly source: LockedSource;
  readonly market: MarketRef;
  readonly found: MarketRef;
}

export interface FoundBars {
  /** As a study is asked with them. */
  readonly bars: readonly Bars[];
  readonly changed: readonly ChangedData[];
  /** Of which markets the study read all bars of the source. */
  readonly whole: readonly boolean[];
}

interface Locked {
  readonly markets: readonly MarketRef[];
  readonly data: readonly LockedSource[];
  /** Known once it is locked. */
  readonly wholeData?: readonly boolean[];
}

/** The stretch of every source that a study read, and which of them have another content now. */
export async function findLockedBars({ markets, data, wholeData }: Locked, strategy: Strategy, home: string, lockFile: string): Promise<FoundBars> {
  const all = await Promise.all(data.map((source, m) => barsOfSource(source, markets[m].instrument, home, lockFile)));
  const bars = all.map((one, m) => (wholeData?.[m] === true ? one : stretchOf(one, markets[m])));
  const read = (isOnOneClock(strategy) ? marketsFor(strategy, bars) : bars).map(marketRef);
  const changed = read.flatMap((found, m) => (isSameContent(markets[m], found) ? [] : [{ source: data[m], market: markets[m], found }]));
  return { bars, changed, whole: bars.map((one, m) => one === all[m]) };
}

/** Bars of legs are hashed once they are aligned. */
function isOnOneClock({ legs }: Strategy): boolean {
  return legs !== 'any' && legs > 1;
}

function stretchOf(bars: Bars, { firstTimeMs, lastTimeMs }: MarketRef): Bars {
  const from = barAtOrAfter(bars, firstTimeMs);
  const to = barAtOrAfter(bars, lastTimeMs + 1);
  return to <= from || (from === 0 && to === bars.length) ? bars : sliceBars(bars, from, to);
}

function isSameContent(locked: MarketRef, found: MarketRef): boolean {
  return locked.dataHash === found.dataHash && locked.bars === found.bars && locked.firstTimeMs === found.firstTimeMs;
}
