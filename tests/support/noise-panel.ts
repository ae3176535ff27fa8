import { type Panel, seededNormal, seededRandom } from '../../engine/index.ts';

/** Seeded normal daily returns of 1 %; each trial has a true mean, in deviations a day, and shares a part of every day with the others. */
export function noisePanel({ trials, days, seed, means = [], shared = 0 }: {
  readonly trials: number;
  readonly days: number;
  readonly seed: number;
  readonly means?: readonly number[];
  readonly shared?: number;
}): Panel {
  const normal = seededNormal(seededRandom(seed, 'noise-panel'));
  const values = new Float64Array(new SharedArrayBuffer(8 * trials * days));
  for (let t = 0; t < days; t++) {
    const common = normal();
    for (let k = 0; k < trials; k++) values[k * days + t] = 0.01 * ((means[k] ?? 0) + Math.sqrt(shared) * common + Math.sqrt(1 - shared) * normal());
  }
  return { trials, days, values };
}
