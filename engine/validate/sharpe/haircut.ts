import { normalCdf, probit, studentTail, studentUpperQuantile } from '../../metrics/index.ts';

export const HAIRCUT_METHODS = ['bonferroni', 'independent'] as const;
export type HaircutMethod = (typeof HAIRCUT_METHODS)[number];

export interface Haircut {
  readonly pSingle: number;
  /** Of the best of N tests. */
  readonly pMultiple: number;
  /** The Sharpe ratio a year that one test alone would need for that p. */
  readonly sharpeAnn: number;
  /** Share that is cut off. */
  readonly haircut: number;
}

/** `student`: t with months − 1 degrees of freedom, as the authors' program; `normal`: as the example of their text. */
export type HaircutTail = 'student' | 'normal';

/**
 * Haircut Sharpe ratio: what is left of an annual Sharpe ratio when it is the best of N tests.
 *
 * Holm and BHY need the p-values of all tests: see adjustPValues.
 *
 * null    for a Sharpe ratio that is not positive, or below two months
 * source  Harvey & Liu (2015), Backtesting
 */
export function haircutSharpe(sharpeAnn: number, months: number, trials: number, method: HaircutMethod = 'bonferroni', tail: HaircutTail = 'student'): Haircut | null {
  if (!(sharpeAnn > 0) || months < 2) return null;
  const t = (sharpeAnn / Math.sqrt(12)) * Math.sqrt(months);
  const pSingle = tail === 'student' ? 2 * studentTail(t, months - 1) : 2 * normalCdf(-t);
  const pMultiple = method === 'bonferroni' ? Math.min(1, trials * pSingle) : -Math.expm1(trials * Math.log1p(-pSingle));
  const left = pMultiple >= 1 ? 0 : tail === 'student' ? studentUpperQuantile(pMultiple / 2, months - 1) : -probit(pMultiple / 2);
  const cut = (left / Math.sqrt(months)) * Math.sqrt(12);
  return { pSingle, pMultiple, sharpeAnn: cut, haircut: 1 - cut / sharpeAnn };
}
