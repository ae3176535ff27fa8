import type { Arranged } from './arrange.ts';
import { crossSections, LEAST_TOKENS, pooledEras } from './rank-ic.ts';
import type { Decay } from './types.ts';
import { hacMean } from '../../engine/index.ts';
import { meanOf } from '../statistics/index.ts';

export const DECAY_LAGS = [0, 1, 2, 5, 10] as const;
const LEAK_RATIO = 2;
/** Standard errors above which an IC at once is more than chance. */
const CERTAIN_T = 2;

/**
 * Rank IC when the outcome is entered later: that of the token's bar so many bars after the graded one.
 *
 * By cross-sections where there are any, otherwise over time.
 */
export function decay(arranged: Arranged): Decay {
  const lags = DECAY_LAGS.map((lagBars) => {
    const values = icsAt(arranged, laggedReturns(arranged, lagBars));
    return { lagBars, n: values.length, ic: values.length === 0 ? null : meanOf(values), t: hacMean(values, Math.min(arranged.horizonBars, Math.max(0, values.length - 1)))?.t ?? 0 };
  });
  const [now, later] = lags;
  const leakRatio = now.ic !== null && later.ic !== null && later.ic > 0 ? now.ic / later.ic : null;
  const isCertain = now.ic !== null && now.ic > 0 && now.t > CERTAIN_T;
  return {
    lags: lags.map(({ lagBars, n, ic }) => ({ lagBars, n, ic })),
    leakRatio,
    isLeakSuspected: isCertain && later.ic !== null && (leakRatio === null || leakRatio > LEAK_RATIO),
  };
}

function icsAt(arranged: Arranged, returns: Float64Array): Float64Array {
  const isWide = arranged.rowsAt.some(({ length }) => length >= LEAST_TOKENS);
  return isWide ? crossSections(arranged, returns) : pooledEras(arranged, returns);
}

/** NaN where the token has no outcome at that bar. */
export function laggedReturns({ outcomes, rowsOf, gross, timeframeMs }: Arranged, lagBars: number): Float64Array {
  if (lagBars === 0) return gross;
  const out = new Float64Array(gross.length).fill(Number.NaN);
  for (const rows of rowsOf.values()) {
    const rowAt = new Map(Array.from(rows, (row) => [outcomes[row].closeTimeMs, row]));
    for (const row of rows) {
      const later = rowAt.get(outcomes[row].closeTimeMs + lagBars * timeframeMs);
      if (lagBars === 1 && outcomes[row].laggedReturn !== null) out[row] = outcomes[row].laggedReturn;
      else if (later !== undefined) out[row] = gross[later];
    }
  }
  return out;
}
