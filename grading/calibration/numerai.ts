import { probit } from '../../engine/index.ts';
import { meanOf, ranksOf } from '../statistics/index.ts';

const POWER = 1.5;
/** Numerai stretches targets of 0 … 1 by this before it takes a contribution. */
const TARGET_SCALE = 4;

/**
 * Numerai's CORR of one era: ranks (ties kept) made normal and raised to 1.5 with their sign, against the centred quantile of the return, raised likewise.
 *
 * null    where all scores or returns are the same
 * source  numerai-tools, scoring.numerai_corr
 */
export function numeraiCorr(scores: Float64Array, returns: Float64Array): number | null {
  return pearson(gaussian(scores).map(raised), centredTarget(returns).map(raised));
}

/**
 * Contribution beside a reference (MMC, BMC): covariance of the target with what of the score is not the reference.
 *
 * null    where all scores are the same
 * source  numerai-tools, scoring.correlation_contribution
 */
export function contribution(scores: Float64Array, reference: Float64Array, returns: Float64Array): number | null {
  const own = gaussian(scores);
  if (dot(own, own) === 0) return null;
  const other = gaussian(reference);
  const length = dot(other, other);
  const shared = length === 0 ? 0 : dot(own, other) / length;
  const neutral = own.map((value, i) => value - shared * other[i]);
  return (TARGET_SCALE * dot(centredTarget(returns), neutral)) / own.length;
}

/** (rank − ½) ÷ n through the normal's quantile. */
function gaussian(values: Float64Array): Float64Array {
  return ranksOf(values).map((rank) => probit((rank - 0.5) / values.length));
}

function centredTarget(returns: Float64Array): Float64Array {
  const quantiles = ranksOf(returns).map((rank) => (rank - 0.5) / returns.length);
  const mean = meanOf(quantiles);
  return quantiles.map((q) => q - mean);
}

function raised(value: number): number {
  return Math.sign(value) * Math.abs(value) ** POWER;
}

function pearson(a: Float64Array, b: Float64Array): number | null {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  const [x, y] = [a.map((value) => value - meanA), b.map((value) => value - meanB)];
  const scale = Math.sqrt(dot(x, x) * dot(y, y));
  return scale > 1e-12 ? dot(x, y) / scale : null;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
