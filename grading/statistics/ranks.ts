/**
 * Ranks from 1, ties with their mean rank.
 *
 * shape   values[n] without NaN → out[n]
 */
export function ranksOf(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => values[a] - values[b] || a - b);
  const out = new Float64Array(n);
  for (let i = 0; i < n; ) {
    let end = i + 1;
    while (end < n && values[order[end]] === values[order[i]]) end++;
    for (let j = i; j < end; j++) out[order[j]] = (i + end + 1) / 2;
    i = end;
  }
  return out;
}

/**
 * Products of standardised ranks: their mean is Spearman's rank correlation, and the mean over any part is what that part adds to it.
 *
 * Ranks are of the whole sample. Correlations within short eras are biased against a score that persists (by about −1 ÷ the independent outcomes
 * in an era): part means of one ranking are not.
 *
 * null    below three pairs, or where all scores or all outcomes are tied
 */
export function rankProducts(scores: ArrayLike<number>, outcomes: ArrayLike<number>): Float64Array | null {
  const a = standardised(ranksOf(scores));
  const b = standardised(ranksOf(outcomes));
  return a === null || b === null || scores.length < 3 ? null : a.map((x, i) => x * b[i]);
}

/**
 * Spearman's rank correlation, ties with mean ranks.
 *
 * null    below three pairs, or where all of one side are tied
 */
export function rankCorrelation(scores: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  const products = rankProducts(scores, outcomes);
  return products === null ? null : Math.max(-1, Math.min(1, meanOf(products)));
}

/** Mean 0, population deviation 1; null without spread. */
function standardised(values: Float64Array): Float64Array | null {
  const mean = meanOf(values);
  const sd = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
  return sd > 0 ? values.map((value) => (value - mean) / sd) : null;
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
