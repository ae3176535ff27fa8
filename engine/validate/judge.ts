import type { Evidence } from './evidence.ts';
import { GATES } from './gates/index.ts';
import { type Policy, POLICY, policyHash } from './policy.ts';
import { type Decision, type Gate, GATE_IDS, type Tier, type Verdict } from './verdict.ts';

/** Whether a study alone is judged, or one that is promoted: then beside the models that are registered, with its probabilities. */
export type Stage = 'study' | 'promotion';

/** What the evidence is worth under a policy: a tier is reached where no gate fails it and every required gate is computable. */
export function judge(evidence: Evidence, policy: Policy = POLICY, stage: Stage = 'study'): Verdict {
  const gates = GATE_IDS.map((id) => GATES[id](evidence, policy));
  const [shadow, live] = (['shadow', 'live'] as const).map((tier) => gates.filter((gate) => blocks(gate, tier, policy, stage)));
  const decision: Decision = shadow.length > 0 ? 'reject' : live.length > 0 ? 'shadow' : 'live-eligible';
  const hash = policyHash(policy);
  return {
    decision,
    gates,
    blocking: (decision === 'reject' ? shadow : live).map(({ id }) => id),
    policy: { version: policy.version, hash, ...(hash === policyHash(POLICY) ? {} : { thresholds: policy }) },
  };
}

/** A gate that fails the tier, or that the tier requires and cannot be computed. */
export function blocks(gate: Gate, tier: Tier, policy: Policy, stage: Stage = 'study'): boolean {
  const { state } = gate[tier];
  const required = [...policy.required[tier], ...(stage === 'promotion' ? policy.requiredAtPromotion[tier] : [])];
  return state === 'fail' || (state === 'n/a' && required.includes(gate.id));
}
