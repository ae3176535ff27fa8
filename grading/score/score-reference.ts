import { quantileSorted } from 'simple-statistics';
import type { ModelVersion } from '../types/index.ts';
import type { OutOfSampleScores } from './out-of-sample.ts';

const QUANTILES = 101;

/** What score and inputs looked like out of sample, as 101 quantiles each; an input that was never known is left out. */
export function scoreReference({ score, inputs }: Pick<OutOfSampleScores, 'score' | 'inputs'>): ModelVersion['reference'] {
  const features = Object.entries(inputs).map(([name, values]): [string, number[]] => [name, quantilesOf(values)]);
  return { score: quantilesOf(score), features: Object.fromEntries(features.filter(([, quantiles]) => quantiles.length > 0)) };
}

/** Evenly spaced, 0 … 1, type 7; none of no value. */
function quantilesOf(values: Float64Array): number[] {
  const sorted = Array.from(values.filter(Number.isFinite).sort());
  return sorted.length === 0 ? [] : Array.from({ length: QUANTILES }, (_, i) => quantileSorted(sorted, i / (QUANTILES - 1)));
}
