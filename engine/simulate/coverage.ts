import type { Bars } from '../market/index.ts';
import type { SimulationConfig } from './types.ts';

/**
 * Why the vector kernel cannot simulate target exposures under a configuration; empty when it can. The event engine then does it, and the run says so.
 *
 * | rule | vector kernel | event engine |
 * |---|---|---|
 * | exposures of one instrument; stop, target, trailing stop; costs, lots, ticks; borrow; liquidation | yes | yes |
 * | exposures of several instruments on one clock | yes, without protection or funding | yes |
 * | funding at a bar's open | one instrument | yes |
 * | funding inside bars; mark prices | no | yes |
 * | sizing other than exposure; caps; rebalancing | no | yes |
 * | impact, fee schedules, volume cap, stress | no | yes |
 * | `fill: 'close'`, `limitFill: 'touch'`, finer bars | no | yes |
 * | orders of `onBar`, listings and delistings | no | yes |
 */
export function kernelGaps(config: SimulationConfig, markets: readonly Bars[]): string[] {
  const { execution, costs, caps, account } = config;
  const pays = config.funding === 'data' && markets.some(({ funding }) => funding !== null && funding.timeMs.length > 0);
  const checks: [boolean, string][] = [
    [pays && (markets.length > 1 || markets.some(hasInteriorFunding)), 'funding inside bars'],
    [account.kind === 'margin' && execution.liquidateOn === 'mark' && markets.some(({ mark }) => mark !== null), 'liquidation on mark'],
    [execution.triggerOn === 'mark', 'stops on mark'],
    [config.sizing.kind !== 'exposure', `sizing by ${config.sizing.kind}`],
    [config.rebalance.kind !== 'on-change', `rebalancing by ${config.rebalance.kind}`],
    [caps.perInstrument !== null || caps.gross !== null, 'exposure caps'],
    [costs.impactBps > 0, 'square-root impact'],
    [config.fees !== null, 'a fee schedule'],
    [execution.volumeCapFrac > 0, 'a volume cap'],
    [execution.stopDelayBars > 0 || execution.dropBarsAfterGap > 0, 'an outage stress'],
    [execution.fill === 'close', 'fills at the close'],
    [execution.limitFill === 'touch', 'limits filled on touch'],
    [config.intrabar === 'lower-timeframe', 'finer bars'],
  ];
  return checks.filter(([applies]) => applies).map(([, reason]) => reason);
}

function hasInteriorFunding({ funding, openTimeMs, timeframeMs }: Bars): boolean {
  if (funding === null) return false;
  let t = 0;
  for (const time of funding.timeMs) {
    while (t < openTimeMs.length && openTimeMs[t] + timeframeMs <= time) t++;
    if (t < openTimeMs.length && time > openTimeMs[t]) return true;
  }
  return false;
}
