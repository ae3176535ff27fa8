import type { BarColumns } from '../../../engine/index.ts';

/**
 * Equity at every close of a long-or-flat strategy, filled at the open after the decision, without costs: the plain loop.
 *
 * shape   bars[n], isLong[n] → out[n]
 */
export function referenceNextOpen({ open, close }: BarColumns, isLong: ArrayLike<number>, firstDecisionBar: number, initialCash: number): Float64Array {
  const equity = new Float64Array(close.length);
  let [cash, units] = [initialCash, 0];
  for (let t = 0; t < equity.length; t++) {
    const wants = t > firstDecisionBar && isLong[t - 1] === 1;
    if (wants && units === 0) [units, cash] = [cash / open[t], 0];
    else if (!wants && units > 0) [cash, units] = [units * open[t], 0];
    equity[t] = cash + units * close[t];
  }
  return equity;
}
