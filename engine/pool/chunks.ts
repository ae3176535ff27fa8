import type { BlockTask, Job } from './task.ts';

/** Points [fromPoint, toPoint) of a job that are still to be evaluated. */
export interface Stretch {
  readonly job: Job;
  readonly fromPoint: number;
  readonly toPoint: number;
}

/** Tasks below this length spend more on messages than they gain. */
const TARGET_BLOCK_MS = 120;

/**
 * Cuts stretches into blocks of about 120 ms by what the blocks before them took; results do not depend on the cuts.
 *
 * The first blocks of a job are small, to learn its pace. Two tasks share a worker, so a block's time is about twice its own work.
 */
export function blocksOf(stretches: readonly Stretch[], workers: number) {
  let current = 0;
  let nextPoint = stretches[0]?.fromPoint ?? 0;
  let msPerPoint: number | null = null;

  const size = (left: number): number => {
    if (msPerPoint === null) return Math.min(left, 4);
    const fair = Math.ceil(left / (2 * workers));
    return Math.max(1, Math.min(left, Math.round(TARGET_BLOCK_MS / msPerPoint), Math.max(fair, Math.ceil(50 / msPerPoint))));
  };

  return {
    take(): BlockTask | null {
      while (current < stretches.length && nextPoint >= stretches[current].toPoint) {
        current++;
        nextPoint = stretches[current]?.fromPoint ?? 0;
      }
      if (current >= stretches.length) return null;
      const { job, toPoint } = stretches[current];
      const fromPoint = nextPoint;
      nextPoint += size(toPoint - fromPoint);
      return { job, fromPoint, toPoint: nextPoint };
    },
    measured(task: BlockTask, ms: number): void {
      const pace = Math.max(1e-4, ms / 2 / (task.toPoint - task.fromPoint));
      msPerPoint = msPerPoint === null ? pace : 0.7 * msPerPoint + 0.3 * pace;
    },
  };
}
