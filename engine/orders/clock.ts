import { InputError } from '../core/index.ts';
import { barAtOrAfter, type Bars, sliceBars } from '../market/index.ts';

/** The moments of an account: every open time that any of its instruments has, and each instrument's row there. */
export interface Clock {
  readonly openTimeMs: Float64Array;
  readonly timeframeMs: number;
  /** rows[m][t]: bar of instrument m, −1 where it has none. Null when there is one instrument, whose rows are the moments. */
  readonly rows: readonly Int32Array[] | null;
}

/**
 * One clock for bars of one timeframe and one grid; on any other a close would be read before its bar has ended.
 *
 * throws  InputError `timeframes-differ`, `bars-overlap`
 */
export function clockOf(markets: readonly Bars[]): Clock {
  const [{ openTimeMs: own, timeframeMs, instrument }] = markets;
  if (markets.length === 1) return { openTimeMs: own, timeframeMs, rows: null };
  const other = markets.find((bars) => bars.timeframeMs !== timeframeMs);
  if (other !== undefined) {
    throw new InputError('timeframes-differ', `instruments must share one timeframe, were ${timeframeMs} ms (${instrument.symbol}) and ${other.timeframeMs} ms (${other.instrument.symbol})`);
  }
  const openTimeMs = Float64Array.from(new Set(markets.flatMap((bars) => [...bars.openTimeMs]))).sort();
  requireOneGrid(openTimeMs, timeframeMs);
  const momentOf = new Map(Array.from(openTimeMs, (time, t) => [time, t]));
  const rows = markets.map((bars) => {
    const row = new Int32Array(openTimeMs.length).fill(-1);
    bars.openTimeMs.forEach((time, r) => (row[momentOf.get(time) as number] = r));
    return row;
  });
  return { openTimeMs, timeframeMs, rows };
}

/** A session's day may be an hour shorter when clocks change; a bar that opens halfway into another's is of another grid. */
function requireOneGrid(openTimeMs: Float64Array, timeframeMs: number): void {
  for (let t = 1; t < openTimeMs.length; t++) {
    if (openTimeMs[t] - openTimeMs[t - 1] > timeframeMs / 2) continue;
    const [before, at] = [openTimeMs[t - 1], openTimeMs[t]].map((time) => new Date(time).toISOString());
    throw new InputError('bars-overlap', `bars of instruments that trade together must open at the same times, were opened at ${before} and ${at} with bars of ${timeframeMs} ms`);
  }
}

/** Prices of one instrument at every moment: its last close where it has no bar, NaN before its first. */
export function onClock(clock: Clock, market: number, { open, high, low, close }: Bars): { open: Float64Array; high: Float64Array; low: Float64Array; close: Float64Array } {
  if (clock.rows === null) return { open, high, low, close };
  const rows = clock.rows[market];
  let last = Number.NaN;
  const carried = Float64Array.from(rows, (row) => (last = row < 0 ? last : close[row]));
  const at = (column: Float64Array): Float64Array => carried.map((held, t) => (rows[t] < 0 ? held : column[rows[t]]));
  return { open: at(open), high: at(high), low: at(low), close: carried };
}

/** Whether an instrument's bars end for good: a window on bars that go on beyond it has a gap at its end, not an end. */
export function endsForGood({ handle }: Bars): boolean {
  return handle.from + handle.length >= handle.capacity;
}

/** The bars of each market from one moment of the clock to before another. */
export function sliceMoments(markets: readonly Bars[], { openTimeMs }: Clock, from: number, to: number): readonly Bars[] {
  const rowAt = (bars: Bars, moment: number): number => (moment < openTimeMs.length ? barAtOrAfter(bars, openTimeMs[moment]) : bars.length);
  return markets.map((bars) => sliceBars(bars, rowAt(bars, from), rowAt(bars, to)));
}
