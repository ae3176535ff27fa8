import type { Random } from '../../core/index.ts';

/**
 * One draw of the stationary bootstrap as blocks: position 0 starts one, every other with probability 1 ÷ mean block, wrapping around.
 *
 * A block's length is drawn at once, from the geometric law that deciding position by position follows: two random numbers a block, not a row.
 *
 * shape   starts[n], lengths[n] are filled up to the returned count; the lengths sum to n
 * source  Politis & Romano (1994)
 */
export function stationaryBlocks(random: Random, n: number, meanBlock: number, starts: Int32Array, lengths: Int32Array): number {
  const perLog = meanBlock > 1 ? 1 / Math.log1p(-1 / meanBlock) : 0;
  let count = 0;
  for (let left = n; left > 0; left -= lengths[count++]) {
    starts[count] = Math.floor(random() * n);
    lengths[count] = perLog === 0 ? 1 : Math.min(left, 1 + Math.floor(perLog * Math.log(1 - random())));
  }
  return count;
}

/** The row of each position of such blocks, into `indices`. */
export function indicesOfBlocks(starts: Int32Array, lengths: Int32Array, count: number, n: number, indices: Int32Array): void {
  let at = 0;
  for (let block = 0; block < count; block++) {
    let row = starts[block];
    for (let i = 0; i < lengths[block]; i++) {
      indices[at++] = row;
      if (++row === n) row = 0;
    }
  }
}

/** The same from explicit draws: position i takes its own whole draw where u_i ≤ p, otherwise the row after the one before. */
export function stationaryIndices(integers: readonly number[], uniforms: readonly number[], newBlock: number, n = integers.length): number[] {
  let row = 0;
  return integers.map((draw, i) => (row = i === 0 || uniforms[i] <= newBlock ? draw : (row + 1) % n));
}

/**
 * Circular block bootstrap: blocks of one length from given starts, wrapping around, cut to n.
 *
 * source  Politis & Romano (1992)
 */
export function circularIndices(n: number, blockLength: number, starts: readonly number[]): number[] {
  return starts.flatMap((start) => Array.from({ length: blockLength }, (_, i) => (start + i) % n)).slice(0, n);
}

/** Moving block bootstrap: the same with starts in 0 … n − block, so that nothing wraps. */
export function movingIndices(n: number, blockLength: number, starts: readonly number[]): number[] {
  return starts.flatMap((start) => Array.from({ length: blockLength }, (_, i) => start + i)).slice(0, n);
}
