import type { ScreenJob, ScreenTask } from './screen-task.ts';

/** Points [fromPoint, toPoint) of a job that are still to be evaluated. */
export interface ScreenStretch {
  readonly job: ScreenJob;
  readonly fromPoint: number;
  readonly toPoint: number;
}

/** Own time of a task that costs little beside its messages, and its bounds in points. */
const TARGET_MS = 60;
const FIRST_POINTS = 32;
const MOST_POINTS = 65_536;
/** A task is at most so many times as long as the one that its pace was learnt from. */
const GROWTH = 16;

/**
 * Cuts stretches into tasks by what earlier tasks took inside the worker; a task never crosses a multiple of 65,536 trials. Results do not
 * depend on the cuts.
 */
export function screenTasks(stretches: readonly ScreenStretch[], workers: number) {
  let current = 0;
  let nextPoint = stretches[0]?.fromPoint ?? 0;
  let most = FIRST_POINTS;
  return {
    take(): ScreenTask | null {
      while (current < stretches.length && nextPoint >= stretches[current].toPoint) {
        current++;
        nextPoint = stretches[current]?.fromPoint ?? 0;
      }
      if (current >= stretches.length) return null;
      const { job, toPoint } = stretches[current];
      const fromPoint = nextPoint;
      const fair = Math.max(FIRST_POINTS, Math.ceil((toPoint - fromPoint) / workers));
      const boundary = MOST_POINTS - ((job.firstTrial + fromPoint) % MOST_POINTS);
      nextPoint = Math.min(toPoint, fromPoint + Math.min(most, fair, boundary));
      return { kind: 'screen', job, fromPoint, toPoint: nextPoint };
    },
    measured({ fromPoint, toPoint }: ScreenTask, ms: number): void {
      const points = toPoint - fromPoint;
      const wanted = Math.ceil((points * TARGET_MS) / Math.max(ms, 1e-3));
      most = Math.max(1, Math.min(MOST_POINTS, wanted, GROWTH * Math.max(points, FIRST_POINTS)));
    },
  };
}
