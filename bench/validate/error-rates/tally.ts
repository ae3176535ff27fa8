import { GATE_IDS, type GateId, probit } from '../../../engine/index.ts';
import type { Cell } from './cells.ts';
import type { StudyResult } from './study.ts';

/** A share with its 95 % Wilson interval. */
export interface Share {
  readonly count: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** What the studies of one cell came to. */
export interface CellResult {
  readonly name: string;
  readonly kind: Cell['kind'];
  readonly years: number;
  readonly goal: Cell['goal'];
  readonly studies: number;
  readonly shadow: Share;
  readonly live: Share;
  /** Studies that each gate keeps from shadow, of those in which it was computed. */
  readonly failures: Readonly<Partial<Record<GateId, { readonly failed: number; readonly computed: number }>>>;
  readonly heldSharpeAnn: number | null;
  readonly pValues: { readonly [P in keyof StudyResult['pValues']]: readonly number[] };
}

/** `whole` of the results, the first ones, were computed whatever the other gates say: only their p-values of the search are not selected. */
export function tally({ name, kind, years, goal }: Cell, results: readonly StudyResult[], whole: number): CellResult {
  const reached = (live: boolean): Share => wilson(results.filter(({ verdict: { decision } }) => decision === 'live-eligible' || (!live && decision === 'shadow')).length, results.length);
  const held = results.flatMap(({ heldSharpeAnn }) => (heldSharpeAnn === null ? [] : [heldSharpeAnn]));
  const defined = (test: keyof StudyResult['pValues'], of = results): number[] => of.flatMap(({ pValues }) => pValues[test] ?? []);
  const unselected = results.slice(0, whole);
  return {
    name, kind, years, goal, studies: results.length, shadow: reached(false), live: reached(true), failures: failuresOf(results),
    heldSharpeAnn: held.length === 0 ? null : held.reduce((sum, sharpe) => sum + sharpe, 0) / held.length,
    pValues: { psr: defined('psr'), realityCheck: defined('realityCheck', unselected), spa: defined('spa', unselected) },
  };
}

function failuresOf(results: readonly StudyResult[]): CellResult['failures'] {
  return Object.fromEntries(GATE_IDS.flatMap((id) => {
    const states = results.map(({ verdict }) => verdict.gates.find((gate) => gate.id === id)?.shadow.state).filter((state) => state !== 'n/a');
    return states.length === 0 ? [] : [[id, { failed: states.filter((state) => state === 'fail').length, computed: states.length }]];
  }));
}

/**
 * Share of successes with its 95 % interval.
 *
 * source  Wilson (1927), J. Am. Stat. Assoc. 22
 */
export function wilson(count: number, of: number): Share {
  const z = probit(0.975);
  const share = count / of;
  const centre = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { count, share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** Kolmogorov–Smirnov distance of p-values from the uniform distribution. null without a value. */
export function uniformDistance(pValues: readonly number[]): number | null {
  if (pValues.length === 0) return null;
  const sorted = pValues.toSorted((a, b) => a - b);
  return Math.max(...sorted.map((p, i) => Math.max((i + 1) / sorted.length - p, p - i / sorted.length)));
}

/** Distance that uniform p-values exceed in 5 % of samples (asymptotic). */
export function uniformLimit(count: number): number {
  return 1.358 / Math.sqrt(count);
}
