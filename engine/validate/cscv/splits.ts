import type { BlockSums } from './block-sums.ts';
import { combinationAt, nextCombination, splitCount } from './combinations.ts';

/** What ranks the trials within a half: mean return, or mean ÷ deviation. */
export type SplitMetric = 'mean' | 'sharpe';

/** Bins over (−1, 1) in which mean ÷ root mean square is counted; it orders trials as their Sharpe ratios do. */
export const DOMINANCE_BINS = 8192;

/** Splits in lexicographic order of their in-sample blocks; entry i of each array is split `from` + i, or its mirror image counted from the last. */
export interface SplitPart {
  readonly from: number;
  readonly to: number;
  /** Of splits [from, to) and then of their mirror images: winner in sample (first on ties), its score in and out of sample, its rank there. */
  readonly winner: Int32Array;
  readonly inSample: Float64Array;
  readonly outOfSample: Float64Array;
  /** 1 … trials, average on ties. */
  readonly rank: Float64Array;
  /** Out-of-sample scores of all trials and of winners, by bin; null for means. */
  readonly all: Float64Array | null;
  readonly winners: Float64Array | null;
}

/** Half of the splits: those that hold the first block. The others are their mirror images. */
export function halfCount(blocks: number): number {
  return splitCount(blocks) / 2;
}

/**
 * Splits [from, to) of those with the first block in sample, and their mirror images.
 *
 * A score without spread ranks last (−Infinity).
 *
 * source  Bailey, Borwein, López de Prado & Zhu (2017), J. Computational Finance 20(4)
 */
export function evaluateSplits(sums: BlockSums, metric: SplitMetric, from: number, to: number, ddof = 1): SplitPart {
  const { blocks, trials } = sums;
  const half = blocks / 2;
  const count = to - from;
  const part: SplitPart = {
    from, to, winner: new Int32Array(2 * count), inSample: new Float64Array(2 * count), outOfSample: new Float64Array(2 * count), rank: new Float64Array(2 * count),
    all: metric === 'sharpe' ? new Float64Array(DOMINANCE_BINS) : null, winners: metric === 'sharpe' ? new Float64Array(DOMINANCE_BINS) : null,
  };
  const slack = metric === 'mean' ? sums.tie * rootMeanSquare(sums) : sums.tie;
  const sides = [new Float64Array(trials), new Float64Array(trials)] as const;
  const accumulator = partialSums(sums, half);
  const chosen = combinationAt(blocks, half, from);
  let changed = 0;
  for (let i = 0; i < count; i++) {
    accumulator.rebuild(chosen, changed);
    accumulator.scores(metric, sides);
    settle(part, i, sides[0], sides[1], { metric, n: half * sums.rows, ddof, slack });
    settle(part, count + i, sides[1], sides[0], { metric, n: half * sums.rows, ddof, slack });
    changed = nextCombination(chosen, blocks);
  }
  return part;
}

/** Sums over the blocks chosen so far, place by place: the next combination changes only its last few. */
function partialSums({ blocks, trials, rows, sum, square }: BlockSums, half: number) {
  const places = Array.from({ length: half }, () => ({ sum: new Float64Array(trials), square: new Float64Array(trials) }));
  const whole = { sum: new Float64Array(trials), square: new Float64Array(trials) };
  for (let i = 0; i < blocks * trials; i++) {
    whole.sum[i % trials] += sum[i];
    whole.square[i % trials] += square[i];
  }
  const n = half * rows;
  return {
    rebuild(chosen: Int32Array, fromPlace: number): void {
      for (let place = fromPlace; place < half; place++) {
        const [into, base] = [places[place], chosen[place] * trials];
        const before = place === 0 ? null : places[place - 1];
        addRow(into.sum, before?.sum ?? null, sum, base);
        addRow(into.square, before?.square ?? null, square, base);
      }
    },
    scores(metric: SplitMetric, [inside, outside]: readonly [Float64Array, Float64Array]): void {
      const chosen = places[half - 1];
      for (let k = 0; k < trials; k++) {
        const s = chosen.sum[k];
        const rest = whole.sum[k] - s;
        inside[k] = metric === 'mean' ? s / n : ratioOf(s, chosen.square[k], n, whole.square[k]);
        outside[k] = metric === 'mean' ? rest / n : ratioOf(rest, whole.square[k] - chosen.square[k], n, whole.square[k]);
      }
    },
  };
}

function addRow(into: Float64Array, before: Float64Array | null, rows: Float64Array, base: number): void {
  if (before === null) into.set(rows.subarray(base, base + into.length));
  else for (let k = 0; k < into.length; k++) into[k] = before[k] + rows[base + k];
}

/** Share of the squares, of a half and of all rows, below which a spread is only rounding. */
const NO_SPREAD = 1e-13;

/** mean ÷ root mean square, in (−1, 1); −Infinity without spread. */
function ratioOf(sum: number, square: number, n: number, wholeSquare: number): number {
  const spread = n * square - sum * sum;
  return spread > NO_SPREAD * n * square && square > NO_SPREAD * wholeSquare ? sum / Math.sqrt(n * square) : -Infinity;
}

interface Scoring {
  readonly metric: SplitMetric;
  /** Rows of a half. */
  readonly n: number;
  readonly ddof: number;
  readonly slack: number;
}

function settle(part: SplitPart, at: number, inside: Float64Array, outside: Float64Array, { metric, n, ddof, slack }: Scoring): void {
  let winner = 0;
  for (let k = 1; k < inside.length; k++) if (inside[k] > inside[winner] + slack) winner = k;
  const theirs = outside[winner];
  let below = 0;
  let equal = 0;
  for (let k = 0; k < outside.length; k++) {
    if (outside[k] < theirs - slack) below++;
    else if (outside[k] <= theirs + slack) equal++;
  }
  part.winner[at] = winner;
  part.rank[at] = below + (equal + 1) / 2;
  part.inSample[at] = metric === 'mean' ? inside[winner] : sharpeOfRatio(inside[winner], n, ddof);
  part.outOfSample[at] = metric === 'mean' ? theirs : sharpeOfRatio(theirs, n, ddof);
  if (part.all === null || part.winners === null) return;
  for (let k = 0; k < outside.length; k++) part.all[binOf(outside[k])]++;
  part.winners[binOf(theirs)]++;
}

function rootMeanSquare({ square, rows }: BlockSums): number {
  return Math.sqrt(square.reduce((sum, one) => sum + one, 0) / (square.length * rows));
}

function binOf(ratio: number): number {
  return ratio === -Infinity ? 0 : Math.floor(((ratio + 1) / 2) * (DOMINANCE_BINS - 1e-9));
}

/** mean ÷ deviation from mean ÷ root mean square. */
export function sharpeOfRatio(ratio: number, n: number, ddof: number): number {
  return ratio === -Infinity ? -Infinity : (ratio / Math.sqrt(1 - ratio * ratio)) * Math.sqrt((n - ddof) / n);
}
