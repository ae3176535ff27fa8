import type { Strategy } from '../strategy/index.ts';
import type { ParamSpace } from './space.ts';

/**
 * Warm-up of the slowest point that can run on so many bars: every trial's account opens at the same bar, so that trials are comparable.
 *
 * Points whose warm-up leaves fewer than half of the bars do not hold the others back; they start late or fail.
 */
export function commonWarmupBars(strategy: Strategy, space: ParamSpace, bars: number): number {
  let longest = 1;
  space.visit((point) => {
    const warmup = strategy.warmupBars(point);
    if (warmup > longest && warmup <= bars / 2) longest = warmup;
  });
  return longest;
}
