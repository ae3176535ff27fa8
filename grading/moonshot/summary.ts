import { quantile } from '../../engine/index.ts';
import { type Interval, meanOf as mean, wilson } from '../statistics/index.ts';
import type { MoonshotOutcome } from '../types/index.ts';

/** All outcomes of a rule, none left out; null where there is none yet. */
export interface MoonshotSummary {
  readonly picks: number;
  readonly wins: number;
  readonly winRate: number | null;
  /** Wilson, 95 %; picks of one day share its market, so that it is too narrow rather than too wide. */
  readonly winRateInterval: Interval | null;
  /** Share of wins among all candidates of the same days: what random picks would win. */
  readonly baseWinRate: number | null;
  readonly meanRoi: number | null;
  readonly medianRoi: number | null;
  readonly worstRoi: number | null;
  readonly meanBaseRoi: number | null;
  /** Mean share of the other candidates that a pick beat; ½ is chance. */
  readonly meanBeats: number | null;
  readonly delisted: number;
}

export function moonshotSummary(outcomes: readonly MoonshotOutcome[]): MoonshotSummary {
  const rois = outcomes.map(({ roi }) => roi);
  const wins = outcomes.filter(({ isWin }) => isWin).length;
  return {
    picks: outcomes.length,
    wins,
    winRate: outcomes.length === 0 ? null : wins / outcomes.length,
    winRateInterval: wilson(wins / outcomes.length, outcomes.length),
    baseWinRate: meanOf(outcomes.map(({ baseWinRate }) => baseWinRate)),
    meanRoi: meanOf(rois),
    medianRoi: quantile(rois, 0.5),
    worstRoi: quantile(rois, 0),
    meanBaseRoi: meanOf(outcomes.map(({ baseRoi }) => baseRoi)),
    meanBeats: meanOf(outcomes.flatMap(({ beats }) => beats ?? [])),
    delisted: outcomes.filter(({ exitPrice }) => exitPrice === null).length,
  };
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}
