import { DAY_MS, formatDuration } from '../../engine/core/index.ts';
import type { RawCandles } from '../types.ts';
import { type Finding, findingOf } from './finding.ts';
import { modalPhase } from './phase.ts';

/** How far apart bars stand. */
export interface Step {
  /** The most common distance (the shorter one of a tie), or a shorter common one that the others are multiples of; null below two rows. */
  readonly modalMs: number | null;
  /** `month` when steps are 28 to 31 days, `irregular` when bars stand on no common grid. */
  readonly kind: 'regular' | 'month' | 'irregular';
}

const REGULAR_FRAC = 0.9;
/** A few months may be missing. */
const MONTHLY_FRAC = 0.6;
/** A shorter step must be at least this common to be the grid of a thin market. */
const COMMON_FRAC = 0.05;
/** With late stamps between, at least this share of bars stands on one grid. */
const ON_GRID_FRAC = 0.5;

/** The step of ascending times. */
export function findStep(openTimeMs: Float64Array): Step {
  const counts = stepCounts(openTimeMs);
  if (counts.size === 0) return { modalMs: null, kind: 'regular' };
  const steps = openTimeMs.length - 1;
  const [modalMs] = [...counts].reduce((best, next) => (next[1] > best[1] || (next[1] === best[1] && next[0] < best[0]) ? next : best));
  if (isMonthly(counts, steps)) return { modalMs, kind: 'month' };
  const finer = [...counts].filter(([step, count]) => step < modalMs && count >= COMMON_FRAC * steps).map(([step]) => step).sort((a, b) => a - b);
  const grid = [modalMs, ...finer].find((step) => shareOf(counts, (other) => other % step === 0) >= REGULAR_FRAC);
  if (grid !== undefined) return { modalMs: grid, kind: 'regular' };
  return { modalMs, kind: modalPhase(openTimeMs, modalMs).shareFrac >= ON_GRID_FRAC ? 'regular' : 'irregular' };
}

function stepCounts(openTimeMs: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (let t = 1; t < openTimeMs.length; t++) {
    const step = openTimeMs[t] - openTimeMs[t - 1];
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return counts;
}

function isMonthly(counts: ReadonlyMap<number, number>, steps: number): boolean {
  if (counts.size === 1 && steps > 1) return false; // months in a row differ; equal steps are four weeks or thirty days
  return shareOf(counts, (step) => step >= 28 * DAY_MS && step <= 31 * DAY_MS) >= MONTHLY_FRAC;
}

function shareOf(counts: ReadonlyMap<number, number>, holds: (step: number) => boolean): number {
  let all = 0;
  let held = 0;
  for (const [step, count] of counts) {
    all += count;
    if (holds(step)) held += count;
  }
  return held / all;
}

/** Steps that no fixed timeframe describes, such as calendar months. */
export function findIrregularStep(candles: RawCandles, step: Step): Finding[] {
  if (step.kind === 'regular' || step.modalMs === null) return [];
  const what = step.kind === 'month' ? 'bars are calendar months of 28 to 31 days' : `bars stand on no common grid; the most common step is ${formatDuration(step.modalMs)}`;
  const [finding] = findingOf(candles, [0], { kind: 'irregular-step', severity: 'warn', say: () => what });
  return [{ rows: [], defect: { ...finding.defect, count: candles.openTimeMs.length - 1 } }];
}

/** A declared timeframe that the data does not have. */
export function findTimeframeMismatch(candles: RawCandles, step: Step, declaredMs: number | undefined): Finding[] {
  if (declaredMs === undefined || step.modalMs === null || step.kind !== 'regular' || step.modalMs === declaredMs) return [];
  if (step.modalMs % declaredMs === 0 && hasStep(candles.openTimeMs, declaredMs)) return [];
  const say = (): string => `the most common step is ${formatDuration(step.modalMs ?? 0)}, declared is ${formatDuration(declaredMs)}`;
  return findingOf(candles, [0], { kind: 'timeframe-mismatch', severity: 'error', say }).map((finding) => ({ ...finding, rows: [] }));
}

/** A thin market may have its own step in few places: one in a hundred is enough. */
function hasStep(openTimeMs: Float64Array, stepMs: number): boolean {
  let found = 0;
  for (let t = 1; t < openTimeMs.length; t++) if (openTimeMs[t] - openTimeMs[t - 1] === stepMs) found++;
  return found >= openTimeMs.length / 100;
}
