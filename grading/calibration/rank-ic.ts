import { hacMean, momentsOf, spreadOf } from '../../engine/index.ts';
import { IC_ERA_HORIZONS } from '../score/index.ts';
import { eraMeans, rankCorrelation, rankProducts } from '../statistics/index.ts';
import { type Arranged, pairs } from './arrange.ts';
import type { IcSummary, TokenIc } from './types.ts';

export const LEAST_TOKENS = 10;

/** A figure of every cross-section of at least ten tokens, in order of time; those where it is not defined are left out. */
export function crossSections({ rowsAt, score }: Arranged, returns: Float64Array, figure: (scores: Float64Array, returns: Float64Array) => number | null = rankCorrelation): Float64Array {
  const values = rowsAt.map((rows) => {
    const { a, b } = pairs(rows, score, returns);
    return a.length < LEAST_TOKENS ? null : figure(a, b);
  });
  return Float64Array.from(values.filter((value) => value !== null));
}

/** Mean, spread and HAC t of a series of correlations. */
export function summaryOf(values: Float64Array, horizonBars: number, reason: string): IcSummary {
  if (values.length === 0) return { n: 0, mean: null, sd: null, icir: null, t: null, positive: null, reason };
  const moments = momentsOf(values);
  const sd = spreadOf(moments);
  return {
    n: values.length, mean: moments.mean, sd,
    icir: sd === null ? null : moments.mean / sd,
    t: hacMean(values, Math.min(horizonBars, values.length - 1))?.t ?? null,
    positive: values.filter((value) => value > 0).length / values.length,
    reason: null,
  };
}

export function crossSectionSummary(arranged: Arranged, returns: Float64Array): IcSummary {
  return summaryOf(crossSections(arranged, returns), arranged.horizonBars, `no bar has outcomes of ${LEAST_TOKENS} tokens`);
}

/** Standardised rank products of each token over time; tokens where all scores or outcomes are tied are left out. */
export function tokenProducts({ rowsOf, score }: Arranged, returns: Float64Array): { readonly market: string; readonly products: Float64Array }[] {
  return [...rowsOf].flatMap(([market, rows]) => {
    const { a, b } = pairs(rows, score, returns);
    const products = rankProducts(a, b);
    return products === null ? [] : [{ market, products }];
  });
}

/** Every token's rank correlation over time: mean of all its bars, t under overlap, spread and sign by eras of ten horizons. */
export function tokenIcs(arranged: Arranged, returns: Float64Array): TokenIc[] {
  const { horizonBars } = arranged;
  return tokenProducts(arranged, returns).map(({ market, products }) => {
    const eras = summaryOf(Float64Array.from(eraMeans(products, IC_ERA_HORIZONS * horizonBars)), 1, '');
    const mean = hacMean(products, Math.min(horizonBars, products.length - 1));
    return { market, outcomes: products.length, ...eras, mean: mean?.mean ?? null, t: mean?.t ?? null };
  });
}

/** Eras of all tokens, each the mean of the tokens' eras of the same number. */
export function timeSeriesSummary(arranged: Arranged, returns: Float64Array): IcSummary {
  return summaryOf(pooledEras(arranged, returns), 1, 'no token has scores and outcomes that differ');
}

/** Mean rank product of all tokens at each close, averaged over eras of ten horizons: tokens that move together count as one. */
export function pooledEras(arranged: Arranged, returns: Float64Array): Float64Array {
  const means = pooledProducts(arranged, returns);
  return means.length === 0 ? means : Float64Array.from(eraMeans(means, IC_ERA_HORIZONS * arranged.horizonBars));
}

function pooledProducts({ rowsOf, rowsAt, score, outcomes }: Arranged, returns: Float64Array): Float64Array {
  const product = new Float64Array(outcomes.length).fill(Number.NaN);
  for (const rows of rowsOf.values()) {
    const kept = rows.filter((row) => Number.isFinite(returns[row]));
    const products = rankProducts(Float64Array.from(kept, (row) => score[row]), Float64Array.from(kept, (row) => returns[row]));
    if (products !== null) kept.forEach((row, i) => (product[row] = products[i]));
  }
  const means = rowsAt.map((rows) => momentsOf(Float64Array.from(rows, (row) => product[row])).mean);
  return Float64Array.from(means.filter(Number.isFinite));
}
