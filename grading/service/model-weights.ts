import { sampleRankCorrelation } from 'simple-statistics';
import { DAY_MS } from '../../engine/index.ts';
import { type Entry, type LoadedModel, type ModelKey, type ModelState, STATE_WEIGHT } from '../types/index.ts';

/** Outcomes of a model that its live rank correlation is of. */
const KEPT_OUTCOMES = 500;
/** What a model weighs whose scores have shown no order yet, so that one alone is still heard. */
const LEAST_IC = 0.005;
/** A promise is worth half of what it says: median live Sharpe ratios were 73 % below the backtest in 215 strategies. */
const HAIRCUT = 0.5;
/** Independent outcomes that the halved promise counts as, so that years of live outcomes outweigh decades of history. */
const LARGEST_PRIOR = 250;

export interface ModelWeights {
  apply(entry: Entry): void;
  /** Weight of a model in a token grade before division by the sum. */
  of(model: LoadedModel & { readonly state: ModelState }): number;
}

/**
 * Weights by what the scores were worth: state weight × the rank correlation of score and outcome, promised and live, shrunk; renewed once a UTC day.
 *
 * source  grading.md 2.4
 */
export function createModelWeights(stateWeight: Readonly<Partial<Record<ModelState, number>>> = STATE_WEIGHT): ModelWeights {
  const outcomes = new Map<ModelKey, { score: number; ret: number }[]>();
  const live = new Map<ModelKey, { readonly ic: number; readonly n: number }>();
  return {
    apply(entry): void {
      if (entry.type === 'outcome_resolved') {
        const { model, score, grossReturn } = entry.payload;
        const kept = outcomes.get(model) ?? [];
        kept.push({ score, ret: grossReturn });
        if (kept.length > KEPT_OUTCOMES) kept.shift();
        outcomes.set(model, kept);
      } else if (entry.type === 'close' && entry.payload.closeTimeMs % DAY_MS === 0) {
        for (const [model, kept] of outcomes) if (kept.length >= 30) live.set(model, { ic: rankCorrelation(kept), n: kept.length });
      }
    },
    of({ key, state, version: { calibration, grade } }): number {
      const weight = stateWeight[state] ?? 0;
      if (weight === 0) return 0;
      const prior = Math.min(LARGEST_PRIOR, calibration.nEffective);
      const { ic, n } = live.get(key) ?? { ic: 0, n: 0 };
      const effective = n / Math.max(1, grade.horizonBars);
      const shrunk = prior + effective === 0 ? 0 : (prior * HAIRCUT * (calibration.icMean ?? 0) + effective * ic) / (prior + effective);
      return weight * Math.max(LEAST_IC, shrunk);
    },
  };
}

function rankCorrelation(kept: readonly { readonly score: number; readonly ret: number }[]): number {
  const correlation = sampleRankCorrelation(kept.map(({ score }) => score), kept.map(({ ret }) => ret));
  return Number.isFinite(correlation) ? correlation : 0;
}
