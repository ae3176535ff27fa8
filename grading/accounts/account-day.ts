import {
  allocateBars, BAR_COLUMNS, barAtOrAfter, type Bars, barsFromHandle, createTrialArena, exposureOf, type SimulationTotals, simulateTrial, sliceBars, type TrialArena,
} from '../../engine/index.ts';
import type { LoadedModel, ModelDay } from '../types/index.ts';

export type DayFigures = Pick<ModelDay, 'netReturn' | 'grossReturn' | 'exposure' | 'turnover'>;

/** A day that was measured, or why not. */
export type AccountDay = { readonly figures: DayFigures; readonly reason: null } | { readonly figures: null; readonly reason: string };

/**
 * The last day of an account that a model has traded since a time, by its own decisions, parameters and execution rules.
 *
 * The account is walked twice, to the day and through it: what lies between is the day's, so that what it carried in and its open orders count.
 *
 * @param markets bars up to the day's end, with the model's memory before the start
 * @param dayMs   start of the day, or open of the bar where bars are longer
 */
export function accountDay({ version, strategy }: LoadedModel, markets: readonly Bars[], { startMs, dayMs }: { readonly startMs: number; readonly dayMs: number }): AccountDay {
  const { strategy: { params }, config } = version;
  const bars = markets.length > 1 ? markets.map(openEnded) : markets;
  const before = bars.map((market) => sliceBars(market, 0, barAtOrAfter(market, dayMs)));
  const warmup = strategy.warmupBars(params);
  const arena = createTrialArena(bars);
  const until = createTrialArena(before);
  if (until.clock.openTimeMs.length <= warmup) return { figures: null, reason: `needs more than ${warmup} bars before the day, has ${until.clock.openTimeMs.length}` };
  if (arena.clock.openTimeMs.length === until.clock.openTimeMs.length) return { figures: null, reason: 'has no bar on the day' };
  const own = { ...config, firstDecisionBar: decisionBarBefore(arena, startMs), flattenAtEnd: false };
  const base = simulateTrial(strategy, params, own, until);
  if (!(base.finalEquity > 0)) return { figures: null, reason: 'the account has nothing left' };
  const totals = simulateTrial(strategy, params, own, arena);
  return { figures: figuresOf(base, totals, exposureOf(arena).subarray(until.clock.openTimeMs.length)), reason: null };
}

function figuresOf(base: SimulationTotals, totals: SimulationTotals, exposure: Float64Array): DayFigures {
  const equity = base.finalEquity;
  return {
    netReturn: totals.finalEquity / equity - 1,
    grossReturn: (totals.waterfall.grossQuote - base.waterfall.grossQuote) / equity,
    exposure: exposure.reduce((sum, x) => sum + x, 0) / exposure.length,
    turnover: (totals.tradedNotionalQuote - base.tradedNotionalQuote) / equity,
  };
}

/** The last moment that had closed when the account began. */
function decisionBarBefore({ clock: { openTimeMs, timeframeMs } }: TrialArena, startMs: number): number {
  return Math.max(0, barAtOrAfter({ openTimeMs }, startMs - timeframeMs + 1) - 1);
}

/** The same bars as a window on memory that goes on: a market without its newest bar has a gap and has not ended. */
function openEnded(bars: Bars): Bars {
  const longer = allocateBars(bars.length + 1, bars.timeframeMs, bars.instrument);
  for (const name of BAR_COLUMNS) longer[name].set(bars[name]);
  return sliceBars(barsFromHandle({ ...longer.handle, funding: bars.handle.funding }), 0, bars.length);
}
