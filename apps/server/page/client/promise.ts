const PATHS = 400;
const BLOCK_DAYS = 10;

/** Pseudo-random numbers in [0, 1) that are the same on every load. source: mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Pointwise 5 % and 95 % of the growth that the promised days give in so many days, by a bootstrap of circular blocks; null below 60 promised days. */
export function promisedBand(daily: readonly (number | null)[], days: number): { readonly low: number[]; readonly high: number[] } | null {
  const known = daily.filter((value) => value !== null);
  if (known.length < 60 || days === 0) return null;
  const random = seeded(1);
  const paths = Array.from({ length: PATHS }, () => {
    const path: number[] = [];
    let [growth, at] = [1, 0];
    for (let i = 0; i < days; i++) {
      at = i % BLOCK_DAYS === 0 ? Math.floor(random() * known.length) : (at + 1) % known.length;
      growth *= 1 + known[at];
      path.push(growth - 1);
    }
    return path;
  });
  const quantile = (p: number) => (_: unknown, i: number): number => paths.map((path) => path[i]).toSorted((a, b) => a - b)[Math.round(p * (PATHS - 1))];
  return { low: Array.from({ length: days }, quantile(0.05)), high: Array.from({ length: days }, quantile(0.95)) };
}

/** Compounded returns, as a fraction of the start. */
export function growthOf(returns: readonly number[]): number[] {
  let growth = 1;
  return returns.map((value) => { growth *= 1 + value; return growth - 1; });
}
