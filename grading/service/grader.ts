import { type Bars, DAY_MS, errorMessage } from '../../engine/index.ts';
import {
  type BarBook, type ClosedBar, closeTimeMs, type Entry, type EntryDraft, type GradeMap, type LoadedModel, marketKey, type ModelBook, type ModelKey, type ModelScore, type ModelState,
  type Processor, type SignalSide, type TraderGrade,
} from '../types/index.ts';
import type { MappedScore } from '../score/index.ts';
import { combineScores } from './combine.ts';
import { createGradeMemory } from './grade-memory.ts';
import { createModelWeights } from './model-weights.ts';
import { nextSignal } from './signal.ts';

export interface GraderOptions {
  readonly bars: BarBook;
  readonly models: ModelBook;
  /** The score at the last bar of a window of exactly the model's memory; null where the window is too short. */
  readonly scorerOf: (model: LoadedModel) => (window: Bars) => number | null;
  readonly mapScore: (map: GradeMap, score: number) => MappedScore;
  readonly taGrade: (window: Bars) => number | null;
  readonly quantGrade: (window: Bars) => number | null;
  /** Bars that the sub-scores read. */
  readonly subscoreBars: number;
  /** Weights of states in a published grade; LIVE and WATCH unless said otherwise. */
  readonly stateWeight?: Readonly<Partial<Record<ModelState, number>>>;
}

type Model = LoadedModel & { readonly state: ModelState };

/**
 * Trader Grade of every closed bar: each model's score of exactly its memory, by its frozen map, and their weighted mean.
 *
 * A bar that comes late or after a gap gets no grade and the reason: a grade that nobody could have had is none.
 *
 * causal  reads bars up to the graded one, models and outcomes as known before it
 */
export function createGrader(options: GraderOptions): Processor {
  const { bars, models } = options;
  const memory = createGradeMemory();
  const weights = createModelWeights(options.stateWeight);
  const scorers = new Map<ModelKey, (window: Bars) => number | null>();

  const scorerOf = (model: Model): ((window: Bars) => number | null) => {
    const scorer = scorers.get(model.key) ?? options.scorerOf(model);
    scorers.set(model.key, scorer);
    return scorer;
  };

  const scoreOf = (model: Model, bar: ClosedBar, withheld: string | null): ModelScore => {
    const { key, state, version: { grade: map, memoryBars } } = model;
    const rest = { model: key, state, horizonBars: map.horizonBars, weight: weights.of(model) };
    const window = withheld === null ? windowOf(bars, bar, memoryBars) : null;
    if (window === null || window.length < memoryBars) return { ...rest, ...NO_SCORE, reason: withheld ?? `needs ${memoryBars} bars, has ${window?.length ?? 0}` };
    const score = attempt(() => scorerOf(model)(window));
    if (typeof score !== 'number') return { ...rest, ...NO_SCORE, reason: score ?? 'the strategy has no score here' };
    const mapped = options.mapScore(map, score);
    return { ...rest, score, ...mapped, signal: nextSignal(memory.signalOf(marketKey(bar), key), { ...mapped, roundTripCost: map.roundTripCost }), reason: null };
  };

  const gradeOf = (bar: ClosedBar, atMs: number): TraderGrade => {
    const key = marketKey(bar);
    const withheld = memory.withheld(bar, atMs);
    const scores = models.grading(bar).map((model) => scoreOf(model, bar, withheld));
    const combined = combineScores(scores);
    const window = withheld === null ? windowOf(bars, bar, options.subscoreBars) : null;
    const signal = tokenSignal(memory.signalOf(key, null), combined, costOf(scores, models));
    const { venue, symbol, timeframeMs } = bar;
    return {
      venue, symbol, timeframeMs, closeTimeMs: closeTimeMs(bar), close: bar.close, ...combined,
      taGrade: window === null ? null : options.taGrade(window),
      quantGrade: window === null ? null : options.quantGrade(window),
      signal, tokenTrend: signal === null || signal === 0 ? memory.trendOf(key) : signal,
      change24h: changeOf(combined.traderGrade, memory.gradeAt(key, closeTimeMs(bar) - DAY_MS)),
      models: scores, reason: combined.traderGrade === null ? (withheld ?? whyNone(scores)) : null, publishedAtMs: atMs, revision: bar.revision,
    };
  };

  return {
    name: 'grader',
    apply(entry: Entry): void {
      memory.apply(entry);
      weights.apply(entry);
    },
    respond(entry: Entry): readonly EntryDraft[] {
      if (entry.type !== 'bar_received') return [];
      const payload = gradeOf(entry.payload, entry.tsMs);
      return [{ type: payload.revision === 0 ? 'grade_published' : 'grade_revised', model: null, payload }];
    },
  };
}

/** A strategy's own fault is its model's reason, not the end of the service. */
function attempt(score: () => number | null): number | string | null {
  try {
    const value = score();
    return value === null || Number.isFinite(value) ? value : `score must be finite, was ${value}`;
  } catch (error) {
    return errorMessage(error);
  }
}

const NO_SCORE = { score: null, grade: null, pUp: null, expReturn: null, meanLow: null, meanHigh: null, outcomeLow: null, outcomeHigh: null, signal: null } as const;

/** The newest bars; for a revision of the newest bar with it in the place of the first. Null where the bar is not the newest. */
function windowOf(bars: BarBook, bar: ClosedBar, count: number): Bars | null {
  const window = bars.window(marketKey(bar), count);
  if (window === null || window.openTimeMs[window.length - 1] !== bar.openTimeMs) return null;
  if (bar.revision > 0) {
    const t = window.length - 1;
    [window.open[t], window.high[t], window.low[t], window.close[t], window.volume[t]] = [bar.open, bar.high, bar.low, bar.close, bar.volume ?? Number.NaN];
  }
  return window;
}

function tokenSignal(before: SignalSide, { traderGrade, meanLow, meanHigh }: Pick<TraderGrade, 'traderGrade' | 'meanLow' | 'meanHigh'>, roundTripCost: number): SignalSide | null {
  if (traderGrade === null || meanLow === null || meanHigh === null) return null;
  return nextSignal(before, { grade: traderGrade, meanLow, meanHigh, roundTripCost });
}

/** Weighted mean of what a round trip costs the models that answered. */
function costOf(scores: readonly ModelScore[], models: ModelBook): number {
  let [cost, total] = [0, 0];
  for (const { model, weight, grade } of scores) {
    if (weight === 0 || grade === null) continue;
    cost += weight * (models.get(model)?.version.grade.roundTripCost ?? 0);
    total += weight;
  }
  return total === 0 ? 0 : cost / total;
}

function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : now - before;
}

function whyNone(scores: readonly ModelScore[]): string {
  const published = scores.filter(({ weight }) => weight > 0);
  if (published.length > 0) return published[0].reason ?? 'no model answered';
  return scores.length === 0 ? 'no model grades this market' : 'no model of this market is published';
}
