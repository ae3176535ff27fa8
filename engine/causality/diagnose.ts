import { DAY_MS, seededRandom } from '../core/index.ts';
import { type Observation, observe, reachOf } from './compare.ts';
import type { Evaluate, Frame } from './evaluate.ts';
import type { CalendarUnit, Diagnosis } from './messages.ts';
import { chooseCuts } from './plan.ts';
import type { Stretch } from './stretch.ts';
import { changesAt, type Track } from './track.ts';

const CUTS = 16;
/** Of the cuts that changed anything, the share that a name must explain. */
const MOST = 0.5;
const SOME = 1 / 3;
/** Bars of a past that can be told from a window. */
const LEAST_PAST = 32;
/** A reach that a window of a few bars does not have where it ends with a period by chance. */
const LEAST_PHASE = 3;
const UNNAMED: Diagnosis = { name: 'unnamed' };

/** A subject whose past is known to change with the future, and the means to ask how. */
interface Case {
  readonly evaluate: Evaluate;
  readonly stretch: Stretch;
  readonly base: readonly Track[];
  readonly track: Track;
  readonly cuts: readonly number[];
  readonly seed: number;
}

/**
 * What kind of look-ahead a subject has, from which bars change with which future.
 *
 * Changes that reach back to the first value come from all bars, or from their extremes where two calm futures agree. Changes that reach back
 * to the start of the day, week or month of the cut come from a period's value. Others reach back a window: a single bar that is moved then
 * shows whether one bar ahead is read or many.
 */
export function diagnose(evaluate: Evaluate, stretch: Stretch, leaking: Pick<Track, 'subject' | 'market'>, seed: number): Diagnosis {
  const ask: Evaluate = leaking.market === null ? evaluate : (frame) => evaluate({ ...frame, walked: null });
  const base = attempt(ask, stretch.whole());
  const track = base?.find(({ subject, market }) => subject === leaking.subject && market === leaking.market);
  if (base === null || track === undefined) return UNNAMED;
  const first = Math.max(stretch.firstDecisionBar, Math.floor(track.length / 2));
  const cuts = chooseCuts(track, first, CUTS, seededRandom(seed, 'diagnosis')).map((row) => stretch.momentOf(track.market, row));
  const asked: Case = { evaluate: ask, stretch, base, track, cuts, seed };
  const changed = [...futures(asked, 'truncate', (cut) => stretch.truncated(cut)), ...futures(asked, 'corrupt', (cut) => stretch.corrupted(cut, stretch.length, 'wild', seed))];
  if (changed.length === 0) return UNNAMED;
  const live = firstChange(track);
  const shares = changed.map((one) => reachOf(one) / Math.max(LEAST_PAST, one.limit - live)).sort((a, b) => a - b);
  if (shares[Math.floor(shares.length / 2)] > MOST) return { name: isOfExtremes(asked) ? 'frame-extremes' : 'whole-sample' };
  const unit = calendarUnit(asked, changed);
  if (unit !== null) return { name: 'calendar-period', unit };
  return shares[shares.length - 1] > MOST ? UNNAMED : windowAhead(asked, changed);
}

/** The result of a strategy on a frame; null where it cannot be evaluated there. */
export function attempt(evaluate: Evaluate, frame: Frame): readonly Track[] | null {
  try {
    return evaluate(frame);
  } catch {
    return null; // a frame shorter than the strategy's own windows, or prices that it refuses
  }
}

/** The cuts at which the subject changed. */
function futures({ evaluate, stretch, base, track, cuts }: Case, test: Observation['test'], frameAt: (cut: number) => Frame): Observation[] {
  return cuts.flatMap((cut) => {
    const other = attempt(evaluate, frameAt(cut));
    if (other === null) return [];
    return observe(base, other, stretch, cut, test).filter(({ subject, market, changed }) => subject === track.subject && market === track.market && changed.length > 0);
  });
}

function firstChange(track: Track): number {
  for (let t = 1; t < track.length; t++) if (changesAt(track, t)) return t;
  return 0;
}

/** Whether only a future beyond the extremes of the bars before it is seen: two calm ones leave the same past. */
function isOfExtremes({ evaluate, stretch, track, cuts, seed }: Case): boolean {
  const at = cuts.slice(-8);
  return at.every((cut) => {
    const [low, high] = (['calm-low', 'calm-high'] as const).map((flavour) => attempt(evaluate, stretch.corrupted(cut, stretch.length, flavour, seed)));
    if (low === null || high === null) return false;
    return observe(low, high, stretch, cut, 'corrupt').every(({ subject, market, changed }) => subject !== track.subject || market !== track.market || changed.length === 0);
  });
}

const PERIODS: readonly (readonly [CalendarUnit, (timeMs: number) => number])[] = [
  ['day', (timeMs) => Math.floor(timeMs / DAY_MS)],
  // 5 January 1970 was a Monday.
  ['week', (timeMs) => Math.floor((timeMs / DAY_MS - 4) / 7)],
  ['month', (timeMs) => new Date(timeMs).getUTCFullYear() * 12 + new Date(timeMs).getUTCMonth()],
];

/** The period at whose first bar the changes begin, whatever the phase of the cut; they never begin before. */
function calendarUnit({ stretch, track: { market } }: Case, changed: readonly Observation[]): CalendarUnit | null {
  const found = PERIODS.find(([, periodOf]) => {
    const at = (row: number): number => periodOf(stretch.timeOf(market, row));
    if (!changed.every(({ changed: [first], limit }) => at(first) === at(limit))) return false;
    const whole = changed.filter(({ changed: [first] }) => first > 0 && at(first - 1) !== at(first));
    const reaches = new Set(whole.map(reachOf));
    return reaches.size > 1 && (whole.length >= SOME * changed.length || Math.max(...reaches) > LEAST_PHASE);
  });
  return found?.[0] ?? null;
}

/** How far one bar that is moved is seen from bars before it and after it. */
interface Sight {
  readonly ahead: ReadonlySet<number>;
  readonly back: number;
}

/** A window that reaches as far back as ahead is centred; a series that was shifted reads ahead alone, or farther back. */
function windowAhead(asked: Case, changed: readonly Observation[]): Diagnosis {
  const furthest = Math.max(...changed.map(reachOf));
  const { ahead, back } = sightOf(asked, 4 * furthest);
  if (ahead.size === 0) return changed.filter((one) => reachOf(one) === furthest).length >= SOME * changed.length ? { name: 'reads-ahead', bars: furthest } : UNNAMED;
  const bars = Math.max(furthest, ...ahead);
  const isCentred = ahead.size > 1 && Math.abs(back - bars) <= Math.max(1, bars / 5);
  return ahead.size === 1 ? { name: 'reads-ahead', bars: [...ahead][0] } : { name: isCentred ? 'centred-window' : 'reads-ahead', bars };
}

function sightOf({ evaluate, stretch, track, cuts }: Case, farthest: number): Sight {
  const ahead = new Set<number>();
  let back = 0;
  for (const cut of cuts) {
    const row = stretch.rowOf(track.market, cut);
    for (const factor of [3, 1 / 3]) {
      const other = attempt(evaluate, stretch.touched(cut, factor))?.find(({ subject, market }) => subject === track.subject && market === track.market);
      if (other === undefined) continue;
      for (let t = Math.max(0, row - farthest); t < Math.min(other.length, row + farthest); t++) {
        if (track.distance(t, other, t) === 0) continue;
        if (t < row) ahead.add(row - t);
        else back = Math.max(back, t - row);
      }
    }
  }
  return { ahead, back };
}
