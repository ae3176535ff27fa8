import { correlation } from '../../engine/index.ts';

/** Spearman's correlation; ties share their mean rank. null below two pairs or without spread. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number | null {
  return a.length < 2 ? null : correlation(ranksOf(a), ranksOf(b));
}

function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
  const ranks = values.map(() => 0);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let i = from; i < to; i++) ranks[order[i]] = (from + to - 1) / 2;
    from = to;
  }
  return ranks;
}
