import { type Bars, kernels, sliceBars } from '../../engine/index.ts';
import { percentileOfLast } from './percentile.ts';

/** What the sub-score is made of; a change of any of it is a new version. */
export const QUANT_RULE = { version: 'quant/1', returnBars: 120, percentileBars: 280 } as const;

/** Bars that it reads. */
export const QUANT_BARS = QUANT_RULE.returnBars + QUANT_RULE.percentileBars;

/**
 * How well holding has paid by trailing Sharpe ratio, Sortino ratio and fall from the trailing peak, each against its own last values; 0 … 100.
 *
 * It says what was, not what will be: whether past performance helps or hurts is measured, never assumed.
 *
 * causal  reads the last QUANT_BARS bars of the window
 * null    where the window is shorter, or a ratio has no spread to divide by
 */
export function quantGrade(window: Bars): number | null {
  if (window.length < QUANT_BARS) return null;
  const { close } = sliceBars(window, window.length - QUANT_BARS, window.length);
  const { returnBars, percentileBars } = QUANT_RULE;
  const returns = close.map((value, t) => (t === 0 ? Number.NaN : value / close[t - 1] - 1)).subarray(1);
  const mean = kernels.rollingMean(returns, returnBars);
  const spread = kernels.rollingStd(returns, returnBars);
  const downside = kernels.rollingMean(returns.map((r) => Math.min(r, 0) ** 2), returnBars);
  const peak = kernels.rollingMax(close, returnBars);
  const parts = [
    mean.map((value, t) => ratio(value, spread[t])),
    mean.map((value, t) => ratio(value, Math.sqrt(downside[t]))),
    close.map((value, t) => value / peak[t] - 1),
  ].map((values) => percentileOfLast(values, percentileBars));
  let sum = 0;
  for (const part of parts) {
    if (part === null) return null;
    sum += part;
  }
  return (100 * sum) / parts.length;
}

function ratio(value: number, by: number): number {
  return by > 0 ? value / by : Number.NaN;
}
