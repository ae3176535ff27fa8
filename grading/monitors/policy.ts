import { contentId } from '../../engine/index.ts';

/** Every threshold that a live judgement rests on, by monitor; fractions and annual Sharpe ratios, never percent. */
export interface MonitorPolicy {
  readonly version: string;
  /** Share of what was promised out of sample that a healthy model must earn. */
  readonly haircut: number;
  /** False alarms a healthy model may have in a year by all monitors together. */
  readonly yearlyBudget: number;
  /** Bootstrap paths by which the lines of T6–T8 are drawn, days of a path, and years of it after which a line stays as it is. */
  readonly simulation: { readonly paths: number; readonly yearDays: number; readonly years: number };
  readonly T0: { readonly windowDays: number; readonly suspendCount: number };
  readonly T1: {
    readonly windowDays: number; readonly minRows: number; readonly minAgreement: number; readonly minCorrelation: number; readonly maxWarpingAnn: number;
    /** Difference of two scores that are the same, as a fraction of the larger. */
    readonly scoreTolerance: number;
  };
  readonly T2: { readonly minFills: number; readonly evidence: number };
  /** `minSamples` are effective ones. */
  readonly T3: { readonly windowDays: number; readonly minSamples: number; readonly psi: number; readonly falseDiscovery: number; readonly driftingShare: number; readonly missingRate: number };
  readonly T4: { readonly windowDays: number; readonly minSamples: number; readonly p: number; readonly dissimilarity: number };
  /** Share of healthy models whose statistic may cross the line in a year. */
  readonly T5: { readonly watchBudget: number; readonly minObservations: number; readonly lookAheadIc: number };
  /** Days count at most `winsorSd` standard deviations: the mean of fat-tailed returns is found sooner so, and a crash is T7's and T8's. */
  readonly T6: { readonly watchBudget: number; readonly suspendBudget: number; readonly winsorSd: number };
  /** Days before which a drawdown is compared with the one of that age. */
  readonly T7: { readonly watchBudget: number; readonly suspendBudget: number; readonly minAgeDays: number };
  /** P(SR > 0) below these, or below the line of the budget where that is lower. */
  readonly T8: { readonly watchBelow: number; readonly suspendBelow: number; readonly watchBudget: number; readonly suspendBudget: number; readonly minDays: number; readonly priorDays: number };
  readonly T9: { readonly evidence: number };
  readonly T10: { readonly everyDays: number; readonly windowDays: number; readonly minDays: number; readonly draws: number; readonly confidence: number };
  /** A watched model is live again after so many days with every statistic below `calmFrac` of its line. */
  readonly recovery: { readonly calmDays: number; readonly calmFrac: number };
  readonly grade: {
    readonly provisionalDays: number; readonly provisionalCap: number; readonly failureCap: number;
    /** Points of parts that must be computable for a grade. */
    readonly minPoints: number;
    readonly letters: Readonly<Record<'A' | 'B' | 'C' | 'D', number>>;
  };
}

/**
 * The default policy; a change of any number is a new version.
 *
 * T5 and T7 have 4 % each so that the sum of what is measured, not of what is allotted, stays below 20 % where T5 hears of another market than the profit
 * comes from (`bench/grading/monitors.ts`).
 */
export const MONITOR_POLICY: MonitorPolicy = {
  version: 'assay-monitors/1',
  haircut: 0.5,
  yearlyBudget: 0.2,
  simulation: { paths: 2_000, yearDays: 365, years: 3 },
  T0: { windowDays: 7, suspendCount: 3 },
  T1: { windowDays: 30, minRows: 20, minAgreement: 0.995, minCorrelation: 0.95, maxWarpingAnn: 0.1, scoreTolerance: 1e-9 },
  T2: { minFills: 30, evidence: 20 },
  T3: { windowDays: 180, minSamples: 20, psi: 0.25, falseDiscovery: 0.05, driftingShare: 0.3, missingRate: 0.05 },
  T4: { windowDays: 180, minSamples: 10, p: 0.001, dissimilarity: 1 },
  T5: { watchBudget: 0.04, minObservations: 30, lookAheadIc: 0.1 },
  T6: { watchBudget: 0.1, suspendBudget: 0.05, winsorSd: 2 },
  T7: { watchBudget: 0.04, suspendBudget: 0.01, minAgeDays: 30 },
  T8: { watchBelow: 0.5, suspendBelow: 0.2, watchBudget: 0.05, suspendBudget: 0.01, minDays: 30, priorDays: 60 },
  T9: { evidence: 20 },
  T10: { everyDays: 90, windowDays: 365, minDays: 60, draws: 1_000, confidence: 0.95 },
  recovery: { calmDays: 30, calmFrac: 0.5 },
  grade: { provisionalDays: 30, provisionalCap: 60, failureCap: 20, minPoints: 40, letters: { A: 85, B: 70, C: 55, D: 40 } },
};

/** Identity of a policy: what it says, not where it lies. */
export function monitorPolicyHash(policy: MonitorPolicy): string {
  return contentId(policy);
}
