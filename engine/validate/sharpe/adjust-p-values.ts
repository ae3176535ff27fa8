/** Procedures that keep the error of many tests; `bhy-harvey-liu` leaves the largest p-value as it is, `benjamini-yekutieli` does not. */
export const P_ADJUSTMENTS = ['bonferroni', 'sidak', 'holm', 'benjamini-hochberg', 'benjamini-yekutieli', 'bhy-harvey-liu'] as const;
export type PAdjustment = (typeof P_ADJUSTMENTS)[number];

/**
 * Adjusted p-values in the order given; `tests` is how many were made where not all are listed.
 *
 * source  Holm (1979); Benjamini & Hochberg (1995); Benjamini & Yekutieli (2001); Harvey & Liu (2015)
 */
export function adjustPValues(pValues: readonly number[], method: PAdjustment, tests = pValues.length): number[] {
  if (method === 'bonferroni') return pValues.map((p) => Math.min(1, p * tests));
  if (method === 'sidak') return pValues.map((p) => -Math.expm1(tests * Math.log1p(-p)));
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  const sorted = order.map((i) => pValues[i]);
  const adjusted = method === 'holm' ? holm(sorted, tests) : stepUp(sorted, tests, method);
  const out = Array.from<number>({ length: pValues.length });
  order.forEach((i, rank) => (out[i] = adjusted[rank]));
  return out;
}

/** Step down: the running maximum of (M − j)·p. */
function holm(sorted: readonly number[], tests: number): number[] {
  let running = 0;
  return sorted.map((p, j) => (running = Math.max(running, Math.min(1, (tests - j) * p))));
}

/** Step up: the running minimum from the largest of M·c·p ÷ rank. */
function stepUp(sorted: readonly number[], tests: number, method: PAdjustment): number[] {
  const c = method === 'benjamini-hochberg' ? 1 : harmonic(tests);
  const out = [...sorted];
  const last = sorted.length - 1;
  let running = 1;
  for (let j = last; j >= 0; j--) {
    const own = j === last && method === 'bhy-harvey-liu' ? sorted[j] : (tests * c * sorted[j]) / (j + 1);
    running = Math.min(running, own);
    out[j] = running;
  }
  return out;
}

function harmonic(n: number): number {
  let sum = 0;
  for (let i = 1; i <= n; i++) sum += 1 / i;
  return sum;
}
