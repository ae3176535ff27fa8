import type { Stretch } from './stretch.ts';
import type { Role, Track } from './track.ts';
import type { Leak } from './types.ts';

/** What one comparison says about one subject: rows before the cut that changed. */
export interface Observation {
  readonly subject: string;
  readonly role: Role;
  readonly market: number | null;
  readonly test: Leak['test'];
  /** First moment that was cut off or corrupted, of the stretch. */
  readonly cut: number;
  /** The same as a row of the subject. */
  readonly limit: number;
  /** Rows before the limit that differ, earliest first. */
  readonly changed: readonly number[];
}

/** How many bars before the cut the earliest change lies; 0 where nothing changed. */
export function reachOf({ limit, changed }: Observation): number {
  return changed.length === 0 ? 0 : limit - changed[0];
}

/** Compares every subject before a cut. */
export function observe(base: readonly Track[], other: readonly Track[], stretch: Stretch, cut: number, test: Leak['test']): Observation[] {
  return base.map((track, i) => {
    const { subject, role, market } = track;
    const limit = Math.min(track.length, stretch.rowOf(market, cut));
    const twin = twinOf(track, other, i);
    return { subject, role, market, test, cut, limit, changed: twin === undefined ? [] : differences(track, twin, limit) };
  });
}

/** Features are matched by name and market; a market that is too short for one has none. */
function twinOf({ subject, role, market }: Track, other: readonly Track[], i: number): Track | undefined {
  const isTwin = (one: Track | undefined): boolean => one?.subject === subject && one.role === role && one.market === market;
  return isTwin(other[i]) ? other[i] : other.find(isTwin);
}

function differences(a: Track, b: Track, limit: number): number[] {
  const rows: number[] = [];
  const end = Math.min(limit, b.length);
  for (let t = 0; t < end; t++) if (a.distance(t, b, t) !== 0) rows.push(t);
  return rows;
}
