import { contentId } from '../core/index.ts';
import { GATE_IDS, type GateId } from './verdict.ts';

/** A threshold for each tier. */
export interface Tiered<T = number> {
  readonly shadow: T;
  readonly live: T;
}

/** Every threshold that a verdict rests on, by gate; fractions and annual Sharpe ratios, never percent. */
export interface Policy {
  readonly version: string;
  /** Gates that must be computable: their `n/a` fails the tier. */
  readonly required: Tiered<readonly GateId[]>;
  /** Those that must be computable besides where a study is promoted. */
  readonly requiredAtPromotion: Tiered<readonly GateId[]>;
  readonly G1: { readonly minCuts: number };
  readonly G1b: { readonly absT: number; readonly absPartialR: number };
  readonly G2: { readonly lagBars: number; readonly minRatio: number; readonly pairedT: number; readonly warnRatio: number };
  readonly G3: { readonly maxChangedFrac: number };
  readonly G4: { readonly minDays: Tiered; readonly minBets: Tiered };
  /** Confidence of the one-sided lower bound: 0.95 or 0.99. */
  readonly G5: { readonly confidence: Tiered<0.95 | 0.99>; readonly minSharpeAnn: Tiered };
  readonly G6: { readonly minPsr: Tiered };
  readonly G7: { readonly maxP: Tiered };
  readonly G8: { readonly maxProbabilityOfLoss: Tiered };
  readonly G9: { readonly multiple: number; readonly minSharpeAnn: Tiered; readonly minBreakEvenMultiple: Tiered };
  readonly G10: { readonly minNeighbours: number; readonly minRatio: Tiered };
  readonly G11: { readonly minEfficiency: Tiered; readonly minPositiveShare: Tiered };
  readonly G12: { readonly minSharpeAnn: Tiered };
  readonly G13: { readonly maxP: Tiered; readonly minPercentile: Tiered };
  /** A regime that holds all the profit fails where it covers at most `rareShare` of the days, and warns otherwise. */
  readonly G14: { readonly maxShockLossFrac: Tiered; readonly rareShare: number };
  /** Null asks nothing. */
  readonly G15: { readonly maxCorrelation: Tiered; readonly minCommonDays: number; readonly minResidualAlphaAnn: Tiered<number | null> };
  readonly G16: { readonly maxMedianParticipation: Tiered };
  readonly G17: { readonly minBrierSkill: Tiered<number | null> };
}

const REQUIRED = ['G0', 'G1', 'G3', 'G4', 'G5', 'G6', 'G7', 'G8', 'G9', 'G11', 'G12', 'G13'] as const satisfies readonly GateId[];

/** The default policy; a change of any number is a new version. */
export const POLICY: Policy = {
  version: 'assay-policy/2',
  required: { shadow: REQUIRED, live: REQUIRED },
  requiredAtPromotion: { shadow: [], live: ['G15', 'G17'] },
  G1: { minCuts: 20 },
  G1b: { absT: 4, absPartialR: 0.08 },
  G2: { lagBars: 1, minRatio: 0.35, pairedT: 2.33, warnRatio: 0.5 },
  G3: { maxChangedFrac: 0.001 },
  G4: { minDays: { shadow: 365, live: 730 }, minBets: { shadow: 30, live: 60 } },
  G5: { confidence: { shadow: 0.95, live: 0.99 }, minSharpeAnn: { shadow: 0, live: 0 } },
  // 99 % lets 0.7 % of 1,500 searches of 200 almost identical trials without skill (correlation 0.95, 4 years) be live: the others then say what this says.
  G6: { minPsr: { shadow: 0.95, live: 0.995 } },
  G7: { maxP: { shadow: 0.2, live: 0.05 } },
  G8: { maxProbabilityOfLoss: { shadow: 0.25, live: 0.1 } },
  G9: { multiple: 2, minSharpeAnn: { shadow: 0, live: 0 }, minBreakEvenMultiple: { shadow: 1, live: 2.5 } },
  G10: { minNeighbours: 3, minRatio: { shadow: 0.5, live: 0.5 } },
  G11: { minEfficiency: { shadow: 0.25, live: 0.25 }, minPositiveShare: { shadow: 0.55, live: 0.55 } },
  G12: { minSharpeAnn: { shadow: 0, live: 0 } },
  G13: { maxP: { shadow: 0.05, live: 0.01 }, minPercentile: { shadow: 0.95, live: 0.95 } },
  G14: { maxShockLossFrac: { shadow: 0.3, live: 0.3 }, rareShare: 0.25 },
  G15: { maxCorrelation: { shadow: 0.85, live: 0.85 }, minCommonDays: 90, minResidualAlphaAnn: { shadow: null, live: 0 } },
  G16: { maxMedianParticipation: { shadow: 0.01, live: 0.01 } },
  G17: { minBrierSkill: { shadow: null, live: 0 } },
};

/** Identity of a policy: what it says, not where it lies. */
export function policyHash(policy: Policy): string {
  return contentId(policy);
}

/** Gates whose thresholds a policy states. */
export const POLICY_GATES = GATE_IDS.filter((id): id is GateId & keyof Policy => id in POLICY);
