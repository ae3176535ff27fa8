import type { Bars } from '../market/index.ts';

/** The moments of an account: every open time that any of its instruments has, and each instrument's row there. */
export interface Clock {
  readonly openTimeMs: Float64Array;
  /** rows[m][t]: bar of instrument m, −1 where it has none. Null when there is one instrument, whose rows are the moments. */
  readonly rows: readonly Int32Array[] | null;
}

export function clockOf(markets: readonly Bars[]): Clock {
  if (markets.length === 1) return { openTimeMs: markets[0].openTimeMs, rows: null };
  const times = [...new Set(markets.flatMap(({ openTimeMs }) => [...openTimeMs]))].toSorted((a, b) => a - b);
  const openTimeMs = Float64Array.from(times);
  const momentOf = new Map(times.map((time, t) => [time, t]));
  const rows = markets.map((bars) => {
    const row = new Int32Array(times.length).fill(-1);
    bars.openTimeMs.forEach((time, r) => (row[momentOf.get(time) as number] = r));
    return row;
  });
  return { openTimeMs, rows };
}
