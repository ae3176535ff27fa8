import { DAY_MS } from '../../engine/index.ts';
import { createModelDays } from '../accounts/index.ts';
import { createScorer, mapScore } from '../score/index.ts';
import { createGrader, createOutcomes } from '../service/index.ts';
import { quantGrade, SUBSCORE_BARS, taGrade } from '../subscores/index.ts';
import { type BarBook, type LoadedModel, type ModelBook, type Processor, STATE_WEIGHT } from '../types/index.ts';
import type { LiveSettings } from './settings.ts';

export interface Books {
  readonly bars: BarBook;
  /** With every later revision in the place of what came first. */
  readonly corrected: BarBook;
  readonly models: ModelBook;
}

/** Everything that answers entries, in the order in which it is asked. */
export function liveParts({ bars, models }: Books, { sandbox }: LiveSettings): readonly Processor[] {
  const stateWeight = sandbox ? { ...STATE_WEIGHT, SHADOW: 1 } : STATE_WEIGHT;
  return [
    createGrader({ bars, models, scorerOf, mapScore, taGrade, quantGrade, subscoreBars: SUBSCORE_BARS, stateWeight }),
    createOutcomes({ models }),
    createModelDays({ bars, models }),
  ];
}

function scorerOf({ strategy, version: { strategy: { params }, config, memoryBars } }: LoadedModel): ReturnType<typeof createScorer>['at'] {
  return createScorer(strategy, params, config, memoryBars).at;
}

/** Days of bars that the slowest part reads. */
const HISTORY_DAYS = 400;
const MOST_HISTORY_BARS = 10_000;

/** Bars before the first graded one that the models and the other parts need. */
export function historyBarsOf(models: readonly LoadedModel[]): number {
  const slowest = models.map(({ version: { memoryBars, timeframeMs } }) => Math.max(memoryBars, Math.min(MOST_HISTORY_BARS, Math.ceil((HISTORY_DAYS * DAY_MS) / timeframeMs))));
  return Math.max(SUBSCORE_BARS, ...slowest);
}
