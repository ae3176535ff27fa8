import { halfCount, type Panel, type SnoopingRunner, type SplitRunner } from '../validate/index.ts';
import type { Pool } from './pool.ts';

/** Draws and splits of a task; fixed, so that what a worker is given does not depend on how many there are. */
const TASK_DRAWS = 250;
const TASK_SPLITS = 400;

/** Bootstraps of a search on a pool; the same bits as in place. */
export function snoopingOnPool(pool: Pool, signal?: AbortSignal): SnoopingRunner {
  return async (panel, statistics, plan) => {
    const own = shared(panel);
    const parts = await pool.compute(rangesOf(plan.draws, TASK_DRAWS).map((range) => ({ kind: 'maxima' as const, panel: own, statistics, plan, ...range })), signal);
    return statistics.map((_, s) => {
      const maxima = new Float64Array(plan.draws);
      parts.forEach((part, i) => maxima.set(part[s], i * TASK_DRAWS));
      return maxima;
    });
  };
}

/** Splits of a cross-validation on a pool; the same bits as in place. */
export function cscvOnPool(pool: Pool, signal?: AbortSignal): SplitRunner {
  return (panel, blocks) => {
    const own = shared(panel);
    return pool.compute(rangesOf(halfCount(blocks), TASK_SPLITS).map((range) => ({ kind: 'splits' as const, panel: own, blocks, ...range })), signal);
  };
}

function rangesOf(count: number, size: number): { readonly from: number; readonly to: number }[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => ({ from: i * size, to: Math.min(count, (i + 1) * size) }));
}

/** The panel alone, in memory that threads share: copied once where it is not. */
function shared({ trials, days, values }: Panel): Panel {
  if (values.buffer instanceof SharedArrayBuffer) return { trials, days, values };
  const copy = new Float64Array(new SharedArrayBuffer(values.length * Float64Array.BYTES_PER_ELEMENT));
  copy.set(values);
  return { trials, days, values: copy };
}
