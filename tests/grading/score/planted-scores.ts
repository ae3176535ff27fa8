import { seededNormal, seededRandom } from '../../../engine/index.ts';
import type { ScoredOutcomes } from '../../../grading/index.ts';

export interface Planted {
  readonly n: number;
  readonly seed: number;
  /** Correlation of the score with the outcome. */
  readonly ic: number;
  readonly horizonBars?: number;
  readonly roundTripCost?: number;
  readonly sd?: number;
  readonly mean?: number;
}

/** Normal scores that persist, and overlapping outcomes of which they explain a known part. */
export function plantedScores({ n, seed, ic, horizonBars = 1, roundTripCost = 0, sd = 0.01, mean = 0 }: Planted): ScoredOutcomes {
  const normal = seededNormal(seededRandom(seed, 'planted-scores'));
  const score = new Float64Array(n);
  const noise = Float64Array.from({ length: n + horizonBars }, () => normal());
  let s = normal();
  for (let t = 0; t < n; t++) {
    s = 0.9 * s + Math.sqrt(1 - 0.81) * normal();
    score[t] = s;
  }
  const forward = score.map((x, t) => {
    let sum = 0;
    for (let i = 0; i < horizonBars; i++) sum += noise[t + i];
    return mean + sd * (ic * x + Math.sqrt(1 - ic * ic) * (sum / Math.sqrt(horizonBars)));
  });
  return { horizonBars, roundTripCost, score, forward };
}
