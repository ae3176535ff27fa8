import { requireInput } from '../../core/index.ts';

/** Blocks beyond which the splits are too many to list: C(20, 10) = 184,756. */
export const MOST_BLOCKS = 20;

/** C(n, k). */
export function combinationCount(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= k; i++) count = (count * (n - k + i)) / i;
  return Math.round(count);
}

/**
 * Ways to choose half of the blocks: C(S, S/2).
 *
 * throws  InputError `blocks-invalid`
 */
export function splitCount(blocks: number): number {
  requireInput(Number.isInteger(blocks) && blocks >= 2 && blocks % 2 === 0 && blocks <= MOST_BLOCKS, 'blocks-invalid', 'blocks', `an even number in 2 … ${MOST_BLOCKS}`, blocks);
  return combinationCount(blocks, blocks / 2);
}

/** The index-th combination of k of n in lexicographic order. */
export function combinationAt(n: number, k: number, index: number): Int32Array {
  const chosen = new Int32Array(k);
  let rest = index;
  let next = 0;
  for (let place = 0; place < k; place++) {
    for (;;) {
      const here = combinationCount(n - next - 1, k - place - 1);
      if (rest < here) break;
      rest -= here;
      next++;
    }
    chosen[place] = next++;
  }
  return chosen;
}

/** Moves to the next combination and returns the first place that changed; −1 after the last. */
export function nextCombination(chosen: Int32Array, n: number): number {
  const k = chosen.length;
  let place = k - 1;
  while (place >= 0 && chosen[place] === n - k + place) place--;
  if (place < 0) return -1;
  chosen[place]++;
  for (let i = place + 1; i < k; i++) chosen[i] = chosen[i - 1] + 1;
  return place;
}
