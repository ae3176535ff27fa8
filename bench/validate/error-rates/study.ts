import { type Evidence, type GateId, isMissing, judge, type Missing, type Policy, POLICY, type Verdict } from '../../../engine/index.ts';

export interface StudyOptions {
  readonly seed: number;
  /** Bootstrap draws of the bounds and of the Reality Check. */
  readonly draws: number;
  /** Computes the search and its overfitting even where other gates reject already; calibration needs them. */
  readonly isWhole: boolean;
}

/** What one simulated study came to. */
export interface StudyResult {
  readonly verdict: Verdict;
  /** P-values that should be uniform where there is no skill; null where not computed. */
  readonly pValues: { readonly psr: number | null; readonly realityCheck: number | null; readonly spa: number | null };
  /** Mean true annual Sharpe ratio of what was held out of sample; null where unknown. */
  readonly heldSharpeAnn: number | null;
}

/** Parts that take long, made only when they are needed. */
export interface Costly {
  readonly search: () => Promise<Evidence['search']>;
  readonly overfit: () => Promise<Evidence['overfit']>;
}

const LATER: Missing = { missing: 'the other gates reject already' };

/**
 * Judges evidence by the product's gates, leaving out those that a simulated study cannot compute.
 *
 * Gates without evidence count as passed; the search and its overfitting are computed only where the other gates let the study through.
 */
export async function judgeStudy(cheap: Omit<Evidence, 'search' | 'overfit'>, costly: Costly, assumed: readonly GateId[], { isWhole }: StudyOptions): Promise<{ readonly evidence: Evidence; readonly verdict: Verdict }> {
  const first = { ...cheap, search: LATER, overfit: LATER };
  const early = judge(first, policyWithout([...assumed, 'G7', 'G8']));
  if (early.decision === 'reject' && !isWhole) return { evidence: first, verdict: early };
  const evidence = { ...cheap, search: await costly.search(), overfit: await costly.overfit() };
  return { evidence, verdict: judge(evidence, policyWithout(assumed)) };
}

export function pValuesOf({ outOfSample: { psr }, search }: Evidence): StudyResult['pValues'] {
  const known = isMissing(search) ? null : search;
  return { psr: psr === null ? null : 1 - psr, realityCheck: known?.realityCheck.p ?? null, spa: known?.spaCash.consistent ?? null };
}

/** The default thresholds, with some gates not required. */
function policyWithout(assumed: readonly GateId[]): Policy {
  const kept = (ids: readonly GateId[]): GateId[] => ids.filter((id) => !assumed.includes(id));
  return { ...POLICY, version: 'error-rates', required: { shadow: kept(POLICY.required.shadow), live: kept(POLICY.required.live) } };
}
