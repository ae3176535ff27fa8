import type { MaxStatistic } from './maxima.ts';
import { criticalValue } from './superior-ability.ts';

/** Which trials are superior with every wrong one among them counted. */
export interface Stepwise {
  /** Trials in order of index. */
  readonly superior: readonly number[];
  /** One a step; the last rejects none, unless all are superior. */
  readonly criticalValues: readonly number[];
}

/**
 * Step-down test of many trials: those above the critical value of the maximum are superior and left out, and the rest is tested again, until
 * a step finds none. Yields the statistic of those that are left and is sent the maxima of its draws.
 *
 * source  Romano & Wolf (2005), Stepwise Multiple Testing as Formalized Data Snooping, Econometrica 73(4)
 */
export function* stepDown(z: Float64Array, statistic: MaxStatistic, size: number): Generator<MaxStatistic, Stepwise, Float64Array> {
  const scale = statistic.scale.slice();
  const superior: number[] = [];
  const criticalValues: number[] = [];
  while (scale.some((one) => one !== 0)) {
    const critical = criticalValue(yield { ...statistic, scale: scale.slice() }, size);
    criticalValues.push(critical);
    const found = Array.from(z.keys()).filter((k) => scale[k] !== 0 && z[k] > critical);
    if (found.length === 0) break;
    superior.push(...found);
    for (const k of found) scale[k] = 0;
  }
  return { superior: superior.sort((a, b) => a - b), criticalValues };
}

/** The same with maxima that are found at once. */
export function stepwise(z: Float64Array, statistic: MaxStatistic, size: number, maximaOf: (statistic: MaxStatistic) => Float64Array): Stepwise {
  const steps = stepDown(z, statistic, size);
  let step = steps.next();
  while (!step.done) step = steps.next(maximaOf(step.value));
  return step.value;
}

/** The same with maxima that come from elsewhere. */
export async function stepwiseLater(z: Float64Array, statistic: MaxStatistic, size: number, maximaOf: (statistic: MaxStatistic) => Promise<Float64Array>): Promise<Stepwise> {
  const steps = stepDown(z, statistic, size);
  let step = steps.next();
  while (!step.done) step = steps.next(await maximaOf(step.value));
  return step.value;
}
