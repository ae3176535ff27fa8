import { InputError } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import type { Decisions, SimulationBuffers, SimulationConfig, SimulationTotals } from '../simulate/index.ts';
import { simulateDecisionsBacktestingPy } from './strategy-backtesting-py.ts';
import { simulateDecisionsVectorbt } from './strategy-vectorbt.ts';

/**
 * A strategy's decisions on one instrument filled by the rules of the peer that `config.profile` names.
 *
 * No funding, borrow or liquidation, as in the peers.
 *
 * throws  InputError `profile-unsupported`
 */
export function simulatePeer(bars: Bars, decisions: Decisions, config: SimulationConfig, out: SimulationBuffers): SimulationTotals {
  const { profile, sizing, rebalance, fees, costs, rules, caps, execution } = config;
  if (sizing.kind !== 'exposure') throw unsupported(profile, 'size by exposure', sizing.kind);
  if (rebalance.kind !== 'on-change') throw unsupported(profile, 'rebalance on change only', rebalance.kind);
  if (fees !== null) throw unsupported(profile, 'have flat fees', fees.name);
  const unknownThere: readonly (readonly [string, number | null])[] = [
    ['square-root impact', costs.impactBps], ['tick size', rules.tickSize], ['minimum notional', rules.minNotionalQuote],
    ['cap of an instrument', caps.perInstrument], ['gross cap', caps.gross], ['volume cap', execution.volumeCapFrac],
    ['latency', execution.latencyBars], ['delay of stops', execution.stopDelayBars], ['bars dropped after a gap', execution.dropBarsAfterGap],
  ];
  for (const [rule, value] of unknownThere) if (value !== null && value !== 0) throw unsupported(profile, `have no ${rule}`, String(value));
  const simulateAs = profile === 'vectorbt' ? simulateDecisionsVectorbt : simulateDecisionsBacktestingPy;
  return simulateAs(bars, decisions, config, out);
}

function unsupported(profile: string, rule: string, value: string): InputError {
  return new InputError('profile-unsupported', `a run under profile ${profile} must ${rule}, was ${value}`);
}
