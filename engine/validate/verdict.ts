import { contentId } from '../core/index.ts';
import type { Evidence } from './evidence.ts';
import type { Policy } from './policy.ts';

export const GATE_IDS = [
  'G0', 'G1', 'G1b', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7', 'G8', 'G9', 'G10', 'G11', 'G12', 'G13', 'G14', 'G15', 'G16', 'G17',
] as const;
export type GateId = (typeof GATE_IDS)[number];
export const TIERS = ['shadow', 'live'] as const;
export type Tier = (typeof TIERS)[number];
export type GateState = 'pass' | 'warn' | 'fail' | 'n/a';

/** A gate at one tier: state, the rule in words with its threshold, and how far off. */
export interface GateTier {
  readonly state: GateState;
  readonly threshold: string;
  /** (value − threshold) in the direction that passes, where both are single numbers. */
  readonly margin: number | null;
}

export interface Gate {
  readonly id: GateId;
  /** Short name in words, such as `search luck`. */
  readonly name: string;
  /** What it asks, as a question. */
  readonly question: string;
  /** The statistic in one line, as a reader sees it. */
  readonly statistic: string;
  /** Its main number; null where it is not computable or has several. */
  readonly value: number | null;
  readonly shadow: GateTier;
  readonly live: GateTier;
  /** Why it fails, warns, or cannot be computed; empty where it passes. */
  readonly reason: string;
  /** What would change it; empty where it passes both tiers. */
  readonly remedy: string;
}

export type Decision = 'reject' | 'shadow' | 'live-eligible';

export interface Verdict {
  readonly decision: Decision;
  readonly gates: readonly Gate[];
  /** Gates that keep it from the next tier. */
  readonly blocking: readonly GateId[];
  /** With its thresholds where it is not the default. */
  readonly policy: { readonly version: string; readonly hash: string; readonly thresholds?: Policy };
}

/**
 * Content id of a validation; the hash of the ledger is left out, as it depends on the order in which workers finished, and what the ledger counts
 * does not.
 */
export function validationId(validation: Omit<Validation, 'id'>): string {
  return contentId(JSON.parse(JSON.stringify(validation, (key, value: unknown) => (key === 'ledgerHash' ? undefined : value))));
}

/** The end of a study: facts, and what they are worth. */
export interface Validation {
  /** Content id of the rest, see validationId. */
  readonly id: string;
  readonly evidence: Evidence;
  readonly verdict: Verdict;
}
