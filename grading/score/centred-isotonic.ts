import { type IsotonicBlock, isotonicBlocks, valueAt } from '../statistics/index.ts';
import type { GroupMeans, ScoreGroups } from './score-groups.ts';

/** How much a block of so many rows counts against the mean of all: n ÷ (n + k), n in independent outcomes. */
export interface Shrinkage {
  readonly to: number;
  readonly horizonBars: number;
  /** k; 0 shrinks nothing. */
  readonly outcomes: number;
}

/**
 * Isotonic regression of group means on score, read at the groups' centres: linear between the mean scores of its blocks.
 *
 * Blocks are shrunk to the mean of all and pooled again where that puts them out of order.
 *
 * shape   one value a group, ascending
 * source  Oron & Flournoy (2017), Centered Isotonic Regression, Stat. Biopharm. Res. 9(3)
 */
export function centredIsotonic(groups: ScoreGroups, { means, rows }: Pick<GroupMeans, 'means' | 'rows'>, shrinkage: Shrinkage | null): Float64Array {
  const raw = isotonicBlocks(means, rows);
  const blocks = shrinkage === null ? raw : merged(raw, raw.map((block) => shrunk(block, shrinkage)));
  const line = { x: blocks.map((block) => centerOf(groups, rows, block)), y: blocks.map(({ value }) => value) };
  return groups.center.map((center) => valueAt(line, center));
}

function shrunk({ value, weight }: IsotonicBlock, { to, horizonBars, outcomes }: Shrinkage): number {
  const n = weight / horizonBars;
  return outcomes === 0 ? value : to + (n / (n + outcomes)) * (value - to);
}

/** Blocks of blocks. */
function merged(blocks: readonly IsotonicBlock[], values: readonly number[]): IsotonicBlock[] {
  return isotonicBlocks(values, blocks.map(({ weight }) => weight)).map(({ from, to, value, weight }) => ({ from: blocks[from].from, to: blocks[to - 1].to, value, weight }));
}

/** Mean score of a block's rows; of its groups where it has none. */
function centerOf({ center }: ScoreGroups, rows: Float64Array, { from, to, weight }: IsotonicBlock): number {
  let sum = 0;
  for (let g = from; g < to; g++) sum += (weight === 0 ? 1 : rows[g]) * center[g];
  const mean = sum / (weight === 0 ? to - from : weight);
  return Math.min(center[to - 1], Math.max(center[from], mean));
}
