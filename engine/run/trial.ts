import { barsPerYear, InputError } from '../core/index.ts';
import { type Bars } from '../market/index.ts';
import { createMetricsScratch, type MetricsScratch, summarise } from '../metrics/index.ts';
import { type Clock, clockOf, type Driver, simulateOrders } from '../orders/index.ts';
import { simulatePeer } from '../peers/index.ts';
import { type Decisions, kernelGaps, type SimulationConfig, simulate, SimulationBuffers, simulateLegs, type SimulationTotals } from '../simulate/index.ts';
import { createIndicators, decisionsOf, type Indicators, legExposuresOf, type Params, signalsOf, type Strategy, tradesTogether } from '../strategy/index.ts';
import type { Figures } from './types.ts';

/** Reused between trials on one set of bars: simulation buffers, metric scratch and the shared indicators. */
export interface TrialArena {
  readonly bars: readonly Bars[];
  /** The moments of the series in the buffers: the bars of one market, or every open time of several. */
  readonly clock: Clock;
  readonly indicators: readonly Indicators[];
  readonly buffers: SimulationBuffers;
  readonly scratch: MetricsScratch;
}

export function createTrialArena(bars: readonly Bars[], indicatorMemoryBytes?: number): TrialArena {
  return {
    bars,
    clock: clockOf(bars),
    indicators: bars.map(() => createIndicators(indicatorMemoryBytes)),
    buffers: new SimulationBuffers(),
    scratch: createMetricsScratch(),
  };
}

/**
 * Decides and simulates one parameter point; the series lie in `arena.buffers` until the next call.
 *
 * No decision is made before the strategy's declared warm-up, nor before `config.firstDecisionBar`.
 *
 * throws  InputError `too-few-bars`, `profile-unsupported`, and whatever the strategy's own code throws
 */
export function simulateTrial(strategy: Strategy, params: Params, config: SimulationConfig, arena: TrialArena): SimulationTotals {
  const [first] = arena.bars;
  const warmup = strategy.warmupBars(params);
  const moments = arena.clock.openTimeMs.length;
  if (warmup >= moments) {
    throw new InputError('too-few-bars', `${strategy.id} must have more bars than its warm-up of ${warmup}, has ${moments}`);
  }
  const ready = { ...config, firstDecisionBar: Math.max(config.firstDecisionBar, warmup - 1) };
  if (config.profile !== 'assay') {
    if (strategy.legs !== 1 || strategy.onBar) {
      throw new InputError('profile-unsupported', `a strategy under profile ${config.profile} must trade one market by targets or signals, ${strategy.id} does not`);
    }
    return simulatePeer(first, decisionsOf(strategy, first, params, arena.indicators[0]), ready, arena.buffers);
  }
  if (strategy.onBar) return simulateOrders({ markets: arena.bars, clock: arena.clock, config: ready, driver: handlerOf(strategy, params, arena) }, arena.buffers);
  const isCovered = kernelGaps(config, arena.bars).length === 0;
  if (tradesTogether(strategy)) {
    const exposures = legExposuresOf(strategy, arena.bars, params, arena.indicators);
    if (isCovered) return simulateLegs(arena.bars, exposures, ready, arena.buffers);
    return simulateOrders({ markets: arena.bars, clock: arena.clock, config: ready, driver: { decisions: exposures.map(unprotected) } }, arena.buffers);
  }
  if (entersAgain(strategy)) return simulateOrders({ markets: arena.bars, clock: arena.clock, config: ready, driver: entering(strategy, params, ready.account.kind === 'margin', arena) }, arena.buffers);
  const decisions = decisionsOf(strategy, first, params, arena.indicators[0]);
  if (isCovered) return simulate(first, decisions, ready, arena.buffers);
  return simulateOrders({ markets: arena.bars, config: ready, driver: { decisions: [decisions] } }, arena.buffers);
}

/** Which implementation walks a strategy under a configuration, and why it is not the vector kernel. */
export interface EngineChoice {
  readonly engine: 'vector kernel' | 'event engine';
  readonly reasons: readonly string[];
}

export function engineFor(strategy: Strategy, config: SimulationConfig, markets: readonly Bars[]): EngineChoice {
  const reasons = [
    ...(strategy.onBar ? ['the strategy places orders'] : kernelGaps(config, markets)),
    ...(entersAgain(strategy) ? ['the strategy enters again after a stop or a target'] : []),
  ];
  return { engine: reasons.length === 0 ? 'vector kernel' : 'event engine', reasons };
}

function handlerOf(strategy: Strategy, params: Params, { bars, indicators }: TrialArena): Driver {
  const state = strategy.initialState?.(params);
  return {
    onBar: (context) => strategy.onBar?.(context, params, state),
    features: strategy.features && bars.map((market, m) => (market.length === 0 ? {} : (strategy.features?.(market, params, indicators[m]) ?? {}))),
  };
}

function entersAgain({ reenters, rules }: Strategy): boolean {
  return reenters && rules !== undefined;
}

/**
 * Entries and exits of a strategy that enters again after a protective exit, which is known only as the account goes along. A bar in which a
 * stop or a target was filled decides nothing.
 */
function entering(strategy: Strategy, params: Params, sellsShort: boolean, { bars: [first], indicators }: TrialArena): Driver {
  const { size = 1, exitAfterBars = 0, ...signals } = signalsOf(strategy, first, params, indicators[0]);
  const protection = strategy.protection(params);
  let sent = 0;
  let enteredAt = 0;
  return {
    onBar(context) {
      const t = context.bar;
      if (first.volume[t] === 0) return; // orders wait
      if (sent !== 0 && context.position.qtyBase === 0) {
        sent = 0;
        context.target(0);
        return;
      }
      const isOver = sent !== 0 && exitAfterBars > 0 && t - enteredAt >= exitAfterBars;
      const leavesLong = Boolean(signals.exitLong?.[t]) || (isOver && sent > 0);
      const leavesShort = Boolean(signals.exitShort?.[t]) || (isOver && sent < 0);
      const long = Boolean(signals.enterLong?.[t]) && !leavesLong;
      const short = Boolean(signals.enterShort?.[t]) && !leavesShort;
      const kept = (sent > 0 && leavesLong) || (sent < 0 && leavesShort) ? 0 : sent;
      const next = long === short ? kept : long ? size : sellsShort ? -size : 0;
      if (next === sent) return;
      if (next !== 0) enteredAt = t;
      sent = next;
      context.target(next, protection);
    },
  };
}

function unprotected(exposure: Float64Array): Decisions {
  return { exposure, stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 };
}

/** Figures of what lies in the buffers, from the bar where the account opened (`config.firstDecisionBar`) to the last. */
export function measureTrial(totals: SimulationTotals, config: SimulationConfig, arena: TrialArena): Figures {
  const [first] = arena.bars;
  const from = config.firstDecisionBar;
  const held = arena.buffers.qty.subarray(from);
  let heldBars = 0;
  for (let t = 0; t < held.length; t++) if (held[t] !== 0) heldBars++;
  return summarise(
    {
      equity: arena.buffers.equity.subarray(from),
      openTimeMs: arena.clock.openTimeMs.subarray(from),
      timeframeMs: first.timeframeMs,
      barsPerYear: barsPerYear(first.timeframeMs, first.instrument.calendar),
      heldBars,
      trades: arena.buffers.trades,
      tradedNotionalQuote: totals.tradedNotionalQuote,
      waterfall: totals.waterfall,
      ambiguousBars: totals.ambiguousBars,
      liquidations: totals.liquidations,
      ruinedAtBar: totals.ruinedAtBar < 0 ? -1 : totals.ruinedAtBar - from,
    },
    arena.scratch,
  );
}

/** Position value ÷ equity at each close of what lies in the buffers; of several markets the gross value. */
export function exposureOf({ bars: [first, ...others], buffers: { equity, qty } }: TrialArena): Float64Array {
  return others.length > 0 ? qty.slice() : qty.map((q, t) => (q === 0 ? 0 : (q * first.close[t]) / equity[t]));
}

/** One trial from parameters to figures. */
export function evaluateTrial(strategy: Strategy, params: Params, config: SimulationConfig, arena: TrialArena): Figures {
  return measureTrial(simulateTrial(strategy, params, config, arena), config, arena);
}
