import { meanOf } from './ranks.ts';
import { type DrawPlan, drawRows } from './draw-rows.ts';
import { quantileSorted } from 'simple-statistics';

/** One bin of a reliability diagram. */
export interface ReliabilityBin {
  readonly n: number;
  /** Means of forecast and outcome. */
  readonly forecast: number;
  readonly outcome: number;
}

/** Mean squared error of probabilities. */
export function brierScore(forecasts: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  return meanOf(Float64Array.from(forecasts, (p, i) => (p - outcomes[i]) ** 2));
}

/** Bin of every row: equal counts by forecast, ties by row. */
export function forecastBins(forecasts: ArrayLike<number>, bins: number): Uint8Array {
  const n = forecasts.length;
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => forecasts[a] - forecasts[b] || a - b);
  const bin = new Uint8Array(n);
  order.forEach((row, rank) => (bin[row] = Math.floor((rank * bins) / n)));
  return bin;
}

export function reliabilityBins(forecasts: ArrayLike<number>, outcomes: ArrayLike<number>, bins: number): ReliabilityBin[] {
  const bin = forecastBins(forecasts, bins);
  const sums = Array.from({ length: bins }, () => ({ n: 0, forecast: 0, outcome: 0 }));
  for (let i = 0; i < bin.length; i++) {
    const sum = sums[bin[i]];
    sum.n++;
    sum.forecast += forecasts[i];
    sum.outcome += outcomes[i];
  }
  return sums.filter(({ n }) => n > 0).map(({ n, forecast, outcome }) => ({ n, forecast: forecast / n, outcome: outcome / n }));
}

/** Expected calibration error: mean distance of forecast and outcome over the bins, by their counts. */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  return bins.reduce((sum, bin) => sum + (bin.n / n) * Math.abs(bin.forecast - bin.outcome), 0);
}

/**
 * What the calibration error of a calibrated forecast of the same size and serial dependence stays below in 95 of 100 samples.
 *
 * Errors less the mean of their bin are drawn in blocks: what remains in a bin is chance alone. Where a forecast was fitted on a sample, `fits` gives how
 * far refits on other samples lie from it, row by row, once a draw: an honest forecast is wrong by that much, too.
 */
export function calibrationErrorLimit(forecasts: ArrayLike<number>, outcomes: ArrayLike<number>, bins: number, plan: DrawPlan, fits?: Iterator<Float64Array>): number {
  const bin = forecastBins(forecasts, bins);
  const errors = recentred(Float64Array.from(forecasts, (p, i) => outcomes[i] - p), bin, bins);
  const sums = new Float64Array(bins);
  const drawn: number[] = [];
  for (const rows of drawRows(errors.length, plan)) {
    sums.fill(0);
    for (const row of rows) sums[bin[row]] += errors[row];
    const apart: Float64Array | undefined = fits?.next().value;
    if (apart !== undefined) for (let row = 0; row < apart.length; row++) sums[bin[row]] -= apart[row];
    drawn.push(sums.reduce((total, sum) => total + Math.abs(sum), 0) / errors.length);
  }
  return quantileSorted(drawn.sort((a, b) => a - b), 0.95);
}

function recentred(errors: Float64Array, bin: Uint8Array, bins: number): Float64Array {
  const sums = new Float64Array(bins);
  const counts = new Float64Array(bins);
  errors.forEach((error, i) => {
    sums[bin[i]] += error;
    counts[bin[i]]++;
  });
  return errors.map((error, i) => error - sums[bin[i]] / counts[bin[i]]);
}
