import { type Bars, DAY_MS, simulationConfig } from '../../engine/index.ts';
import { createModelDays, createPaperAccount, PAPER_RULE } from '../accounts/index.ts';
import { type Alerts } from '../alerts/index.ts';
import { createIndex, INDEX_PRESETS } from '../indices/index.ts';
import { createInvestor } from '../investor/index.ts';
import { createMonitors } from '../monitors/index.ts';
import { createMoonshot, MOONSHOT_RULE } from '../moonshot/index.ts';
import { createScorer, mapScore } from '../score/index.ts';
import { createGrader, createOutcomes } from '../service/index.ts';
import { quantGrade, SUBSCORE_BARS, taGrade } from '../subscores/index.ts';
import { type BarBook, type LoadedModel, type ModelBook, type Processor, STATE_WEIGHT } from '../types/index.ts';
import { featuresOf, replayOf } from './replay-model.ts';
import type { LiveSettings } from './settings.ts';

export interface Books {
  readonly bars: BarBook;
  /** With every later revision in the place of what came first. */
  readonly corrected: BarBook;
  readonly models: ModelBook;
}

/** Everything that answers entries, in the order in which it is asked; alerts hear all of it. */
export function liveParts({ bars, corrected, models }: Books, settings: LiveSettings, alerts?: Alerts): readonly Processor[] {
  const { sandbox, timeframeMs, indices, moonshot, paper } = settings;
  const stateWeight = sandbox ? { ...STATE_WEIGHT, SHADOW: 1 } : STATE_WEIGHT;
  return [
    createGrader({ bars, models, scorerOf, mapScore, taGrade, quantGrade, subscoreBars: SUBSCORE_BARS, stateWeight }),
    createOutcomes({ models }),
    createModelDays({ bars, models }),
    createMonitors({ models, replay: replayOf({ bars: corrected, models }), features: featuresOf(bars) }),
    createInvestor({ bars, timeframeMs }),
    ...indices.map((name) => createIndex({ bars, timeframeMs, rule: INDEX_PRESETS[name] })),
    ...(moonshot ? [createMoonshot({ bars, timeframeMs, rule: MOONSHOT_RULE })] : []),
    ...(paper === null ? [] : [createPaperAccount({ id: 'paper', bars, markets: paper.markets, config: simulationConfig('spot', { account: { initialCash: paper.cash } }), rule: PAPER_RULE })]),
    ...(alerts === undefined ? [] : [alerts]),
  ];
}

function scorerOf({ strategy, version: { strategy: { params }, config, memoryBars } }: LoadedModel): (window: Bars) => number | null {
  const scorer = createScorer(strategy, params, config, memoryBars);
  return (window) => scorer.at(window);
}

/** Days of bars that the slowest part reads. */
const HISTORY_DAYS = 400;
const MOST_HISTORY_BARS = 10_000;

/** Bars before the first graded one that the models and the other parts need. */
export function historyBarsOf(models: readonly LoadedModel[]): number {
  const slowest = models.map(({ version: { memoryBars, timeframeMs } }) => Math.max(memoryBars, Math.min(MOST_HISTORY_BARS, Math.ceil((HISTORY_DAYS * DAY_MS) / timeframeMs))));
  return Math.max(SUBSCORE_BARS, ...slowest);
}
