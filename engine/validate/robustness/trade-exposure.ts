import type { Bars } from '../../market/index.ts';
import { simulateOrders } from '../../orders/index.ts';
import { type Decisions, kernelGaps, simulate, type SimulationBuffers, type SimulationConfig } from '../../simulate/index.ts';

/** Account, costs and rules of a configuration without its sizing, rebalancing, caps and a peer's rules: baselines trade plain targets. */
export function plainConfig(config: SimulationConfig): SimulationConfig {
  return {
    ...config, profile: 'assay', sizing: { kind: 'exposure' }, rebalance: { kind: 'on-change' }, caps: { perInstrument: null, gross: null }, firstDecisionBar: 0, flattenAtEnd: true,
  };
}

/** Whether the vector kernel walks plain targets under a configuration; the event engine, some times slower, does it otherwise. */
export function isFast(bars: Bars, config: SimulationConfig): boolean {
  return kernelGaps(config, [bars]).length === 0;
}

/** Walks target exposures of one market through the engine that its configuration needs; the account lies in the buffers. */
export function tradeExposure(bars: Bars, exposure: Float64Array | Uint8Array, config: SimulationConfig, out: SimulationBuffers): void {
  const decisions: Decisions = { exposure, stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 };
  if (isFast(bars, config)) simulate(bars, decisions, config, out);
  else simulateOrders({ markets: [bars], config, driver: { decisions: [decisions] } }, out);
}
