import { type Difference, differencesOf } from '../replay/index.ts';
import { type Finished, type FinishedSeries, seriesOf } from './result.ts';
import { firstDifferentElement, firstDifferentStretch, type ResultSeries, type Stretch } from './series.ts';
import type { LockedResult, LockedSeries, SeriesName } from './types.ts';

/** Where a series first leaves the locked one. */
export interface FirstDifference {
  readonly series: SeriesName;
  /** Half-open; one element where it is known exactly. */
  readonly from: number;
  readonly to: number;
  /** The first element of that range; null where a series is over. The locked one is known where its result is still stored. */
  readonly locked: Readonly<Record<string, unknown>> | null;
  readonly now: Readonly<Record<string, unknown>> | null;
}

export interface ResultDifferences {
  readonly figures: readonly Difference[];
  readonly first: readonly FirstDifference[];
  /** Parts of a sweep that hold the same trials in other bytes. */
  readonly rewrittenFiles: readonly string[];
}

/** Trades say more than the equity that they made. */
const ORDER: readonly SeriesName[] = ['trades', 'equity', 'trials'];

/**
 * Holds a replayed result against the locked one: figures to 1e-9, series to the bit.
 *
 * `stored` is the locked result where it is still on this disk.
 */
export async function compareResult(locked: LockedResult, now: LockedResult, replayed: Finished, stored: Finished | null): Promise<ResultDifferences> {
  const figures = differencesOf(locked.figures, now.figures);
  const series = seriesOf(replayed);
  const before = stored === null ? {} : seriesOf(stored);
  const first: FirstDifference[] = [];
  for (const name of ORDER) {
    const [a, b, found] = [locked.series[name], now.series[name], series[name]];
    if (a !== undefined && b !== undefined && found !== undefined && a.sha256 !== b.sha256) first.push(await firstDifferenceOf(name, a, found, before));
  }
  const files = Object.keys({ ...locked.files, ...now.files }).filter((name) => locked.files?.[name] !== now.files?.[name]);
  return { figures, first, rewrittenFiles: files };
}

async function firstDifferenceOf(name: SeriesName, locked: LockedSeries, found: ResultSeries, stored: FinishedSeries): Promise<FirstDifference> {
  const stretch: Stretch = (await firstDifferentStretch(locked, found)) ?? { from: 0, to: Math.max(locked.length, found.length) };
  const before = stored[name];
  const { from, to } = before === undefined ? stretch : await firstDifferentElement(before, found, stretch);
  return { series: name, from, to, locked: before !== undefined && from < before.length ? await before.at(from) : null, now: from < found.length ? await found.at(from) : null };
}
