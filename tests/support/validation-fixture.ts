import { type Evidence, judge, type Leak, type Validation, type WalkForward } from '../../engine/index.ts';
import { healthyEvidence, luckyEvidence, missing } from './evidence.ts';
import { walkForwardFixture } from './report-fixtures.ts';

const MISSING = missing('the study was not given it');

/** Every part that may be missing, missing. */
export const NOTHING_KNOWN = {
  reproduction: MISSING, causality: MISSING, stamps: MISSING, latency: MISSING, search: MISSING, overfit: MISSING, costs: MISSING, plateau: MISSING,
  concentration: { withoutTopTrades: MISSING, withoutBestMonth: MISSING, withoutBestMarket: MISSING }, baselines: MISSING, regimes: MISSING, ruin: MISSING, capacity: MISSING,
  pooled: MISSING, holdoutReads: MISSING,
} as const;

export interface ValidationArtefacts {
  readonly validation: Validation;
  readonly walkForward: WalkForward;
}

/** Facts judged by the default policy, beside a walk-forward. */
export function validationFixture(evidence: Evidence, walkForward: WalkForward = walkForwardFixture({ windows: 8, timeframeMs: 14_400_000 })): ValidationArtefacts {
  return { walkForward, validation: { id: 'validation-5'.padEnd(64, '0'), evidence, verdict: judge(evidence) } };
}

/** The states that the page must know. */
export const VALIDATION_STATES: Readonly<Record<string, () => ValidationArtefacts>> = {
  rejected: () => validationFixture({ ...luckyEvidence(), causality: leaking(), stamps: STAMPS }),
  shadow: () => validationFixture({ ...healthyEvidence(), sample: { days: 480, observations: 480, periodsPerYear: 365, trades: 44, bets: 45 }, pooled: POOLED }),
  'live-eligible': () => validationFixture(healthyEvidence()),
  'everything missing': () => validationFixture({ ...healthyEvidence(), ...NOTHING_KNOWN }),
};

function leaking(): Evidence['causality'] {
  const leak = (name: Leak['name'], subject: string, reachBars: number): Leak => ({
    name, test: 'truncate', subject, cutBar: 1_200, cutTimeMs: Date.UTC(2019, 5, 1), reachBars, changed: 41,
    message: `${subject} changed ${reachBars} bars before the cut at 2019-06-01 when the bars after it were taken away`,
  });
  return {
    cuts: 24, seed: 42, compared: 48_000, leaks: [leak('reads-ahead', 'decision', 1), leak('centred-window', 'smoothed close', 5)],
    warmup: { compared: 9_600, changed: 212, maxDifference: 0.4 }, incremental: { compared: 2_400, changed: 9 },
  };
}

const STAMPS: Evidence['stamps'] = [
  { column: 'fundingRate', observations: 1_900, t: 0.8, partialR: 0.02, state: 'pass' }, { column: 'activeAddresses', observations: 1_745, t: 9.4, partialR: 0.21, state: 'fail' },
  { column: 'hashRate', observations: 12, t: null, partialR: null, state: 'pass' },
];

const POOLED: Evidence['pooled'] = {
  markets: [{ name: 'BTC/USDT', sharpeAnn: 1.42 }, { name: 'ETH/USDT', sharpeAnn: 0.93 }, { name: 'SOL/USDT', sharpeAnn: null }, { name: 'DOGE/USDT', sharpeAnn: -0.2 }], meanDaily: 0.00061, t: 2.11, p: 0.018,
};
