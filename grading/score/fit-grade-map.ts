import { momentsOf, requireInput, spreadOf } from '../../engine/index.ts';
import { blockFor, distribution, firstAtLeast, meanOf } from '../statistics/index.ts';
import type { GradeMap, MonotoneMap } from '../types/index.ts';
import { centredIsotonic } from './centred-isotonic.ts';
import { meanInterval } from './mean-interval.ts';
import { outcomeBand } from './outcome-band.ts';
import { groupMap, GroupMeans, type ScoreGroups, scoreGroups } from './score-groups.ts';
import { known, type ScoredOutcomes, upsOf } from './scored-outcomes.ts';

export interface GradeMapOptions {
  readonly seed: number;
  /** Of the bootstrap of the mean's interval; 200 unless said otherwise. */
  readonly draws?: number;
  /** k of n ÷ (n + k), in independent outcomes; 100 unless said otherwise. */
  readonly shrinkageOutcomes?: number;
}

const GROUPS = 100;
const KNOTS = 201;
const LEAST_ROWS = 30;
const DRAWS = 200;
const SHRINKAGE_OUTCOMES = 100;

/**
 * How scores become grades, probabilities and expectations, from out-of-sample scores and what followed them.
 *
 * Scores are put in up to 100 groups of equal counts; P(up) and the mean outcome are centred isotonic regressions on them, shrunk to the rate and mean
 * of all. s0 is the least score whose expected return covers a round trip. Where none does it is the highest score (no grade is above 50: nothing earns
 * its costs), where all do the lowest; so a map moves smoothly as its crossing leaves the scores on either side.
 *
 * throws  InputError `scores-too-few` below 30 scores with an outcome
 */
export function fitGradeMap(oos: ScoredOutcomes, { seed, draws = DRAWS, shrinkageOutcomes = SHRINKAGE_OUTCOMES }: GradeMapOptions): GradeMap {
  const { horizonBars, roundTripCost } = oos;
  const { score, forward } = known(oos);
  const n = score.length;
  requireInput(n >= LEAST_ROWS, 'scores-too-few', 'scores with an outcome', `at least ${LEAST_ROWS}`, n);
  const groups = scoreGroups(score, GROUPS);
  const base = baseOf(forward, horizonBars);
  const mean = centredIsotonic(groups, new GroupMeans(groups).of(forward), { to: base.mean, horizonBars, outcomes: shrinkageOutcomes });
  const interval = meanInterval(groups, forward, mean, { draws, seed, meanBlock: blockFor(horizonBars, n), stream: 'grade map' });
  const band = outcomeBand(score, forward, horizonBars);
  const map = groupMap(groups, mean);
  const sorted = score.slice().sort();
  const s0 = breakEven(map, roundTripCost, sorted);
  return {
    horizonBars, s0,
    above: distribution(sorted.filter((s) => s >= s0).map((s) => s - s0), KNOTS),
    below: distribution(sorted.filter((s) => s < s0).map((s) => s0 - s).reverse(), KNOTS),
    pUp: groupMap(groups, upProbability(groups, upsOf(forward), horizonBars, { shrinkageOutcomes })),
    mean: map,
    meanLow: groupMap(groups, interval.low),
    meanHigh: groupMap(groups, interval.high),
    outcomeLow: band.low,
    outcomeHigh: band.high,
    roundTripCost, base,
  };
}

function breakEven(mean: MonotoneMap, cost: number, sorted: Float64Array): number {
  return mean.y[0] >= cost ? sorted[0] : (firstAtLeast(mean, cost) ?? sorted[sorted.length - 1]);
}

/** P(up) of each group from outcomes of 0 and 1, shrunk to the rate of all; of all rows, or of drawn ones. */
export function upProbability(
  groups: ScoreGroups, ups: Float64Array, horizonBars: number, { shrinkageOutcomes = SHRINKAGE_OUTCOMES, drawn }: { readonly shrinkageOutcomes?: number; readonly drawn?: Int32Array } = {},
): Float64Array {
  const sums = new GroupMeans(groups).of(ups, drawn);
  return centredIsotonic(groups, sums, { to: sums.mean(), horizonBars, outcomes: shrinkageOutcomes });
}

function baseOf(forward: Float64Array, horizonBars: number): GradeMap['base'] {
  const moments = momentsOf(forward);
  return { n: forward.length, nEffective: forward.length / horizonBars, pUp: meanOf(upsOf(forward)), mean: moments.mean, sd: spreadOf(moments) ?? 0 };
}
