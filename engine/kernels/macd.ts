import { type EmaOptions, emaWeight, smooth } from './ema.ts';
import { firstDefined, requireWindow } from './window.ts';

export interface Macd {
  readonly macd: Float64Array;
  readonly signal: Float64Array;
  /** macd − signal. */
  readonly histogram: Float64Array;
}

export interface MacdOptions extends EmaOptions {
  /** `aligned`: the fast seed ends where the slow one does (TA-Lib). `independent`: each begins with its own first bars (StockCharts, Skender). */
  readonly seeds?: 'aligned' | 'independent';
}

/**
 * Moving average convergence divergence: fast EMA − slow EMA, an EMA of that, and their difference.
 *
 * shape   values[n] → macd[n], signal[n], histogram[n]; the first slowBars-1 of macd and slowBars+signalBars-2 of the others are NaN
 * causal  [t] reads values[0..t]
 * memory  5 (slowBars + signalBars)
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_MACD
 */
export function macd(values: Float64Array, fastBars = 12, slowBars = 26, signalBars = 9, options: MacdOptions = {}): Macd {
  requireWindow(fastBars, 'fastBars');
  requireWindow(slowBars, 'slowBars');
  requireWindow(signalBars, 'signalBars');
  // TA-Lib takes the shorter window as the fast one, whichever it was called
  const [fast, slow] = fastBars <= slowBars ? [fastBars, slowBars] : [slowBars, fastBars];
  return converge(values, fast, slow, signalBars, emaWeight(fast), emaWeight(slow), options);
}

/** MACD of 12 and 26 bars with the historical weights 0.15 and 0.075; see macd. TA-Lib TA_MACDFIX. */
export function macdFix(values: Float64Array, signalBars = 9, options: MacdOptions = {}): Macd {
  requireWindow(signalBars, 'signalBars');
  return converge(values, 12, 26, signalBars, 0.15, 0.075, options);
}

function converge(
  values: Float64Array, fastBars: number, slowBars: number, signalBars: number, fastWeight: number, slowWeight: number, options: MacdOptions,
): Macd {
  const { seed = 'sma', seeds = 'aligned' } = options;
  const first = firstDefined(values);
  const fastFrom = seed === 'sma' && seeds === 'aligned' ? first + slowBars - fastBars : first;
  const line = smooth(values, fastBars, fastWeight, options, new Float64Array(values.length), fastFrom);
  const slow = smooth(values, slowBars, slowWeight, options, new Float64Array(values.length), first);
  for (let t = 0; t < line.length; t++) line[t] -= slow[t];
  const signal = smooth(line, signalBars, emaWeight(signalBars), options, new Float64Array(values.length));
  const histogram = new Float64Array(values.length);
  for (let t = 0; t < line.length; t++) histogram[t] = line[t] - signal[t];
  return { macd: line, signal, histogram };
}
