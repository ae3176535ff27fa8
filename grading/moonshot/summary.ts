import { probit, quantile } from '../../engine/index.ts';
import type { MoonshotOutcome } from '../types/index.ts';

/** A share with the interval that a count of trials leaves. */
export interface ShareInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson score interval of a share.
 *
 * null    without a trial
 * source  Wilson (1927), J. Am. Stat. Assoc. 22
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): ShareInterval | null {
  if (trials === 0) return null;
  const z = probit((1 + confidence) / 2);
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return { share, low: successes === 0 ? 0 : centre - half, high: successes === trials ? 1 : centre + half };
}

/** All outcomes of a rule, none left out; null where there is none yet. */
export interface MoonshotSummary {
  readonly picks: number;
  readonly wins: number;
  /** 95 %; picks of one day share its market, so that it is too narrow rather than too wide. */
  readonly winRate: ShareInterval | null;
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
    winRate: wilsonInterval(wins, outcomes.length),
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
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
