import { addSums, canonicalJson, type Sums, varianceOfSums } from '../../engine/index.ts';
import { contextOf, type TrialCount } from './counting.ts';
import type { ScreenEntry } from './types.ts';

export interface ScreenVariance {
  /** Greatest variance of the annual Sharpe ratio among the screens of one window and configuration; null without a screen. */
  readonly screenedSharpeVariance: number | null;
}

type Range = ScreenEntry['points'];

/** Points of one space in one context, without those that were screened before. */
interface Screened {
  readonly ranges: Map<string, Range>;
  readonly sharpeAnn: Sums;
  failed: number;
}

/**
 * Counts screens by the points of their space; the same range again is none.
 *
 * n is an upper bound: a point that two spaces share counts in both, and one that is defined on either of two markets counts as one of each
 * until the space is full.
 *
 * memory  a range an entry
 */
export function createScreenCounter() {
  const spaces = new Map<string, Map<string, Screened>>();
  return {
    add(entry: ScreenEntry): void {
      const contexts = valueIn(spaces, spaceOf(entry), () => new Map<string, Screened>());
      const screened = valueIn(contexts, contextOf(entry), () => ({ ranges: new Map<string, Range>(), sharpeAnn: { n: 0, mean: 0, m2: 0 }, failed: 0 }));
      const { from, to } = entry.points;
      if (screened.ranges.has(`${from} ${to}`)) return;
      screened.ranges.set(`${from} ${to}`, entry.points);
      screened.failed += entry.failed;
      const { n, mean, variance } = entry.sharpeAnn;
      addSums(screened.sharpeAnn, { n, mean: mean ?? 0, m2: (variance ?? 0) * Math.max(0, n - 1) });
    },
    count(): TrialCount {
      const counts = [...spaces.values()].map((contexts) => countSpace([...contexts.values()]));
      const sum = (name: keyof TrialCount): number => counts.reduce((all, count) => all + count[name], 0);
      return { n: sum('n'), trials: sum('trials'), failed: sum('failed') };
    },
    variance(): ScreenVariance {
      const variances = [...spaces.values()].flatMap((contexts) => [...contexts.values()].map(({ sharpeAnn }) => varianceOfSums(sharpeAnn))).filter((one) => one !== null);
      return { screenedSharpeVariance: variances.length === 0 ? null : Math.max(...variances) };
    },
  };
}

function countSpace(contexts: readonly Screened[]): TrialCount {
  const sizes = contexts.map(({ ranges }) => unionSize([...ranges.values()]));
  const defined = contexts.map(({ sharpeAnn }, i) => Math.min(sizes[i], sharpeAnn.n));
  const all = unionSize(contexts.flatMap(({ ranges }) => [...ranges.values()]));
  return {
    n: Math.min(all, defined.reduce((sum, one) => sum + one, 0)),
    trials: sizes.reduce((sum, one) => sum + one, 0),
    failed: contexts.reduce((sum, { failed }, i) => sum + Math.min(sizes[i], failed), 0),
  };
}

/** Same code, same values, same draws: the same point has the same number. */
function spaceOf({ codeHash, axes, sampler }: ScreenEntry): string {
  return `${codeHash} ${canonicalJson([Object.entries(axes), sampler])}`;
}

function unionSize(ranges: readonly Range[]): number {
  let size = 0;
  let at = -Infinity;
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    size += Math.max(0, to - Math.max(from, at));
    at = Math.max(at, to);
  }
  return size;
}

function valueIn<V>(known: Map<string, V>, key: string, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
