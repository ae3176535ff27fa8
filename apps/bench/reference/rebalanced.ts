import type { BarColumns } from '../../../engine/index.ts';

export interface RebalanceRules {
  readonly feeFrac: number;
  readonly initialCash: number;
  /** Of the equity, in each market. */
  readonly weight: number;
  /** Bars at whose close a rebalance is decided. */
  readonly isDue: (t: number) => boolean;
}

/**
 * Equity of an account that brings every market back to one weight at the open after each due close; sells first, buys cut alike where cash is short.
 *
 * shape   markets[m] of n bars each → out[n]
 */
export function referenceRebalanced(markets: readonly BarColumns[], { feeFrac, initialCash, weight, isDue }: RebalanceRules): Float64Array {
  const units = new Float64Array(markets.length);
  const equity = new Float64Array(markets[0].close.length);
  let cash = initialCash;
  for (let t = 0; t < equity.length; t++) {
    if (t > 0 && isDue(t - 1)) cash = rebalance(markets, units, cash, t, { feeFrac, weight });
    equity[t] = markets.reduce((sum, { close }, m) => sum + units[m] * close[t], cash);
  }
  return equity;
}

function rebalance(markets: readonly BarColumns[], units: Float64Array, cash: number, t: number, { feeFrac, weight }: Pick<RebalanceRules, 'feeFrac' | 'weight'>): number {
  const wealth = markets.reduce((sum, { open }, m) => sum + units[m] * open[t], cash);
  const orders = markets.map(({ open }, m) => {
    const gap = weight * wealth - units[m] * open[t];
    return gap / (open[t] * (1 + weight * Math.sign(gap) * feeFrac));
  });
  let left = cash;
  const fill = (m: number, qty: number): void => {
    units[m] += qty;
    left -= qty * markets[m].open[t] + Math.abs(qty) * markets[m].open[t] * feeFrac;
  };
  orders.forEach((qty, m) => qty < 0 && fill(m, qty));
  const cost = orders.reduce((sum, qty, m) => sum + Math.max(0, qty) * markets[m].open[t] * (1 + feeFrac), 0);
  const share = Math.min(1, left / cost);
  orders.forEach((qty, m) => qty > 0 && fill(m, share * qty));
  return left;
}
