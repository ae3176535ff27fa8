import { momentsOf, probit, spreadOf } from '../../engine/index.ts';
import { blockFor, drawRows, meanOf } from '../statistics/index.ts';
import type { Arranged } from './arrange.ts';
import type { Bootstrap } from './monotonicity.ts';
import { crossSections, pooledEras } from './rank-ic.ts';
import type { Power } from './types.ts';

/**
 * Standard error of the mean IC by a bootstrap over eras, which keeps what coins share: bars with cross-sections, or eras of ten horizons over time.
 *
 * null    below three eras
 */
export function power(arranged: Arranged, { seed, draws }: Bootstrap): Power {
  const wide = crossSections(arranged, arranged.gross);
  const isWide = wide.length >= 3;
  const ics = isWide ? wide : pooledEras(arranged, arranged.gross);
  const se = ics.length < 3 ? null : standardError(ics, isWide ? arranged.horizonBars : 1, { seed, draws });
  return { basis: isWide ? 'cross-section' : 'time series', eras: ics.length, seMeanIc: se, detectableIc: se === null ? null : (probit(0.95) + probit(0.8)) * se };
}

function standardError(ics: Float64Array, horizonBars: number, { seed, draws }: Bootstrap): number | null {
  const means: number[] = [];
  const meanBlock = horizonBars === 1 ? 1 : blockFor(horizonBars, ics.length);
  for (const rows of drawRows(ics.length, { draws, seed, meanBlock, stream: 'power' })) means.push(meanOf(Float64Array.from(rows, (row) => ics[row])));
  return spreadOf(momentsOf(means));
}
