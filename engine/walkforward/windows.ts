import { formatDuration, InputError, requireInput } from '../core/index.ts';
import { barAtOrAfter, type BarColumns } from '../market/index.ts';
import type { WindowBars, WindowPlan } from './types.ts';

/**
 * Train and test windows over the bars: train [s − L, s), gap purge, test [s, s + M), the next s one step later.
 *
 * causal  no test bar is at or before a train bar plus the purge
 * throws  InputError `window-plan-invalid`, `no-windows`
 * source  statistics.md §5; Pardo (2008)
 */
export function planWindows(bars: Pick<BarColumns, 'openTimeMs'>, plan: WindowPlan): WindowBars[] {
  checkPlan(plan);
  const { openTimeMs } = bars;
  const firstMs = openTimeMs[0];
  const lastMs = openTimeMs[openTimeMs.length - 1];
  const windows: WindowBars[] = [];
  for (let testMs = firstMs + plan.trainMs + plan.purgeMs; testMs <= lastMs; testMs += plan.stepMs) {
    const trainToMs = testMs - plan.purgeMs;
    const endMs = testMs + plan.testMs;
    const isWhole = endMs <= lastMs + typicalStepMs(openTimeMs);
    if (!isWhole && !plan.keepShort) break;
    const window = {
      trainFrom: plan.kind === 'anchored' ? 0 : barAtOrAfter(bars, trainToMs - plan.trainMs),
      trainTo: barAtOrAfter(bars, trainToMs),
      testFrom: barAtOrAfter(bars, testMs),
      testTo: barAtOrAfter(bars, endMs),
    };
    if (window.testTo > window.testFrom && window.trainTo > window.trainFrom) windows.push(window);
  }
  if (windows.length === 0) {
    throw new InputError('no-windows', `train + purge + test (${formatDuration(plan.trainMs)} + ${formatDuration(plan.purgeMs)} + ${formatDuration(plan.testMs)}) must fit into the bars, which span ${Math.round((lastMs - firstMs) / 86_400_000)} days`);
  }
  return windows;
}

function checkPlan(plan: WindowPlan): void {
  const code = 'window-plan-invalid';
  requireInput(plan.trainMs > 0, code, 'train', 'above 0', plan.trainMs);
  requireInput(plan.testMs > 0, code, 'test', 'above 0', plan.testMs);
  requireInput(plan.purgeMs >= 0, code, 'purge', 'at least 0', plan.purgeMs);
  requireInput(plan.stepMs >= plan.testMs, code, 'step', `at least the test length (${formatDuration(plan.testMs)}), so that stitched tests do not overlap`, formatDuration(plan.stepMs));
}

function typicalStepMs(openTimeMs: Float64Array): number {
  return openTimeMs.length > 1 ? (openTimeMs[openTimeMs.length - 1] - openTimeMs[0]) / (openTimeMs.length - 1) : 0;
}
