import { median } from 'simple-statistics';
import type { Known, OverfitEvidence } from '../evidence.ts';
import type { Rows } from '../return-matrix.ts';
import { blockSums, type BlockSums } from './block-sums.ts';
import { dominanceOf } from './dominance.ts';
import { type OverfitProbability, probabilityOf, splitsOf } from './overfit-probability.ts';
import { evaluateSplits, halfCount, type SplitPart } from './splits.ts';

/** Blocks of the splits: 12,870 combinations. */
export const CSCV_BLOCKS = 16;
/** A half of the window needs this many days for a Sharpe ratio to mean anything. */
const FEWEST_DAYS_A_BLOCK = 5;
const LOGIT_BINS = 24;
/** Splits of the degradation figure. */
const SAMPLE = 400;

/** Evaluates splits [0, halfCount) of block sums in parts; `evaluateSplits` in place, or on a pool. */
export type SplitRunner = (sums: BlockSums) => Promise<readonly SplitPart[]>;

/** All splits in this thread. */
export const splitsInPlace: SplitRunner = (sums) => Promise.resolve([evaluateSplits(sums, 'sharpe', 0, halfCount(sums.blocks))]);

/**
 * G8: what happens out of sample to the trial that is best in sample, over every way to halve the blocks; annual Sharpe ratios of daily returns.
 *
 * Rows without spread must have been left out before. A split whose winner has no Sharpe ratio out of sample counts as a loss.
 *
 * missing for fewer than two trials, or fewer than 5 days a block
 */
export async function overfitEvidence(panel: Rows, periodsPerYear: number, run: SplitRunner = splitsInPlace, blocks = CSCV_BLOCKS): Promise<Known<OverfitEvidence>> {
  if (panel.trials < 2) return { missing: 'fewer than two points of the search have a Sharpe ratio' };
  if (panel.days < blocks * FEWEST_DAYS_A_BLOCK) return { missing: `${panel.days} days are too few for ${blocks} blocks` };
  const parts = await run(blockSums(panel, blocks));
  const found = probabilityOf(splitsOf(parts, blocks), panel.trials);
  const annual = Math.sqrt(periodsPerYear);
  const { slope, intercept, r2 } = found.degradation;
  return {
    blocks,
    combinations: found.splits.count,
    pbo: found.pbo,
    probabilityOfLoss: found.probabilityOfLoss,
    medianLogit: median(Array.from(found.logits)),
    logits: logitCounts(found.logits, Math.log(panel.trials)),
    degradation: { slope, intercept: intercept === null ? null : intercept * annual, r2, sample: sampleOf(found, annual) },
    dominance: dominanceOf(sumOf(parts, 'winners'), sumOf(parts, 'all')),
  };
}

/** Logits lie in ±ln(trials). A logit of 0 counts below 0, as in the PBO. */
function logitCounts(logits: Float64Array, reach: number): OverfitEvidence['logits'] {
  const counts = Array.from({ length: LOGIT_BINS }, () => 0);
  for (const logit of logits) counts[Math.min(LOGIT_BINS - 1, Math.max(0, Math.ceil(((logit + reach) / (2 * reach)) * LOGIT_BINS - 1e-9) - 1))]++;
  return { from: -reach, to: reach, counts };
}

function sampleOf({ splits: { count, inSample, outOfSample } }: OverfitProbability, annual: number): (readonly [number, number])[] {
  const size = Math.min(SAMPLE, count);
  return Array.from({ length: size }, (_, i) => Math.floor((i * count) / size))
    .filter((at) => Number.isFinite(inSample[at]) && Number.isFinite(outOfSample[at]))
    .map((at) => [inSample[at] * annual, outOfSample[at] * annual] as const);
}

function sumOf(parts: readonly SplitPart[], name: 'winners' | 'all'): Float64Array {
  const sum = new Float64Array(parts[0][name]?.length ?? 0);
  for (const part of parts) part[name]?.forEach((count, bin) => (sum[bin] += count));
  return sum;
}
