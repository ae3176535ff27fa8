import { barAtOrAfter, DAY_MS } from '../../engine/index.ts';
import { accountDayOf } from '../accounts/index.ts';
import type { LiveFeatures, Replay, Replayed } from '../monitors/index.ts';
import { createScorer, mapScore, MODEL_INPUT_BARS, modelInputs } from '../score/index.ts';
import { nextSignal } from '../service/index.ts';
import { type BarBook, type LoadedModel, type Market, marketKey, type ModelBook, type SignalSide } from '../types/index.ts';

/** Signals are held: a replay begins so long before the stretch, times its length, that what it held there is forgotten. */
const RUN_UP = 2;

/**
 * What a model would have said and earned, computed again from its frozen version over the bars as their source has them by now.
 *
 * @param bars with every later revision in its place
 */
export function replayOf({ bars, models }: { readonly bars: BarBook; readonly models: ModelBook }): Replay {
  return (model, market, fromMs, toMs): Replayed | null => {
    const { version: { memoryBars, timeframeMs, config, grade, strategy: { params } }, strategy } = model;
    const stretch = Math.ceil((toMs - fromMs) / timeframeMs);
    const window = bars.window(marketKey(market), memoryBars + (1 + RUN_UP) * stretch + 1);
    if (window === null) return null;
    const scores = createScorer(strategy, params, config, memoryBars).series(window, 0, window.length);
    const from = barAtOrAfter(window, fromMs - timeframeMs);
    const to = barAtOrAfter(window, toMs - timeframeMs);
    const signals = signalsOf(scores, (score, before) => nextSignal(before, { ...mapScore(grade, score), roundTripCost: grade.roundTripCost }));
    const days = daysBetween(fromMs, toMs).map((dayMs) => ({ dayMs, figures: accountDayOf({ bars, models }, model, market, dayMs) })).filter(({ figures }) => figures !== null);
    return {
      closeTimeMs: Array.from(window.openTimeMs.subarray(from, to), (openMs) => openMs + timeframeMs),
      score: Array.from(scores.subarray(from, to), (score) => (Number.isNaN(score) ? null : score)),
      signal: signals.slice(from, to),
      dayMs: days.map(({ dayMs }) => dayMs),
      dayReturns: days.map(({ figures }) => figures?.netReturn ?? 0),
    };
  };
}

function signalsOf(scores: Float64Array, next: (score: number, before: SignalSide) => SignalSide): (SignalSide | null)[] {
  let held: SignalSide = 0;
  return Array.from(scores, (score) => {
    held = Number.isNaN(score) ? 0 : next(score, held);
    return Number.isNaN(score) ? null : held;
  });
}

function daysBetween(fromMs: number, toMs: number): number[] {
  const first = Math.ceil(fromMs / DAY_MS) * DAY_MS;
  return Array.from({ length: Math.max(0, Math.floor((toMs - first) / DAY_MS)) }, (_, i) => first + i * DAY_MS);
}

/** Inputs of a model on a market at its newest bar. */
export function featuresOf(bars: BarBook): (model: LoadedModel, market: Market) => LiveFeatures | null {
  return ({ version: { reference } }, market) => {
    const window = bars.window(marketKey(market), MODEL_INPUT_BARS);
    if (window === null || window.length < MODEL_INPUT_BARS) return null;
    const inputs = modelInputs(window, window.length - 1, window.length);
    return Object.fromEntries(Object.keys(reference.features).map((name) => [name, known(inputs[name as keyof typeof inputs]?.[0])]));
  };
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
