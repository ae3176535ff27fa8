import { DAY_MS, formatTime } from '../core/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import { fundingWarnings } from './funding-warnings.ts';
import type { Run } from './types.ts';

/** What a careful reader wants to know before the figures. */
export function warningsOf(run: Omit<Run, 'warnings'>, openPositions: number): string[] {
  const { totals, band, openTimeMs, openTrade, trades, spec } = run;
  const { orders } = totals;
  const days = (openTimeMs[openTimeMs.length - 1] - openTimeMs[0]) / DAY_MS;
  const { profile } = spec.config;
  const lines: [boolean, string][] = [
    [profile !== 'assay', `filled by the rules of ${profile}, not Assay’s: no funding, borrow or liquidation; buy and hold beside it by Assay’s`],
    [profile !== 'assay' && orders.sent > orders.filled, `${orders.sent - orders.filled} order${plural(orders.sent - orders.filled)} not filled by the rules of ${profile}${profile === 'backtesting.py' ? ': whole units only; a lot step (--lot-step) makes them smaller' : ''}`],
    [totals.ruinedAtBar >= 0, `the account was ruined at ${formatTime(openTimeMs[Math.max(0, totals.ruinedAtBar)])}; figures after it are not defined`],
    [totals.liquidations > 0, `${totals.liquidations} liquidation${plural(totals.liquidations)}`],
    [band.ambiguousBars > 0, `${band.ambiguousBars} bar${plural(band.ambiguousBars)} could have filled either way; resolved ${spec.config.intrabar}`],
    [openTrade !== null, `${openPositions > 1 ? `${openPositions} positions are` : 'the last position is'} still open: marked in equity, outside the trade statistics`],
    [orders.clippedExposure > 0, `${orders.clippedExposure} target${plural(orders.clippedExposure)} beyond what a ${spec.config.account.kind} account allows ${orders.clippedExposure > 1 ? 'were' : 'was'} clipped`],
    [profile === 'assay' && orders.rejectedLot + orders.rejectedMinNotional > 0, `${orders.rejectedLot} order${plural(orders.rejectedLot)} below one lot and ${orders.rejectedMinNotional} below the minimum notional rejected`],
    [orders.afterGap > 0, `${orders.afterGap} order${plural(orders.afterGap)} filled after a gap in the bars`],
    [trades.length === 0, 'no trade was closed: there is nothing to measure'],
    [trades.length > 0 && trades.length < 30, `only ${trades.length} closed trade${plural(trades.length)}: too few to judge`],
    [days < 90, `only ${Math.floor(days)} days of bars: no annualised figures`],
    [spec.config.costs.takerFeeBps === 0 && spec.config.fees === null, 'fees are zero'],
    ...fundingWarnings(spec.markets, spec.config).map((text): [boolean, string] => [true, text]),
  ];
  return [...lines.filter(([applies]) => applies).map(([, text]) => text), ...assumptionWarnings(spec.config)];
}

/** Assumptions that a reader must not overlook: what nobody can trade, and what was stressed on purpose. */
export function assumptionWarnings({ execution }: SimulationConfig): string[] {
  const { fill, latencyBars, stopDelayBars, dropBarsAfterGap } = execution;
  const lines: [boolean, string][] = [
    [fill === 'close', 'filled at the close that decided: compares with peers, nobody can trade it'],
    [latencyBars > 0, `stress: every decision is carried out ${latencyBars} bar${plural(latencyBars)} late`],
    [stopDelayBars > 0, `stress: stops fill ${stopDelayBars} bar${plural(stopDelayBars)} late, at an open`],
    [dropBarsAfterGap > 0, `stress: ${dropBarsAfterGap} bar${plural(dropBarsAfterGap)} after a gap cannot be traded`],
  ];
  return lines.filter(([applies]) => applies).map(([, text]) => text);
}

function plural(count: number): string {
  return count === 1 ? '' : 's';
}
