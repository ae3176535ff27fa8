import type { Bars } from '../market/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { Strategy } from '../strategy/index.ts';

/**
 * Why the event kernel cannot walk a strategy under a configuration; empty when it can. The vector kernel or the event engine then does it.
 *
 * It knows decisions of one market that are one size and its opposite: all-in, a fraction or multiple of equity, fixed quantities and notionals; long, short and both; fees, spread
 * and slippage; stop, target, trailing stop and time exit; fills at the next open or at the close. What it meets and does not know, such as
 * a liquidation or an exposure of many sizes, it leaves to the others point by point.
 */
export function eventGaps(strategy: Strategy, config: SimulationConfig, markets: readonly Bars[]): string[] {
  const { execution, costs, caps, account, rules } = config;
  const [first] = markets;
  const pays = config.funding === 'data' && first.funding !== null && first.funding.timeMs.length > 0;
  const checks: [boolean, string][] = [
    [strategy.onBar !== undefined, 'the strategy places orders'],
    [markets.length > 1, 'several markets on one account'],
    [config.profile !== 'assay', `profile ${config.profile}`],
    [pays, 'funding'],
    [account.borrowAnnFrac > 0 && account.kind === 'margin', 'borrowing that is paid by the bar'],
    [account.kind === 'margin' && execution.liquidateOn === 'mark' && first.mark !== null, 'liquidation on mark'],
    [execution.triggerOn === 'mark', 'stops on mark'],
    [!['exposure', 'fixed-quantity', 'fixed-quote'].includes(config.sizing.kind), `sizing by ${config.sizing.kind}`],
    [config.rebalance.kind !== 'on-change', `rebalancing by ${config.rebalance.kind}`],
    [caps.perInstrument !== null || caps.gross !== null, 'exposure caps'],
    [rules.lotStep > 0 || rules.tickSize > 0 || rules.minNotionalQuote > 0, 'lots, ticks or least notionals'],
    [costs.impactBps > 0, 'square-root impact'],
    [config.fees !== null, 'a fee schedule'],
    [execution.volumeCapFrac > 0, 'a volume cap'],
    [execution.latencyBars > 0 || execution.stopDelayBars > 0 || execution.dropBarsAfterGap > 0, 'a latency or outage stress'],
    [config.intrabar === 'lower-timeframe', 'finer bars'],
    [config.flattenAtEnd, 'a position closed at the end'],
    [first.length - config.firstDecisionBar < 2, 'fewer than two bars'],
    [!areWalkable(first), 'bars without volume, or whose open lies outside their range'],
  ];
  return checks.filter(([applies]) => applies).map(([, reason]) => reason);
}

const walkable = new WeakMap<Bars, boolean>();

/** Read once for the same bars. */
function areWalkable(bars: Bars): boolean {
  const known = walkable.get(bars) ?? isWalkable(bars);
  walkable.set(bars, known);
  return known;
}

/** Every bar trades, and 0 < low ≤ open, close ≤ high. */
function isWalkable({ open, high, low, close, volume }: Bars): boolean {
  for (let t = 0; t < close.length; t++) {
    if (volume[t] === 0 || !(low[t] > 0 && low[t] <= open[t] && open[t] <= high[t] && low[t] <= close[t] && close[t] <= high[t] && high[t] < Infinity)) return false;
  }
  return true;
}
