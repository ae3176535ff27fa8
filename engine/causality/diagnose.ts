import { DAY_MS, type Random, seededRandom } from '../core/index.ts';
import { type Observation, observe, reachOf } from './compare.ts';
import type { Evaluate, Frame } from './evaluate.ts';
import type { CalendarUnit, Diagnosis } from './messages.ts';
import { chooseCuts } from './plan.ts';
import type { Stretch } from './stretch.ts';
import { changesAt, type Track } from './track.ts';

const CUTS = 24;
/** Of the cuts that changed anything, the share that a name must explain. */
const MOST = 0.5;
const SOME = 1 / 3;
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
  const base = attempt(evaluate, stretch.whole());
  const track = base?.find(({ subject, market }) => subject === leaking.subject && market === leaking.market);
  if (base === null || track === undefined) return UNNAMED;
  const random: Random = seededRandom(seed, 'diagnosis');
  const cuts = chooseCuts(base[0], Math.max(stretch.firstDecisionBar, Math.floor(stretch.length / 2)), CUTS, random);
  const asked: Case = { evaluate, stretch, base, track, cuts, seed };
  const changed = [...futures(asked, 'truncate', (cut) => stretch.truncated(cut)), ...futures(asked, 'corrupt', (cut) => stretch.corrupted(cut, stretch.length, 'wild', seed))];
  if (changed.length === 0) return UNNAMED;
  const live = firstChange(track);
  const shares = changed.map((one) => reachOf(one) / Math.max(1, one.limit - live)).sort((a, b) => a - b);
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
    return whole.length >= SOME * changed.length && new Set(whole.map(reachOf)).size > 1;
  });
  return found?.[0] ?? null;
}

function windowAhead(asked: Case, changed: readonly Observation[]): Diagnosis {
  const furthest = Math.max(...changed.map(reachOf));
  const { stretch } = asked;
  const moved = [3, 1 / 3].flatMap((factor) => futures(asked, 'corrupt', (cut) => stretch.touched(cut, factor)));
  const distances = new Set(moved.flatMap(({ limit, changed: rows }) => rows.map((row) => limit - row)));
  if (distances.size > 1) return { name: 'centred-window', bars: Math.max(furthest, ...distances) };
  const [bars = furthest] = distances;
  const isConstant = changed.filter((one) => reachOf(one) === bars).length >= SOME * changed.length;
  return isConstant || distances.size === 1 ? { name: 'reads-ahead', bars } : UNNAMED;
}
