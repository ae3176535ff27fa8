import type { Random } from '../core/index.ts';
import { changesAt, type Track } from './track.ts';

/** How much of the data is looked at: bars, all lengths of one stretch. */
export interface Plan {
  /** Bars before the stretch that the longer history has. */
  readonly lead: number;
  /** Warm-up and the bars after it. */
  readonly length: number;
  /** Bars that follow a cut where they are corrupted. */
  readonly futureBars: number;
  /** Whether each cut is both truncated and corrupted, or in turn one of the two. */
  readonly isDouble: boolean;
  /** Other starts of history. */
  readonly starts: number;
}

const FUTURE_BARS = 64;
const SPANS = [1024, 512, 256, 128, 64, 32];
const SMALL_SPAN = 128;
const STARTS = 8;
const THOROUGH_STARTS = 20;
/** Decisions compared after each start. */
export const START_BARS = 128;

/** The longest stretch that the budget allows, the whole series where it does; the shortest one in any case. */
export function planFor(bars: number, warmup: number, cuts: number, budgetBars: number): Plan {
  const span = bars - warmup;
  const whole = { lead: 0, length: bars, futureBars: bars, isDouble: true, starts: THOROUGH_STARTS };
  if (costOf(whole, warmup, cuts) <= budgetBars) return whole;
  const plans = [true, false].flatMap((isDouble) =>
    SPANS.filter((s) => isDouble || s <= SMALL_SPAN).map((s) => {
      const length = warmup + Math.min(s, span);
      return { lead: Math.min(warmup, bars - length), length, futureBars: FUTURE_BARS, isDouble, starts: isDouble ? STARTS : STARTS / 2 };
    }),
  );
  return plans.find((plan) => costOf(plan, warmup, cuts) <= budgetBars) ?? plans[plans.length - 1];
}

/** Bars evaluated. */
export function costOf({ lead, length, futureBars, isDouble, starts }: Plan, warmup: number, cuts: number): number {
  const kept = warmup + (length - warmup) / 2;
  const corrupted = Math.min(length, kept + futureBars);
  return 3 * length + (lead === 0 ? 0 : lead + length) + (isDouble ? cuts * (kept + corrupted) : (cuts * (kept + corrupted)) / 2) + starts * (warmup + START_BARS);
}

/**
 * Cuts in a stretch, ascending: half of them just after a decision changes, where a look at the next bars shows best, the others anywhere.
 *
 * A cut is the first bar that is taken away; at least the first decision stays.
 */
export function chooseCuts(decision: Track, first: number, count: number, random: Random): number[] {
  const { length } = decision;
  const possible = length - first - 1;
  if (possible <= count) return Array.from({ length: Math.max(0, possible) }, (_, i) => first + 1 + i);
  const events: number[] = [];
  for (let t = first + 1; t < length - 1; t++) if (changesAt(decision, t)) events.push(t + 1);
  const chosen = new Set<number>();
  const draw = (from: readonly number[]): number => from[Math.floor(random() * from.length)];
  for (let i = 0; i < count && chosen.size < Math.min(count / 2, events.length); i++) chosen.add(draw(events));
  while (chosen.size < count) chosen.add(first + 1 + Math.floor(random() * possible));
  return [...chosen].sort((a, b) => a - b);
}
