import { type Bars, type Params, type Strategy, type WalkForward } from '../../engine/index.ts';
import { calibrationFacts, defaultHorizonBars, fitGradeMap, memoryBarsOf, outOfSampleScores, scoreReference } from '../score/index.ts';
import type { ModelVersion } from '../types/index.ts';

/** How the model's scores become grades, and how well that held. */
export type GradedScores = Pick<ModelVersion, 'grade' | 'calibration' | 'reference' | 'memoryBars'>;

/**
 * Grade map, calibration and reference from the out-of-sample scores of the replay.
 *
 * throws  InputError `scores-too-few`, `outcomes-one-sided`, `score-unsupported`, `horizon-invalid`
 */
export function gradedScores(walk: WalkForward, strategy: Strategy, bars: Bars, held: Params, { horizonBars, seed }: { readonly horizonBars?: number; readonly seed: number }): GradedScores {
  const oos = outOfSampleScores(walk, strategy, bars, { horizonBars: horizonBars ?? defaultHorizonBars(walk) });
  const grade = fitGradeMap(oos, { seed });
  return { grade, calibration: calibrationFacts(oos, grade, { seed }), reference: scoreReference(oos), memoryBars: memoryBarsOf(strategy, held) };
}
