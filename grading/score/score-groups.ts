import type { MonotoneMap } from '../types/index.ts';
import { meanOf } from '../statistics/index.ts';

/** Rows in groups of about equal counts by score; equal scores are never parted. */
export interface ScoreGroups {
  readonly count: number;
  /** Group of each row. */
  readonly groupOf: Int32Array;
  /** Rows, and mean score, of each group; ascending. */
  readonly rows: Float64Array;
  readonly center: Float64Array;
}

/** shape   scores[n] without NaN → at most `most` groups, at least one */
export function scoreGroups(scores: Float64Array, most: number): ScoreGroups {
  const n = scores.length;
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => scores[a] - scores[b] || a - b);
  const least = Math.ceil(n / most);
  const groupOf = new Int32Array(n);
  const ends: number[] = [];
  for (let i = 0, from = 0; i < n; i++) {
    groupOf[order[i]] = ends.length;
    const isEnd = i === n - 1 || (i + 1 - from >= least && scores[order[i + 1]] !== scores[order[i]]);
    if (isEnd) {
      ends.push(i + 1);
      from = i + 1;
    }
  }
  const sorted = Float64Array.from(order, (row) => scores[row]);
  const startOf = (g: number): number => (g === 0 ? 0 : ends[g - 1]);
  return {
    count: ends.length,
    groupOf,
    rows: Float64Array.from(ends, (end, g) => end - startOf(g)),
    center: Float64Array.from(ends, (end, g) => centerOf(sorted.subarray(startOf(g), end))),
  };
}

/** Mean of a group: of equal scores their value itself, without the rounding of a sum. */
function centerOf(sorted: Float64Array): number {
  const [first] = sorted;
  const last = sorted[sorted.length - 1];
  return first === last ? first : Math.min(last, Math.max(first, meanOf(sorted)));
}

/** Values of the groups as a map whose knots are their centres. */
export function groupMap({ center }: ScoreGroups, values: Float64Array): MonotoneMap {
  return { x: Array.from(center), y: Array.from(values) };
}

/** Sums and counts of an outcome by group, of all rows or of drawn ones. */
export class GroupMeans {
  readonly means: Float64Array;
  readonly rows: Float64Array;
  private readonly groups: ScoreGroups;

  constructor(groups: ScoreGroups) {
    this.groups = groups;
    this.means = new Float64Array(groups.count);
    this.rows = new Float64Array(groups.count);
  }

  /** Means of the drawn rows; 0 with 0 rows where a group was not drawn. */
  of(outcomes: Float64Array, drawn?: Int32Array): this {
    const { means, rows, groups: { groupOf } } = this;
    means.fill(0);
    rows.fill(0);
    const n = drawn?.length ?? outcomes.length;
    for (let i = 0; i < n; i++) {
      const row = drawn === undefined ? i : drawn[i];
      const group = groupOf[row];
      means[group] += outcomes[row];
      rows[group]++;
    }
    for (let g = 0; g < means.length; g++) if (rows[g] > 0) means[g] /= rows[g];
    return this;
  }

  /** Of all rows that were taken. */
  mean(): number {
    let [sum, n] = [0, 0];
    for (let g = 0; g < this.means.length; g++) {
      sum += this.means[g] * this.rows[g];
      n += this.rows[g];
    }
    return sum / n;
  }
}
