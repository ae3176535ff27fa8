import { hacMean, momentsOf, requireInput, spreadOf } from '../../engine/index.ts';
import { blockFor, brierScore, calibrationError, calibrationErrorLimit, calibrationLine, eraMeans, rankProducts, reliabilityBins } from '../statistics/index.ts';
import type { CalibrationFacts, GradeMap } from '../types/index.ts';
import { crossFit, refits } from './cross-fit.ts';
import { known, type ScoredOutcomes, upsOf } from './scored-outcomes.ts';

export interface CalibrationOptions {
  readonly seed: number;
  /** Of the calibration error's limit; 500 unless said otherwise. */
  readonly draws?: number;
}

const BINS = 10;
const DRAWS = 500;
/** Twice the block of a mean's interval: with that one 11 to 14 of 100 calibrated samples were beyond the limit, with this one 5 to 9. */
const BLOCK_HORIZONS = 2;
/** Horizons that one era of the rank correlation lasts. */
export const IC_ERA_HORIZONS = 10;

/**
 * How well probabilities and ranks held outside what they were fitted on.
 *
 * Forecasts are cross-fitted: each fifth of the time is forecast by a map that was fitted on the others, as `map` was fitted on all of it; measured on
 * its own sample an isotonic fit looks calibrated whatever it is worth. The rank correlation needs no fit: its mean is that of all rows, its deviation that
 * of eras of ten horizons, its t holds under the overlap of outcomes (HAC, lag h). A hit is an outcome of the score's sign.
 * The limit of the calibration error is that of forecasts fitted on as much data, as these are.
 *
 * throws  InputError `scores-too-few` where four fifths less the purge have fewer than 30 rows, `outcomes-one-sided` where nothing can be told
 */
export function calibrationFacts(oos: ScoredOutcomes, map: GradeMap, { seed, draws = DRAWS }: CalibrationOptions): CalibrationFacts {
  const { horizonBars } = map;
  const { score, forward } = known(oos);
  const n = score.length;
  requireInput(0.8 * n - 2 * horizonBars >= 30, 'scores-too-few', 'scores with an outcome', `at least ${Math.ceil((30 + 2 * horizonBars) / 0.8)} for a horizon of ${horizonBars} bars`, n);
  const ups = upsOf(forward);
  requireInput(ups.includes(0) && ups.includes(1), 'outcomes-one-sided', 'outcomes', 'above 0 and below', `${n} of one side`);
  const { pUp, base } = crossFit(score, ups, horizonBars);
  const brier = brierScore(pUp, ups);
  const brierBase = brierScore(base, ups);
  const line = calibrationLine(pUp, ups);
  const plan = { draws, seed, meanBlock: blockFor(BLOCK_HORIZONS * horizonBars, n) };
  return {
    n, nEffective: n / horizonBars, brier, brierBase,
    brierSkill: 1 - brier / brierBase,
    ece: calibrationError(reliabilityBins(pUp, ups, BINS)),
    eceLimit95: calibrationErrorLimit(pUp, ups, BINS, { ...plan, stream: 'calibration error' }, refits(score, ups, horizonBars, { ...plan, stream: 'refits' })),
    slope: line?.slope ?? null,
    intercept: line?.intercept ?? null,
    ...rankFacts(score, forward, horizonBars),
    hitRate: hitRate(score, forward),
  };
}

function rankFacts(score: Float64Array, forward: Float64Array, horizonBars: number): Pick<CalibrationFacts, 'icMean' | 'icSd' | 'icT'> {
  const products = rankProducts(score, forward);
  if (products === null) return { icMean: null, icSd: null, icT: null };
  const mean = hacMean(products, horizonBars);
  return { icMean: mean?.mean ?? null, icSd: spreadOf(momentsOf(eraMeans(products, IC_ERA_HORIZONS * horizonBars))), icT: mean?.t ?? null };
}

/** Null where no score leans to a side that an outcome took. */
function hitRate(score: Float64Array, forward: Float64Array): number | null {
  let [hits, n] = [0, 0];
  for (let i = 0; i < score.length; i++) {
    const side = score[i] * forward[i];
    if (side !== 0) n++;
    if (side > 0) hits++;
  }
  return n === 0 ? null : hits / n;
}
