import { requireInput, seededRandom } from '../../core/index.ts';
import type { Bounds } from '../evidence.ts';
import { stationaryBlocks } from './resample.ts';

/** Figures of every bootstrap draw of one return series. */
export interface BootstrapDraws {
  /** Annual Sharpe ratio, growth a year, deepest fall: one a draw; −Infinity where a draw has no spread. */
  readonly sharpeAnn: Float64Array;
  readonly cagr: Float64Array;
  readonly maxDrawdown: Float64Array;
}

export interface BootstrapOptions {
  readonly draws: number;
  readonly meanBlock: number;
  readonly seed: number;
  readonly periodsPerYear: number;
}

/** The random numbers of draw b; every bootstrap of one seed takes the same draws. */
export function drawStream(seed: number, draw: number): ReturnType<typeof seededRandom> {
  return seededRandom(seed, `bootstrap:${draw}`);
}

/**
 * Sharpe ratio, growth and deepest fall of stationary-bootstrap draws, in one pass over each draw; an account that lost everything stays at nothing.
 *
 * throws  InputError `draws-invalid`
 */
export function bootstrapFigures(returns: Float64Array, { draws, meanBlock, seed, periodsPerYear }: BootstrapOptions): BootstrapDraws {
  requireInput(Number.isInteger(draws) && draws > 0, 'draws-invalid', 'draws', 'a whole number above 0', draws);
  const n = returns.length;
  const mean = n > 0 ? returns.reduce((total, r) => total + r, 0) / n : 0;
  const out = { sharpeAnn: new Float64Array(draws), cagr: new Float64Array(draws), maxDrawdown: new Float64Array(draws) };
  const starts = new Int32Array(n);
  const lengths = new Int32Array(n);
  for (let b = 0; b < draws; b++) {
    const count = stationaryBlocks(drawStream(seed, b), n, meanBlock, starts, lengths);
    let sum = 0;
    let squares = 0;
    let wealth = 1;
    let peak = 1;
    let deepest = 0;
    for (let block = 0; block < count; block++) {
      let row = starts[block];
      for (let i = lengths[block]; i > 0; i--) {
        const r = returns[row];
        const d = r - mean;
        sum += d;
        squares += d * d;
        wealth *= r > -1 ? 1 + r : 0;
        if (wealth > peak) peak = wealth;
        else if (wealth / peak - 1 < deepest) deepest = wealth / peak - 1;
        if (++row === n) row = 0;
      }
    }
    const variance = (squares - (sum * sum) / n) / (n - 1);
    const rounding = 1e-12 * (squares / n) + 1e-30;
    out.sharpeAnn[b] = variance > rounding ? ((mean + sum / n) / Math.sqrt(variance)) * Math.sqrt(periodsPerYear) : -Infinity;
    out.cagr[b] = wealth > 0 ? wealth ** (periodsPerYear / n) - 1 : -1;
    out.maxDrawdown[b] = deepest;
  }
  return out;
}

/**
 * One-sided percentile bounds of a figure's draws, type 7.
 *
 * null    where the bound falls on a draw without a value
 */
export function percentileBounds(estimate: number | null, draws: Float64Array): Bounds {
  const sorted = draws.slice().sort();
  const at = (probability: number): number | null => {
    const position = (sorted.length - 1) * probability;
    const low = sorted[Math.floor(position)];
    const value = low + (position % 1) * (sorted[Math.ceil(position)] - low);
    return Number.isFinite(value) ? value : null;
  };
  return { estimate, lower95: at(0.05), lower99: at(0.01), upper95: at(0.95) };
}
