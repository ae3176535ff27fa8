import { InputError, requireInput } from '../../engine/index.ts';
import { marketKey, type Outcome } from '../types/index.ts';

/** Outcomes as columns, by time and then by market. */
export interface Arranged {
  readonly outcomes: readonly Outcome[];
  readonly horizonBars: number;
  readonly timeframeMs: number;
  /** Distinct close times, ascending, and the rows of each. */
  readonly times: Float64Array;
  readonly rowsAt: readonly Int32Array[];
  /** Rows of each market, ascending in time, by its key; markets in order of their keys. */
  readonly rowsOf: ReadonlyMap<string, Int32Array>;
  readonly score: Float64Array;
  readonly gross: Float64Array;
}

/**
 * Outcomes of one model in an order that does not depend on how they came.
 *
 * throws  InputError `outcomes-missing`, `outcomes-mixed` unless they are of one horizon and timeframe, and one a bar
 */
export function arrange(given: readonly Outcome[]): Arranged {
  requireInput(given.length > 0, 'outcomes-missing', 'outcomes', 'at least one', 0);
  const [{ horizonBars, timeframeMs }] = given;
  const keyed = given.map((outcome) => ({ outcome, key: marketKey(outcome) }));
  keyed.sort((a, b) => a.outcome.closeTimeMs - b.outcome.closeTimeMs || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  keyed.forEach(({ outcome, key }, i) => {
    if (outcome.horizonBars !== horizonBars || outcome.timeframeMs !== timeframeMs) {
      throw new InputError('outcomes-mixed', `outcomes must be of one horizon and timeframe, were ${horizonBars} bars of ${timeframeMs} ms and ${outcome.horizonBars} of ${outcome.timeframeMs}`);
    }
    const before = keyed[i - 1];
    if (before?.key === key && before.outcome.closeTimeMs === outcome.closeTimeMs) throw new InputError('outcomes-mixed', `outcomes must be one a bar, were two of ${key} at ${outcome.closeTimeMs}`);
  });
  const outcomes = keyed.map(({ outcome }) => outcome);
  const byTime = grouped(outcomes.map(({ closeTimeMs }) => closeTimeMs));
  const byMarket = [...grouped(keyed.map(({ key }) => key))].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    outcomes, horizonBars, timeframeMs,
    times: Float64Array.from(byTime.keys()),
    rowsAt: [...byTime.values()],
    rowsOf: new Map(byMarket),
    score: Float64Array.from(outcomes, ({ score }) => score),
    gross: Float64Array.from(outcomes, ({ grossReturn }) => grossReturn),
  };
}

/** Rows by key, in order of first appearance. */
function grouped<K>(keys: readonly K[]): Map<K, Int32Array> {
  const rows = new Map<K, number[]>();
  keys.forEach((key, row) => {
    const list = rows.get(key);
    if (list === undefined) rows.set(key, [row]);
    else list.push(row);
  });
  return new Map([...rows].map(([key, list]) => [key, Int32Array.from(list)]));
}

/** Values of rows that are finite in both columns. */
export function pairs(rows: Int32Array, a: Float64Array, b: Float64Array): { readonly a: Float64Array; readonly b: Float64Array } {
  const kept = rows.filter((row) => Number.isFinite(a[row]) && Number.isFinite(b[row]));
  return { a: Float64Array.from(kept, (row) => a[row]), b: Float64Array.from(kept, (row) => b[row]) };
}
