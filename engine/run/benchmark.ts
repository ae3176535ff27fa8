import type { Bars } from '../market/index.ts';
import { simulateOrders } from '../orders/index.ts';
import { type Decisions, kernelGaps, type SimulationConfig, simulate } from '../simulate/index.ts';
import { isPortfolio, type Strategy } from '../strategy/index.ts';
import { createTrialArena, measureTrial } from './trial.ts';
import type { Benchmark } from './types.ts';

/** What a strategy is held against: its first market, or all markets of a portfolio. */
export function holdOf(strategy: Strategy, markets: readonly Bars[], config: SimulationConfig, decisionBar: number): Benchmark {
  return isPortfolio(strategy) && markets.length > 1 ? holdEqually(markets, config, decisionBar) : buyAndHold(markets[0], config, decisionBar);
}

/** Buy-and-hold of one market from a decision bar on, fully invested, same capital and costs; the position stays open. */
export function buyAndHold(bars: Bars, config: SimulationConfig, decisionBar: number): Benchmark {
  const arena = createTrialArena([bars]);
  const decisions = unprotected(new Uint8Array(bars.length).fill(1, Math.max(0, decisionBar)));
  const plain = plainly(config);
  const isCovered = kernelGaps(plain, [bars]).length === 0;
  const totals = isCovered ? simulate(bars, decisions, plain, arena.buffers) : simulateOrders({ markets: [bars], config: plain, driver: { decisions: [decisions] } }, arena.buffers);
  return {
    name: `buy and hold ${bars.instrument.symbol}`,
    equity: arena.buffers.equity.slice(),
    ...measureTrial(totals, config, arena),
  };
}

/**
 * Equal-weight buy-and-hold of several markets: each is bought once for 1/n of the equity of that moment, decided at the decision bar or at the
 * close of its first bar after it, and never rebalanced. Until then its share waits in cash; what a delisting leaves stays in cash.
 */
function holdEqually(markets: readonly Bars[], config: SimulationConfig, decisionBar: number): Benchmark {
  const arena = createTrialArena(markets);
  const { clock } = arena;
  const fromMs = clock.openTimeMs[Math.max(0, decisionBar)] ?? Infinity;
  const decisions = markets.map(({ openTimeMs }) => unprotected(Float64Array.from(openTimeMs, (time) => (time >= fromMs ? 1 / markets.length : 0))));
  const totals = simulateOrders({ markets, clock, config: plainly(config), driver: { decisions } }, arena.buffers);
  return { name: `equal-weight buy and hold of ${markets.length} markets`, equity: arena.buffers.equity.slice(), ...measureTrial(totals, config, arena) };
}

/** The capital and costs of a configuration without its sizing, rebalancing, caps and latency. */
function plainly(config: SimulationConfig): SimulationConfig {
  return { ...config, profile: 'assay', sizing: { kind: 'exposure' }, rebalance: { kind: 'on-change' }, caps: { perInstrument: null, gross: null }, execution: { ...config.execution, latencyBars: 0 } };
}

function unprotected(exposure: Float64Array | Uint8Array): Decisions {
  return { exposure, stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 };
}
