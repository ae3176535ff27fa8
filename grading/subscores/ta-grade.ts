import { type Bars, kernels, sliceBars } from '../../engine/index.ts';
import { percentileOfLast } from './percentile.ts';

/** What the sub-score is made of; a change of any of it is a new version. */
export const TA_RULE = { version: 'ta/1', fastBars: 12, slowBars: 48, rsiBars: 14, channelBars: 48, percentileBars: 160 } as const;

/** Bars that it reads: five slow averages of memory, then the window of percentiles. */
export const TA_BARS = 5 * TA_RULE.slowBars + TA_RULE.percentileBars;

/**
 * How strong the market looks by three indicators, each against its own last values: distance of two averages, RSI, place in the channel; 0 … 100.
 *
 * causal  reads the last TA_BARS bars of the window
 * null    where the window is shorter
 */
export function taGrade(window: Bars): number | null {
  if (window.length < TA_BARS) return null;
  const { close, high, low } = sliceBars(window, window.length - TA_BARS, window.length);
  const { fastBars, slowBars, rsiBars, channelBars, percentileBars } = TA_RULE;
  const [fast, slow] = [kernels.ema(close, fastBars), kernels.ema(close, slowBars)];
  const { upper, lower } = kernels.donchian(high, low, channelBars);
  const parts = [
    fast.map((value, t) => Math.log(value / slow[t])),
    kernels.rsi(close, rsiBars),
    close.map((value, t) => (upper[t] === lower[t] ? 0.5 : (value - lower[t]) / (upper[t] - lower[t]))),
  ].map((values) => percentileOfLast(values, percentileBars));
  let sum = 0;
  for (const part of parts) {
    if (part === null) return null;
    sum += part;
  }
  return (100 * sum) / parts.length;
}
