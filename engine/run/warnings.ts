import { DAY_MS, formatTime } from '../core/index.ts';
import type { Run } from './types.ts';

/** What a careful reader wants to know before the figures. */
export function warningsOf(run: Omit<Run, 'warnings'>, openPositions: number): string[] {
  const { totals, band, openTimeMs, openTrade, trades, spec } = run;
  const { orders } = totals;
  const days = (openTimeMs[openTimeMs.length - 1] - openTimeMs[0]) / DAY_MS;
  const lines: [boolean, string][] = [
    [totals.ruinedAtBar >= 0, `the account was ruined at ${formatTime(openTimeMs[Math.max(0, totals.ruinedAtBar)])}; figures after it are not defined`],
    [totals.liquidations > 0, `${totals.liquidations} liquidation${plural(totals.liquidations)}`],
    [band.ambiguousBars > 0, `${band.ambiguousBars} bar${plural(band.ambiguousBars)} could have filled either way; resolved ${spec.config.intrabar}`],
    [openTrade !== null, `${openPositions > 1 ? `${openPositions} positions are` : 'the last position is'} still open: marked in equity, outside the trade statistics`],
    [orders.clippedExposure > 0, `${orders.clippedExposure} target${plural(orders.clippedExposure)} beyond what a ${spec.config.account.kind} account allows ${orders.clippedExposure > 1 ? 'were' : 'was'} clipped`],
    [orders.rejectedLot + orders.rejectedMinNotional > 0, `${orders.rejectedLot} order${plural(orders.rejectedLot)} below one lot and ${orders.rejectedMinNotional} below the minimum notional rejected`],
    [orders.afterGap > 0, `${orders.afterGap} order${plural(orders.afterGap)} filled after a gap in the bars`],
    [trades.length === 0, 'no trade was closed: there is nothing to measure'],
    [trades.length > 0 && trades.length < 30, `only ${trades.length} closed trade${plural(trades.length)}: too few to judge`],
    [days < 90, `only ${Math.floor(days)} days of bars: no annualised figures`],
    [spec.config.costs.takerFeeBps === 0, 'fees are zero'],
  ];
  return lines.filter(([applies]) => applies).map(([, text]) => text);
}

function plural(count: number): string {
  return count === 1 ? '' : 's';
}
