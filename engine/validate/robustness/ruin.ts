import { type Random, requireInput, seededRandom } from '../../core/index.ts';
import type { RuinEvidence } from '../evidence.ts';
import { type AccountCurve, daysOf } from './curve.ts';

export interface RuinOptions {
  readonly seed: number;
  /** Mean block of the stationary bootstrap, in observations. */
  readonly blockDays: number;
  readonly draws?: number;
  /** Liquidations of the account as it was traded. */
  readonly liquidations: number;
}

const DRAWS = 10_000;
const LOSSES = [0.2, 0.3, 0.5, 1];

/**
 * Probability that the account stands so much below its start on some day of one year, by stationary bootstrap of its daily returns.
 *
 * throws  InputError `block-invalid`, `too-few-days`
 * source  Politis & Romano (1994), J. Am. Stat. Assoc. 89(428)
 */
export function ruinOf(curve: AccountCurve, { seed, blockDays, draws = DRAWS, liquidations }: RuinOptions): RuinEvidence {
  const { returns, perYear } = daysOf(curve);
  requireInput(blockDays >= 1 && Number.isFinite(blockDays), 'block-invalid', 'blockDays', 'at least 1', blockDays);
  requireInput(returns.length >= 2, 'too-few-days', 'daily returns', 'at least two', returns.length);
  const horizonDays = Math.round(perYear);
  const lowest = Float64Array.from({ length: draws }, (_, b) => lowestOfYear(returns, horizonDays, blockDays, seededRandom(seed, `ruin:${b}`)));
  const fallBy = LOSSES.map((lossFrac) => ({ lossFrac, probability: lowest.reduce((sum, value) => sum + (value <= 1 - lossFrac ? 1 : 0), 0) / draws }));
  return { horizonDays, draws, liquidations, fallBy };
}

/** Lowest wealth of one drawn year that starts at 1; a day is followed by the next one, or with probability 1 ÷ block by any. */
function lowestOfYear(returns: Float64Array, days: number, block: number, random: Random): number {
  let wealth = 1;
  let lowest = 1;
  let day = Math.floor(random() * returns.length);
  for (let d = 0; d < days; d++) {
    wealth = Math.max(0, wealth * (1 + returns[day]));
    if (wealth < lowest) lowest = wealth;
    day = random() * block < 1 ? Math.floor(random() * returns.length) : (day + 1) % returns.length;
  }
  return lowest;
}
