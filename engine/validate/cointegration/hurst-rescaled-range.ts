import type { Series, Undefinable } from '../../core/index.ts';
import { slopeOn } from './least-squares.ts';

/**
 * `none`: slope of log R/S; `ratio`: of log(R/S ÷ expected) plus ½ (nolds); `difference`: of log(R/S − expected + √(½πn)) (Weron, pracma).
 */
export type AnisLloyd = 'none' | 'ratio' | 'difference';

export interface RescaledRangeOptions {
  readonly blockSizes: readonly number[];
  /** Denominator of the standard deviation is the size less this. */
  readonly ddof?: 0 | 1;
  readonly correction?: AnisLloyd;
  /** Which rows the whole blocks of a size leave out where they do not fill the series. */
  readonly leaveOut?: 'last' | 'first';
}

/**
 * Hurst exponent by rescaled range: slope of log mean R/S of whole blocks on log block size.
 *
 * null    with fewer than two sizes that have a block with variance
 * source  Hurst (1951); Mandelbrot & Wallis (1969); Anis & Lloyd (1976)
 */
export function hurstRescaledRange(values: Series, { blockSizes, ddof = 0, correction = 'none', leaveOut = 'last' }: RescaledRangeOptions): Undefinable {
  const points = blockSizes.flatMap((size) => {
    const ratio = meanRescaledRange(values.subarray(leaveOut === 'first' ? values.length % size : 0), size, ddof);
    return ratio === null ? [] : [{ size, ratio }];
  });
  const slope = logSlope(points.map(({ size }) => size), points.map(({ size, ratio }) => corrected(ratio, size, correction)));
  if (slope === null) return { value: null, reason: 'fewer than two block sizes have a block with variance' };
  return { value: correction === 'ratio' ? slope + 0.5 : slope };
}

/**
 * R/S expected of independent normal values in a block of n.
 *
 * source  Anis & Lloyd (1976), Biometrika 63(1), with Peters' (n − ½)/n; Γ((n−1)/2)/(√π Γ(n/2)) by √(2/(πn)) above 340
 */
export function expectedRescaledRange(size: number): number {
  let sum = 0;
  for (let i = 1; i < size; i++) sum += Math.sqrt((size - i) / i);
  const front = size > 340 ? 1 / Math.sqrt((size * Math.PI) / 2) : gammaHalfRatio(size);
  return ((size - 0.5) / size) * front * sum;
}

/**
 * Mean of R/S over the whole blocks of a size, from the first row; blocks without variance are left out.
 *
 * null    where no block has variance
 */
export function meanRescaledRange(values: Series, size: number, ddof: 0 | 1): number | null {
  let sum = 0;
  let blocks = 0;
  const whole = size > ddof ? Math.floor(values.length / size) : 0;
  for (let block = 0; block < whole; block++) {
    const ratio = rescaledRange(values, block * size, size, ddof);
    if (ratio === null) continue;
    sum += ratio;
    blocks++;
  }
  return blocks > 0 ? sum / blocks : null;
}

/** Range of cumulated deviations from the block's mean over its standard deviation; null without variance. */
export function rescaledRange(values: Series, from: number, size: number, ddof: 0 | 1): number | null {
  let mean = 0;
  for (let t = from; t < from + size; t++) mean += values[t] / size;
  let [cumulated, lowest, highest, squares] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let t = from; t < from + size; t++) {
    const deviation = values[t] - mean;
    cumulated += deviation;
    squares += deviation * deviation;
    lowest = Math.min(lowest, cumulated);
    highest = Math.max(highest, cumulated);
  }
  const deviation = Math.sqrt(squares / (size - ddof));
  return deviation > 1e-12 * Math.abs(mean) && highest > lowest ? (highest - lowest) / deviation : null;
}

/** Slope of log y on log x; null with fewer than three points to tell apart, or a value that has no logarithm. */
export function logSlope(x: readonly number[], y: readonly number[]): number | null {
  if (x.length < 2 || y.some((value) => !(value > 0))) return null;
  if (x.length === 2) return x[0] === x[1] ? null : Math.log(y[1] / y[0]) / Math.log(x[1] / x[0]);
  return slopeOn(Float64Array.from(x, Math.log), Float64Array.from(y, Math.log));
}

function corrected(ratio: number, size: number, correction: AnisLloyd): number {
  if (correction === 'none') return ratio;
  const expected = expectedRescaledRange(size);
  return correction === 'ratio' ? ratio / expected : ratio - expected + Math.sqrt((Math.PI * size) / 2);
}

/** Γ((n−1)/2) ÷ (√π Γ(n/2)) by Γ's recurrence in steps of one from n = 2 or 3. */
function gammaHalfRatio(size: number): number {
  const isEven = size % 2 === 0;
  let ratio = isEven ? 1 : 2 / Math.PI;
  for (let n = isEven ? 2 : 3; n < size; n += 2) ratio *= (n - 1) / n;
  return ratio;
}
