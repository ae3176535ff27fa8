import type { Policy } from '../policy.ts';
import type { Evidence } from '../evidence.ts';
import type { Gate, GateId, GateState, GateTier, Tier } from '../verdict.ts';
import { GATE_TEXTS } from './gate-texts.ts';

/** A gate as a pure function of facts and thresholds. */
export type GateFunction = (evidence: Evidence, policy: Policy) => Gate;

/** What a gate says at one tier; why and what would change it where it does not pass. */
export interface TierFinding {
  readonly state: GateState;
  readonly threshold: string;
  readonly margin?: number | null;
  readonly reason?: string;
  readonly remedy?: string;
}

/** A gate's statistic, and its judgement at each tier. */
export interface Finding {
  readonly statistic: string;
  readonly value?: number | null;
  readonly at: (tier: Tier) => TierFinding;
}

/** A gate from its finding; reason and remedy are those of the first tier that does not pass. */
export function gate(id: GateId, { statistic, value = null, at }: Finding): Gate {
  const [shadow, live] = [at('shadow'), at('live')];
  const telling = shadow.state === 'pass' ? live : shadow;
  return {
    id,
    ...GATE_TEXTS[id],
    statistic,
    value,
    shadow: tierOf(shadow),
    live: tierOf(live),
    reason: telling.state === 'pass' ? '' : (telling.reason ?? ''),
    remedy: telling.state === 'pass' ? '' : (telling.remedy ?? ''),
  };
}

function tierOf({ state, threshold, margin = null }: TierFinding): GateTier {
  return { state, threshold, margin };
}

/** A gate whose statistic is not there. */
export function notApplicable(id: GateId, threshold: (tier: Tier) => string, reason: string, remedy = ''): Gate {
  return gate(id, { statistic: 'not computed', at: (tier) => ({ state: 'n/a', threshold: threshold(tier), reason, remedy }) });
}

/** A rule on one number: passes where the margin is positive, or not negative where `reached` suffices; null fails. */
export function passing(margin: number | null, rule: 'above' | 'reached'): 'pass' | 'fail' {
  if (margin === null) return 'fail';
  return (rule === 'above' ? margin > 0 : margin >= 0) ? 'pass' : 'fail';
}

/** value − threshold, null where the value is. */
export function above(value: number | null, threshold: number): number | null {
  return value === null ? null : value - threshold;
}

