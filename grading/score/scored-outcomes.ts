import type { OutOfSampleScores } from './out-of-sample.ts';

/** Scores and what followed them, in order of time. */
export type ScoredOutcomes = Pick<OutOfSampleScores, 'horizonBars' | 'roundTripCost' | 'score' | 'forward'>;

/** Rows that have both a score and an outcome. */
export function known({ score, forward }: Pick<ScoredOutcomes, 'score' | 'forward'>): { readonly score: Float64Array; readonly forward: Float64Array } {
  const rows = Int32Array.from({ length: score.length }, (_, i) => i).filter((i) => Number.isFinite(score[i]) && Number.isFinite(forward[i]));
  return { score: Float64Array.from(rows, (i) => score[i]), forward: Float64Array.from(rows, (i) => forward[i]) };
}

/** 1 where the outcome is above 0. */
export function upsOf(forward: Float64Array): Float64Array {
  return forward.map((r) => (r > 0 ? 1 : 0));
}
