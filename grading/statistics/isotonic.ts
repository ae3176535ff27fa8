/** Neighbours that an isotonic regression gives one value: groups from … to (exclusive). */
export interface IsotonicBlock {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly weight: number;
}

/**
 * Weighted least-squares fit that never falls: pool adjacent violators.
 *
 * A value without weight takes that of its neighbour.
 *
 * shape   values[n], weights[n] ≥ 0 → blocks that tile 0 … n, values ascending
 * source  Barlow, Bartholomew, Bremner & Brunk (1972); R isoreg
 */
export function isotonicBlocks(values: ArrayLike<number>, weights: ArrayLike<number>): IsotonicBlock[] {
  const blocks: IsotonicBlock[] = [];
  for (let i = 0; i < values.length; i++) {
    let block: IsotonicBlock = { from: i, to: i + 1, value: values[i], weight: weights[i] };
    for (let before = blocks.at(-1); before !== undefined && isViolated(before, block); before = blocks.at(-1)) {
      blocks.pop();
      block = pooled(before, block);
    }
    blocks.push(block);
  }
  return blocks;
}

/** The same as one value a group. */
export function isotonicFit(values: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  return spread(isotonicBlocks(values, weights), values.length);
}

/** One value a group from blocks. */
export function spread(blocks: readonly IsotonicBlock[], length: number): Float64Array {
  const out = new Float64Array(length);
  for (const { from, to, value } of blocks) out.fill(value, from, to);
  return out;
}

function isViolated(before: IsotonicBlock, block: IsotonicBlock): boolean {
  return before.weight === 0 || block.weight === 0 || before.value >= block.value;
}

function pooled(a: IsotonicBlock, b: IsotonicBlock): IsotonicBlock {
  const weight = a.weight + b.weight;
  const value = a.weight === 0 ? b.value : b.weight === 0 || a.value === b.value ? a.value : (a.weight * a.value + b.weight * b.value) / weight;
  return { from: a.from, to: b.to, value, weight };
}
