import type { Decisions, FractionAt } from './decisions.ts';
import type { SimulationConfig } from './types.ts';

/** The first bar at which a decision is carried out: those of earlier bars, delayed, are none of this account's. */
export function firstCarriedBar({ firstDecisionBar, execution }: SimulationConfig): number {
  return Math.max(0, firstDecisionBar) + execution.latencyBars;
}

/** The same decisions some bars later; nothing is wanted before the first of them arrives. */
export function delayDecisions(decisions: Decisions, latencyBars: number): Decisions {
  if (latencyBars === 0) return decisions;
  const late = (fraction: FractionAt): FractionAt => (typeof fraction === 'number' ? fraction : delaySeries(fraction, latencyBars));
  const { exposure, stopLossFrac, takeProfitFrac, trailFrac } = decisions;
  return { exposure: delaySeries(exposure, latencyBars), stopLossFrac: late(stopLossFrac), takeProfitFrac: late(takeProfitFrac), trailFrac: late(trailFrac) };
}

/**
 * Values some bars later, 0 before the first.
 *
 * causal  out[t] reads values[t − latencyBars]
 */
export function delaySeries<S extends Float64Array | Uint8Array>(values: S, latencyBars: number): S {
  if (latencyBars === 0) return values;
  const out = values.slice() as S;
  const late = Math.min(latencyBars, values.length);
  out.fill(0, 0, late);
  out.set(values.subarray(0, values.length - late), late);
  return out;
}
