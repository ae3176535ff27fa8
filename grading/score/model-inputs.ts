import type { BarColumns } from '../../engine/index.ts';

/** What a market looked like at a close, in units that mean the same in every market. */
export const MODEL_INPUTS = ['return1', 'return5', 'return20', 'volatility20', 'volumeRatio20', 'range'] as const;
export type ModelInput = (typeof MODEL_INPUTS)[number];
export type ModelInputs = Readonly<Record<ModelInput, Float64Array>>;

/** Bars that they are computed from. */
export const MODEL_INPUT_BARS = 21;

const WINDOW = MODEL_INPUT_BARS - 1;

/**
 * Inputs of the bars from … to (exclusive): log returns over 1, 5 and 20 bars, root mean square of the last 20, volume ÷ mean volume of the 20 before,
 * and log of high ÷ low.
 *
 * shape   out[name][to - from]
 * causal  value t reads bars t-20 .. t, and nothing before them: the bits do not depend on what was loaded
 * NaN     in the first 20 bars of the series, and where the volume is not known
 */
export function modelInputs(bars: BarColumns, from: number, to: number): ModelInputs {
  const column = (at: (t: number) => number): Float64Array => Float64Array.from({ length: to - from }, (_, i) => (from + i < WINDOW ? Number.NaN : at(from + i)));
  const { high, low, close, volume } = bars;
  const past = (bars: number) => (t: number) => Math.log(close[t] / close[t - bars]);
  return {
    return1: column(past(1)),
    return5: column(past(5)),
    return20: column(past(20)),
    volatility20: column((t) => Math.sqrt(sum(t - WINDOW + 1, t + 1, (i) => past(1)(i) ** 2) / WINDOW)),
    volumeRatio20: column((t) => {
      const mean = sum(t - WINDOW, t, (i) => volume[i]) / WINDOW;
      return mean > 0 ? volume[t] / mean : Number.NaN;
    }),
    range: column((t) => Math.log(high[t] / low[t])),
  };
}

function sum(from: number, to: number, value: (t: number) => number): number {
  let total = 0;
  for (let t = from; t < to; t++) total += value(t);
  return total;
}
