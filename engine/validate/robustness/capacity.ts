import { quantile } from '../../metrics/index.ts';
import { barAtOrAfter, type Bars } from '../../market/index.ts';
import type { Trade } from '../../simulate/index.ts';
import type { WalkForward } from '../../walkforward/index.ts';
import type { Capacity, Known } from '../evidence.ts';

/**
 * Share of its bar's quote volume that each entry and exit would have been with an account of the target size.
 *
 * A fill's notional is taken as a share of the equity at the close before it, times the target size; the largest quantity of a trade stands for
 * both of its fills. Bars without trading are left out.
 *
 * missing without a trade, or where the bars carry no volume
 */
export function capacityOf(walk: Pick<WalkForward, 'equity' | 'trades'>, markets: readonly Bars[], targetQuote: number): Known<Capacity> {
  if (walk.trades.length === 0) return { missing: 'no trade out of sample' };
  const shares = walk.trades.flatMap((trade) => participations(trade, walk.equity, markets[trade.market], targetQuote));
  if (shares.some(Number.isNaN)) return { missing: 'the bars carry no volume' };
  const traded = shares.filter(Number.isFinite);
  return { fills: traded.length, medianParticipation: quantile(traded, 0.5), largestParticipation: traded.length === 0 ? null : traded.reduce((most, share) => Math.max(most, share), 0) };
}

/** Of the entry and of the exit; NaN without volume, infinite where nothing was traded. */
function participations({ qtyBase, entryBar, exitBar, entryTimeMs, exitTimeMs, entryPrice, exitPrice }: Trade, equity: Float64Array, bars: Bars, targetQuote: number): number[] {
  const share = (price: number, bar: number, timeMs: number): number => {
    const row = barAtOrAfter(bars, timeMs);
    const notional = ((qtyBase * price) / equity[Math.max(0, bar - 1)]) * targetQuote;
    return notional / (bars.volume[row] * bars.close[row]);
  };
  return [share(entryPrice, entryBar, entryTimeMs), share(exitPrice, exitBar, exitTimeMs)];
}
