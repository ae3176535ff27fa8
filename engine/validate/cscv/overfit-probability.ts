import { linearRegression, rSquared } from 'simple-statistics';
import { InputError, requireInput } from '../../core/index.ts';
import { sharpe } from '../../metrics/index.ts';
import { eachRow, type Rows } from '../return-matrix.ts';
import { blockSums } from './block-sums.ts';
import { evaluateSplits, halfCount, type SplitMetric, type SplitPart } from './splits.ts';

/** All splits in lexicographic order of their in-sample blocks. */
export interface Splits {
  readonly count: number;
  readonly winner: Int32Array;
  readonly inSample: Float64Array;
  readonly outOfSample: Float64Array;
  readonly rank: Float64Array;
}

export interface OverfitProbability {
  readonly splits: Splits;
  /** ln(ω ÷ (1 − ω)) of each split, ω = rank ÷ (trials + 1). */
  readonly logits: Float64Array;
  /** Share of logits at or below 0. */
  readonly pbo: number;
  /** Share of splits whose winner has a negative figure, or none, out of sample. */
  readonly probabilityOfLoss: number;
  readonly degradation: { readonly slope: number | null; readonly intercept: number | null; readonly r2: number | null };
}

/** Parts of the first half, in any order, as all splits. */
export function splitsOf(parts: readonly SplitPart[], blocks: number): Splits {
  const half = halfCount(blocks);
  const count = 2 * half;
  const splits: Splits = { count, winner: new Int32Array(count), inSample: new Float64Array(count), outOfSample: new Float64Array(count), rank: new Float64Array(count) };
  for (const part of parts) {
    const own = part.to - part.from;
    for (let i = 0; i < own; i++) {
      copy(part, i, splits, part.from + i);
      copy(part, own + i, splits, count - 1 - part.from - i); // the mirror image of the first is the last
    }
  }
  return splits;
}

function copy(part: SplitPart, i: number, splits: Splits, at: number): void {
  splits.winner[at] = part.winner[i];
  splits.inSample[at] = part.inSample[i];
  splits.outOfSample[at] = part.outOfSample[i];
  splits.rank[at] = part.rank[i];
}

/** What the splits say. */
export function probabilityOf(splits: Splits, trials: number): OverfitProbability {
  const logits = splits.rank.map((rank) => Math.log(rank / (trials + 1 - rank)));
  const share = (hit: (i: number) => boolean): number => splits.rank.reduce((sum, _, i) => sum + (hit(i) ? 1 : 0), 0) / splits.count;
  return { splits, logits, pbo: share((i) => logits[i] <= 0), probabilityOfLoss: share((i) => splits.outOfSample[i] < 0), degradation: degradationOf(splits) };
}

/** Least squares of the winners' figure out of sample on that in sample; null where that is always the same. */
function degradationOf({ inSample, outOfSample }: Splits): OverfitProbability['degradation'] {
  const pairs = Array.from(inSample, (x, i) => [x, outOfSample[i]]).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  if (pairs.every(([x]) => x === pairs[0][0])) return { slope: null, intercept: null, r2: null };
  const { m: slope, b: intercept } = linearRegression(pairs);
  const r2 = pairs.every(([, y]) => y === pairs[0][1]) ? null : rSquared(pairs, (x) => slope * x + intercept);
  return { slope, intercept, r2 };
}

export interface CscvOptions {
  readonly blocks: number;
  readonly metric?: SplitMetric;
  readonly riskFree?: number;
  readonly ddof?: number;
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation.
 *
 * Rows that do not fill the blocks are left out at the head.
 *
 * throws  InputError `blocks-invalid`, `trials-invalid` below two, `days-invalid` below two rows a half, `trial-constant` by Sharpe ratio
 * source  Bailey, Borwein, López de Prado & Zhu (2017), J. Computational Finance 20(4)
 */
export function overfitProbability(panel: Rows, { blocks, metric = 'sharpe', riskFree = 0, ddof = 1 }: CscvOptions): OverfitProbability {
  const half = halfCount(blocks);
  requireSplittable(panel, blocks);
  if (metric === 'sharpe') requireSpread(panel);
  return probabilityOf(splitsOf([evaluateSplits(blockSums(panel, blocks, riskFree), metric, 0, half, ddof)], blocks), panel.trials);
}

function requireSplittable({ trials, days }: Rows, blocks: number): void {
  requireInput(trials >= 2, 'trials-invalid', 'trials', 'at least 2', trials);
  requireInput(days >= blocks, 'days-invalid', 'days', `at least one a block (${blocks})`, days);
}

function requireSpread(panel: Rows): void {
  eachRow(panel, (row, k) => {
    if (sharpe(row, 1) === null) throw new InputError('trial-constant', `every trial must have spread, trial ${k} has none`);
  });
}
