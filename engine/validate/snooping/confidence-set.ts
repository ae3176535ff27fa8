import type { Panel } from '../return-matrix.ts';
import { type DrawSource, tilesOf } from './draw-blocks.ts';
import { resampledSums, sumMethodFor } from './resampled-sums.ts';

export interface Elimination {
  readonly model: number;
  /** Largest p-value of the steps so far: a model is in the set of confidence 1 − size when it exceeds the size. */
  readonly p: number;
}

/**
 * Model confidence set by the range statistic: the model that is worst against another leaves, until one is left with p = 1.
 *
 * shape   losses: rows are models; variances of mean differences are those of the draws
 * source  Hansen, Lunde & Nason (2011), The Model Confidence Set, Econometrica 79(2)
 */
export function modelConfidenceSet(losses: Panel, source: DrawSource): Elimination[] {
  const { trials: models } = losses;
  const { means, deviations } = drawnMeans(losses, source);
  const spread = pairSpreads(deviations, models, source.draws);
  const left = new Set(Array.from({ length: models }, (_, i) => i));
  const out: Elimination[] = [];
  let p = 0;
  while (left.size > 1) {
    const pairs = pairsOf(left, spread, models);
    const worst = pairs.reduce((a, b) => (excessOf(means, b) > excessOf(means, a) ? b : a));
    const observed = excessOf(means, worst);
    let above = 0;
    for (let b = 0; b < source.draws; b++) if (pairs.some(({ i, j, error }) => (deviations[i][b] - deviations[j][b]) / error > observed)) above++;
    p = Math.max(p, above / source.draws);
    out.push({ model: worst.i, p });
    left.delete(worst.i);
  }
  return [...out, ...Array.from(left, (model) => ({ model, p: 1 }))];
}

interface Pair {
  readonly i: number;
  readonly j: number;
  readonly error: number;
}

/** Ordered pairs of the models left whose difference varies. */
function pairsOf(left: ReadonlySet<number>, spread: Float64Array, models: number): Pair[] {
  return [...left].flatMap((i) => [...left].filter((j) => j !== i).map((j) => ({ i, j, error: spread[i * models + j] })));
}

function excessOf(means: Float64Array, { i, j, error }: Pair): number {
  return (means[i] - means[j]) / error;
}

/** Mean of each model, and mean* − mean of each draw. */
function drawnMeans(losses: Panel, source: DrawSource): { means: Float64Array; deviations: Float64Array[] } {
  const means = new Float64Array(losses.trials);
  const deviations = Array.from(means, () => new Float64Array(source.draws));
  for (const tile of tilesOf(source, 0, source.draws)) {
    resampledSums(losses, tile, () => true, sumMethodFor(source.meanBlock), (k, mean, sums) => {
      means[k] = mean;
      for (let b = 0; b < tile.draws; b++) deviations[k][tile.fromDraw + b] = sums[b] / losses.days;
    });
  }
  return { means, deviations };
}

/** Root mean square over the draws of each pair's difference; 1 for models that never differ. */
function pairSpreads(deviations: readonly Float64Array[], models: number, draws: number): Float64Array {
  const out = new Float64Array(models * models);
  for (let i = 0; i < models; i++) {
    for (let j = 0; j < models; j++) {
      let square = 0;
      for (let b = 0; b < draws; b++) square += (deviations[i][b] - deviations[j][b]) ** 2;
      out[i * models + j] = square > 0 ? Math.sqrt(square / draws) : 1;
    }
  }
  return out;
}
