import type { HeldRows } from '../return-matrix.ts';
import { type DrawSource, type DrawTile, tilesOf } from './draw-blocks.ts';
import { resampledSums, type SumMethod, sumMethodFor } from './resampled-sums.ts';

/**
 * A statistic of every trial whose maximum over the trials is followed through the draws.
 *
 * `mean`: scale·(mean* − mean + shift), of the trial's returns less `weight` times those of a benchmark where one is stated.
 * `sharpe`: scale·(Sharpe* − Sharpe + shift), per period, ddof 1.
 *
 * shape   scale[trials], shift[trials]; a trial of scale 0 is left out
 */
export interface MaxStatistic {
  readonly kind: 'mean' | 'sharpe';
  readonly scale: Float64Array;
  readonly shift: Float64Array;
  readonly benchmark?: { readonly returns: Float64Array; readonly weight: Float64Array };
}

/** Below this share of the whole variance a draw has no spread, and no Sharpe ratio. */
const NO_SPREAD = 1e-9;

/**
 * Maximum over the trials of each statistic in each draw [fromDraw, toDraw); −Infinity where no trial has a value.
 *
 * A maximum does not depend on an order, so the result is the same however draws are split.
 */
export function bootstrapMaxima(
  panel: HeldRows,
  statistics: readonly MaxStatistic[],
  source: DrawSource,
  { from = 0, to = source.draws, method = sumMethodFor(source.meanBlock) }: { readonly from?: number; readonly to?: number; readonly method?: SumMethod } = {},
): Float64Array[] {
  const maxima = statistics.map(() => new Float64Array(to - from).fill(-Infinity));
  const wanted = (k: number): boolean => statistics.some(({ scale }) => scale[k] !== 0);
  for (const tile of tilesOf(source, from, to)) {
    const parts = maxima.map((all) => all.subarray(tile.fromDraw - from, tile.fromDraw - from + tile.draws));
    const benchmarks = benchmarkMeans(statistics, tile, method);
    resampledSums(panel, tile, wanted, method, (k, mean, sums, squares, row) => {
      statistics.forEach((statistic, s) => {
        if (statistic.scale[k] === 0) return;
        if (statistic.kind === 'sharpe') raiseSharpe(statistic, k, { mean, row }, sums, squares, parts[s]);
        else raiseMean(statistic, k, panel.days, sums, benchmarks[s], parts[s]);
      });
    });
  }
  return maxima;
}

/** The statistics of trials [from, to) alone, for a part of the rows. */
export function statisticsOfTrials(statistics: readonly MaxStatistic[], from: number, to: number): MaxStatistic[] {
  return statistics.map(({ kind, scale, shift, benchmark }) => ({
    kind, scale: scale.slice(from, to), shift: shift.slice(from, to), benchmark: benchmark && { ...benchmark, weight: benchmark.weight.slice(from, to) },
  }));
}

/** Raises maxima to those of other trials over the same draws. */
export function raiseMaxima(maxima: readonly Float64Array[], others: readonly Float64Array[]): void {
  maxima.forEach((own, s) => others[s].forEach((one, b) => {
    if (one > own[b]) own[b] = one;
  }));
}

function raiseMean({ scale, shift, benchmark }: MaxStatistic, k: number, n: number, sums: Float64Array, theirs: Float64Array | null, maxima: Float64Array): void {
  const [factor, offset, weight] = [scale[k], shift[k], benchmark?.weight[k] ?? 0];
  for (let b = 0; b < maxima.length; b++) {
    const own = sums[b] / n + offset;
    const z = factor * (theirs === null ? own : own - weight * theirs[b]);
    if (z > maxima[b]) maxima[b] = z;
  }
}

/** A trial's returns as they were. */
interface Observed {
  readonly mean: number;
  readonly row: Float64Array;
}

function raiseSharpe({ scale, shift }: MaxStatistic, k: number, { mean, row }: Observed, sums: Float64Array, squares: Float64Array, maxima: Float64Array): void {
  const n = row.length;
  let whole = 0;
  for (let t = 0; t < n; t++) whole += (row[t] - mean) ** 2;
  const [factor, offset] = [scale[k], shift[k] - mean / Math.sqrt(whole / (n - 1))];
  for (let b = 0; b < maxima.length; b++) {
    const square = squares[b] - (sums[b] * sums[b]) / n;
    if (square <= NO_SPREAD * whole) continue;
    const z = factor * ((mean + sums[b] / n) / Math.sqrt(square / (n - 1)) + offset);
    if (z > maxima[b]) maxima[b] = z;
  }
}

/** mean* − mean of each statistic's benchmark; those that share one share its means. */
function benchmarkMeans(statistics: readonly MaxStatistic[], tile: DrawTile, method: SumMethod): (Float64Array | null)[] {
  const known = new Map<Float64Array, Float64Array>();
  return statistics.map(({ benchmark }) => {
    if (benchmark === undefined) return null;
    const { returns } = benchmark;
    const days = returns.length;
    if (!known.has(returns)) {
      resampledSums({ trials: 1, days, values: returns }, tile, () => true, method, (_k, _mean, sums) => known.set(returns, sums.map((sum) => sum / days)));
    }
    return known.get(returns) as Float64Array;
  });
}
