import type { Bars } from '../market/index.ts';
import { simulateOrders } from '../orders/index.ts';
import { kernelGaps, type SimulationConfig, simulate } from '../simulate/index.ts';
import { measureTrial, createTrialArena } from './trial.ts';
import type { Benchmark } from './types.ts';

/** Buy-and-hold of one market from a decision bar on, fully invested, same capital and costs; the position stays open. */
export function buyAndHold(bars: Bars, config: SimulationConfig, decisionBar: number): Benchmark {
  const arena = createTrialArena([bars]);
  const exposure = new Uint8Array(bars.length).fill(1, Math.max(0, decisionBar));
  const decisions = { exposure, stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 };
  const plain: SimulationConfig = { ...config, profile: 'assay', sizing: { kind: 'exposure' }, rebalance: { kind: 'on-change' }, caps: { perInstrument: null, gross: null } };
  const isCovered = kernelGaps(plain, [bars]).length === 0;
  const totals = isCovered ? simulate(bars, decisions, plain, arena.buffers) : simulateOrders({ markets: [bars], config: plain, driver: { decisions: [decisions] } }, arena.buffers);
  return {
    name: `buy and hold ${bars.instrument.symbol}`,
    equity: arena.buffers.equity.slice(),
    ...measureTrial(totals, config, arena),
  };
}
