/** The best of a search on the real market among the best of the same search on markets without structure. */
export interface PermutationTest {
  readonly p: number;
  readonly permutations: number;
  readonly observed: number;
  /** Ascending. */
  readonly null: readonly number[];
}

/**
 * Share of searches, the real one among them, whose best is at least that of the real market: (1 + count) ÷ (1 + permutations).
 *
 * A search without any defined result counts as one below.
 */
export function permutationTest(observed: number, nullBests: readonly (number | null)[]): PermutationTest {
  const defined = nullBests.filter((best) => best !== null).sort((a, b) => a - b);
  const reached = defined.filter((best) => best >= observed).length;
  return { p: (1 + reached) / (1 + nullBests.length), permutations: nullBests.length, observed, null: defined };
}
