import type { ReturnValues } from '../search/index.ts';
import { halfCount, type HeldRows, type SnoopingRunner, type SplitRunner, tiledRunner } from '../validate/index.ts';
import type { Pool } from './pool.ts';

/** Draws and splits of a task; fixed, so that what a worker is given does not depend on how many there are. */
const TASK_DRAWS = 250;
const TASK_SPLITS = 400;

/** Bootstraps of a search on a pool; the same bits as in place. */
export function snoopingOnPool(pool: Pool, signal?: AbortSignal): SnoopingRunner {
  return tiledRunner(async (tile, statistics, plan) => {
    const panel = shared(tile);
    const parts = await pool.compute(rangesOf(plan.draws, TASK_DRAWS).map((range) => ({ kind: 'maxima' as const, panel, statistics, plan, ...range })), signal);
    return statistics.map((_, s) => {
      const maxima = new Float64Array(plan.draws);
      parts.forEach((part, i) => maxima.set(part[s], i * TASK_DRAWS));
      return maxima;
    });
  });
}

/** Splits of a cross-validation on a pool; the same bits as in place. */
export function cscvOnPool(pool: Pool, signal?: AbortSignal): SplitRunner {
  return (sums) => pool.compute(rangesOf(halfCount(sums.blocks), TASK_SPLITS).map((range) => ({ kind: 'splits' as const, sums, ...range })), signal);
}

function rangesOf(count: number, size: number): { readonly from: number; readonly to: number }[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => ({ from: i * size, to: Math.min(count, (i + 1) * size) }));
}

/** The rows alone, in memory that threads share: copied once where it is not. */
function shared({ trials, days, values }: HeldRows): HeldRows {
  return { trials, days, values: values.buffer instanceof SharedArrayBuffer ? values : sharedCopy(values) };
}

function sharedCopy(values: ReturnValues): ReturnValues {
  const buffer = new SharedArrayBuffer(values.byteLength);
  const copy = values instanceof Float64Array ? new Float64Array(buffer) : new Float32Array(buffer);
  copy.set(values);
  return copy;
}
