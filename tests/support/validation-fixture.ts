import { seededNormal, seededRandom } from '../../engine/core/index.ts';
import type { Bounds, Decision, Evidence, Gate, GateId, GateState, Missing, Validation, WalkForward } from '../../engine/index.ts';
import { walkForwardFixture } from './report-fixtures.ts';

const DAY_MS = 86_400_000;
const REMEDY = 'A longer history, or fewer parameter points tried.';

export type EvidenceParts = Partial<{ readonly [K in keyof Evidence]: Evidence[K] }>;

export interface ValidationOptions {
  readonly decision?: Decision;
  /** Gates of another state than `pass`, at both tiers. */
  readonly states?: Partial<Readonly<Record<GateId, GateState>>>;
  /** At the live tier only. */
  readonly liveStates?: Partial<Readonly<Record<GateId, GateState>>>;
  readonly evidence?: EvidenceParts;
  readonly walkForward?: WalkForward;
}

export const MISSING: Missing = { missing: 'the ledger of trials was not given' };

/** Every part that may be missing, missing. */
export const NOTHING_KNOWN: EvidenceParts = {
  reproduction: MISSING, causality: MISSING, stamps: MISSING, latency: MISSING, search: MISSING, overfit: MISSING, costs: MISSING, plateau: MISSING,
  concentration: { withoutTopTrades: MISSING, withoutBestMonth: MISSING, withoutBestMarket: MISSING }, baselines: MISSING, regimes: MISSING, ruin: MISSING, capacity: MISSING,
  pooled: MISSING, holdoutReads: MISSING,
};

/** A walk-forward, facts about it that fit together roughly, and a verdict of the states asked for. */
export function validationFixture(options: ValidationOptions = {}): { readonly validation: Validation; readonly walkForward: WalkForward } {
  const walkForward = options.walkForward ?? walkForwardFixture({ windows: 8, timeframeMs: 14_400_000 });
  const evidence = { ...evidenceOf(walkForward), ...options.evidence };
  const gates = GATES.map((gate) => gateOf(gate, options));
  const decision = options.decision ?? 'live-eligible';
  const tier = decision === 'reject' ? 'shadow' : 'live';
  const blocking = gates.filter((gate) => decision !== 'live-eligible' && (gate[tier].state === 'fail' || (gate[tier].state === 'n/a' && gate.id === 'G7'))).map(({ id }) => id);
  return { walkForward, validation: { id: 'validation-5'.padEnd(64, '0'), evidence, verdict: { decision, gates, blocking, policy: { version: '1', hash: 'beef'.repeat(16) } } } };
}

function evidenceOf(walk: WalkForward): Evidence {
  const normal = seededNormal(seededRandom(3));
  const draws = (count: number, mean: number, sd: number): number[] => Array.from({ length: count }, () => mean + sd * normal());
  const days = Math.round((walk.openTimeMs[walk.openTimeMs.length - 1] - walk.openTimeMs[0]) / DAY_MS);
  const at = walk.openTimeMs[Math.floor(walk.openTimeMs.length / 3)];
  return {
    subject: {
      claim: 'trend-btc', strategyId: walk.spec.strategyId, codeHash: walk.spec.codeHash, walkForwardId: walk.id, engineVersion: walk.spec.engineVersion, markets: walk.spec.markets,
      config: walk.spec.config, sampler: walk.spec.sampler, objective: walk.spec.objective, plan: walk.spec.plan, points: 25, held: { fastBars: 12, slowBars: 72 }, seed: 42,
    },
    reproduction: { differs: [] },
    causality: {
      cuts: 24, seed: 42, compared: 61_440, leaks: [], warmup: { compared: 9_600, changed: 0, maxDifference: 0 }, incremental: { compared: 9_600, changed: 0 },
    },
    stamps: [{ column: 'fundingRate', observations: 1_412, t: 1.21, partialR: 0.032, state: 'pass' }],
    latency: [
      { lagBars: 0, sharpeAnn: 1.42, totalReturn: 0.61, ratio: 1, pairedT: null }, { lagBars: 1, sharpeAnn: 1.31, totalReturn: 0.55, ratio: 0.92, pairedT: 0.81 },
      { lagBars: 2, sharpeAnn: 1.19, totalReturn: 0.48, ratio: 0.84, pairedT: 1.2 }, { lagBars: 5, sharpeAnn: 0.88, totalReturn: 0.33, ratio: 0.62, pairedT: 1.62 },
    ],
    sample: { days, observations: days, periodsPerYear: 365, trades: walk.trades.length, bets: walk.trades.length },
    outOfSample: {
      observations: days, periodsPerYear: 365, sharpe: 0.0743, sharpeAnn: 1.42, standardErrorAnn: 0.62, psr: 0.991, psrNullVariance: 0.989, minTrackRecordYears: 1.3, skewness: 0.21,
      kurtosis: 5.4, autocorrelation1: 0.04, sharpeAnnAutocorrelated: 1.37,
      bootstrap: { draws: 10_000, blockDays: 8.2, seed: 42, sharpeAnn: bounds(1.42, 0.41, 0.02, 2.4), cagr: bounds(0.27, 0.04, -0.03, 0.55), maxDrawdown: bounds(-0.19, -0.34, -0.41, -0.11) },
    },
    search: {
      trials: 25, dropped: 1, days: 620, ledgerTrials: { n: 60, studies: 3, ledgerHash: 'abba'.repeat(16) }, winner: { trial: 12, params: { fastBars: 12, slowBars: 72 }, sharpeAnn: 1.71 },
      trialSharpesAnn: [...draws(24, 0.9, 0.4), null, 1.71], averageCorrelation: 0.71, effectiveTrials: 8.3, trialVariance: 0.00046, luckSharpeAnn: 0.96, dsr: 0.84, dsrNullVariance: 0.86,
      minBacktestYears: 1.9, haircut: { bonferroni: 0.44, sidak: 0.46 },
      realityCheck: { p: 0.03, draws: 5_000, blockDays: 8.2, seed: 42, null: draws(400, 1.1, 0.42).sort((a, b) => a - b), observed: 2.22 },
      spaCash: { lower: 0.021, consistent: 0.028, upper: 0.031 }, spaHold: { lower: 0.09, consistent: 0.12, upper: 0.14 }, stepwise: { size: 0.05, superior: 3 },
      permutation: { p: 0.014, permutations: 500, observed: 1.71, null: draws(400, 0.1, 0.55).sort((a, b) => a - b) },
    },
    overfit: {
      blocks: 16, combinations: 12_870, pbo: 0.18, probabilityOfLoss: 0.07, medianLogit: 1.4,
      logits: { from: -4, to: 4, counts: [60, 120, 180, 260, 300, 410, 460, 527, 900, 1_400, 2_100, 2_353, 1_800, 1_100, 600, 300] },
      degradation: { slope: 0.31, intercept: 0.42, r2: 0.08, sample: draws(300, 1.6, 0.4).map((x) => [x, 0.42 + 0.31 * x + 0.5 * normal()] as const) }, dominance: { firstOrder: true, secondOrder: true },
    },
    costs: { points: [0, 1, 2, 3, 4].map((multiple) => ({ multiple, sharpeAnn: 1.7 - 0.28 * multiple, totalReturn: 0.75 - 0.16 * multiple })), breakEvenMultiple: 4.7, largestTried: 8 },
    plateau: {
      chosen: 1.71, median: 1.38, ratio: 0.81,
      neighbours: [
        { params: { fastBars: 8, slowBars: 72 }, sharpeAnn: 1.32 }, { params: { fastBars: 16, slowBars: 72 }, sharpeAnn: 1.51 }, { params: { fastBars: 12, slowBars: 48 }, sharpeAnn: 1.21 },
        { params: { fastBars: 12, slowBars: 96 }, sharpeAnn: 1.44 },
      ],
    },
    walkForward: { efficiency: walk.efficiency, efficiencyReason: walk.efficiencyReason, windows: walk.windows.length, positiveWindows: 6 },
    concentration: {
      withoutTopTrades: { trades: 5, sharpeAnn: 0.74 }, withoutBestMonth: { month: '2020-01', sharpeAnn: 0.98 }, withoutBestMarket: { missing: 'one market only' },
    },
    baselines: {
      hold: { name: 'buy and hold', sharpeAnn: 0.55, alphaAnn: 0.19, beta: 0.34, t: 2.4, p: 0.008 }, emaCross: { params: { fastBars: 12, slowBars: 48 }, sharpeAnn: 0.91 },
      random: { draws: 1_000, seed: 42, percentile: 0.982, sharpesAnn: draws(400, 0.1, 0.6).sort((a, b) => a - b) },
    },
    regimes: {
      regimes: [
        { name: 'rising, calm', days: 150, share: 0.31, sharpeAnn: 2.1, profitShare: 0.52 }, { name: 'rising, wild', days: 110, share: 0.23, sharpeAnn: 1.6, profitShare: 0.31 },
        { name: 'falling, calm', days: 120, share: 0.25, sharpeAnn: 0.4, profitShare: 0.09 }, { name: 'falling, wild', days: 100, share: 0.21, sharpeAnn: -0.2, profitShare: 0.08 },
      ],
      shocks: [{ name: 'largest fall of the market', fromMs: at, toMs: at + 7 * DAY_MS, totalReturn: -0.031, holdReturn: -0.24 }, { name: 'wildest week', fromMs: at + 40 * DAY_MS, toMs: at + 47 * DAY_MS, totalReturn: 0.012, holdReturn: null }],
    },
    ruin: { horizonDays: 365, draws: 10_000, liquidations: 0, fallBy: [{ lossFrac: 0.2, probability: 0.31 }, { lossFrac: 0.35, probability: 0.041 }, { lossFrac: 0.5, probability: 0.0003 }] },
    capacity: { fills: 212, medianParticipation: 0.00004, largestParticipation: 0.0009 },
    pooled: { markets: [{ name: 'BTC/USDT', sharpeAnn: 1.42 }, { name: 'ETH/USDT', sharpeAnn: 0.93 }, { name: 'SOL/USDT', sharpeAnn: null }], meanDaily: 0.00061, t: 2.11, p: 0.018 },
    holdoutReads: 0,
  };
}

function bounds(estimate: number, lower95: number, lower99: number, upper95: number): Bounds {
  return { estimate, lower95, lower99, upper95 };
}

type GateWords = readonly [id: GateId, name: string, question: string, statistic: string, value: number | null, shadow: string, shadowMargin: number | null, live: string, liveMargin: number | null];

function gateOf([id, name, question, statistic, value, shadowThreshold, shadowMargin, liveThreshold, liveMargin]: GateWords, { states = {}, liveStates = {} }: ValidationOptions): Gate {
  const shadow = states[id] ?? 'pass';
  const live = liveStates[id] ?? shadow;
  const signed = (state: GateState, margin: number | null): number | null => (state === 'n/a' || margin === null ? null : state === 'fail' ? -Math.abs(margin) : margin);
  const missing = shadow === 'n/a';
  return {
    id, name, question, statistic: missing ? 'not computable' : statistic, value: missing ? null : value,
    shadow: { state: shadow, threshold: shadowThreshold, margin: signed(shadow, shadowMargin) }, live: { state: live, threshold: liveThreshold, margin: signed(live, liveMargin) },
    reason: shadow === 'pass' && live === 'pass' ? '' : missing ? MISSING.missing : `${name} is beyond its threshold`,
    remedy: shadow === 'pass' && live === 'pass' ? '' : REMEDY,
  };
}

const GATES: readonly GateWords[] = [
  ['G0', 'reproducible', 'Does a second run give the same bits?', 'no field differs', 0, 'no difference', 0, 'no difference', 0],
  ['G1', 'causality', 'Does any decision read the future?', '0 of 61 440 decisions changed', 0, '0 changed', 0, '0 changed', 0],
  ['G1b', 'stamps', 'Does a joined column know its own bar?', '1 of 1 columns clean', null, 'HAC |t| < 4 or |partial r| < 0.08', null, 'HAC |t| < 4 or |partial r| < 0.08', null],
  ['G2', 'latency', 'Does it survive one bar of delay?', 'keeps 0.92 of its Sharpe ratio', 0.92, 'ratio ≥ 0.35', 0.57, 'ratio ≥ 0.35', 0.57],
  ['G3', 'warm-up', 'Is the declared warm-up enough?', '0 of 9 600 decisions changed', 0, '≤ 0.1 %', 0.001, '≤ 0.1 %', 0.001],
  ['G4', 'sample', 'Is there enough of it?', '480 d, 90 bets', 480, '≥ 365 d, ≥ 30 bets', 115, '≥ 730 d, ≥ 60 bets', 250],
  ['G5', 'unseen Sharpe', 'Is the unseen Sharpe ratio above zero?', 'lower bound 0.41 (95 %), 0.02 (99 %)', 0.41, '95 % bound > 0', 0.41, '99 % bound > 0', 0.02],
  ['G6', 'probabilistic Sharpe', 'How probable is a true Sharpe above zero?', 'PSR(0) 0.991', 0.991, '≥ 0.95', 0.041, '≥ 0.99', 0.001],
  ['G7', 'search luck', 'Could the best of so many trials be luck?', 'Reality Check p 0.030, DSR 0.84', 0.03, 'p ≤ 0.20', 0.17, 'p ≤ 0.05', 0.02],
  ['G8', 'overfitting', 'Does the winner in sample lose out of sample?', 'P(loss) 0.070, PBO 0.18', 0.07, '≤ 0.25', 0.18, '≤ 0.10', 0.03],
  ['G9', 'costs', 'Does it survive dearer trading?', 'Sharpe 1.14 at twice the costs, break-even 4.7×', 1.14, 'Sharpe > 0 at 2×', 1.14, 'break-even ≥ 2.5×', 2.2],
  ['G10', 'plateau', 'Do the neighbours earn as well?', 'median 0.81 of the chosen', 0.81, '≥ 0.5', 0.31, '≥ 0.5', 0.31],
  ['G11', 'walk-forward', 'Does it keep what it promised?', 'efficiency 0.43, 6 of 8 windows gained', 0.43, '≥ 0.25, ≥ 55 %', 0.18, '≥ 0.25, ≥ 55 %', 0.18],
  ['G12', 'concentration', 'Is it a few lucky trades?', 'Sharpe 0.74 without the best five', 0.74, '> 0', 0.74, '> 0', 0.74],
  ['G13', 'baselines', 'Is it more than holding, or chance entries?', 'intercept p 0.008, percentile 98.2', 0.008, 'p < 0.05', 0.042, 'p < 0.01', 0.002],
  ['G14', 'regimes', 'Does one regime carry it all?', 'largest share 52 %', 0.52, '< 100 %', 0.48, '< 100 %', 0.48],
  ['G15', 'uniqueness', 'Is it another model under a new name?', 'no live model to compare with', null, 'correlation < 0.85', null, 'residual IC > 0', null],
  ['G16', 'capacity', 'Would its orders fit the market?', 'median 0.004 % of volume', 0.00004, '≤ 1 %', 0.00996, '≤ 1 %', 0.00996],
  ['G17', 'calibration', 'Do stated probabilities come true?', 'no probability is stated', null, 'ECE inside', null, 'ECE inside', null],
];

/** The states that the page must know. */
export const VALIDATION_STATES: Readonly<Record<string, () => { readonly validation: Validation; readonly walkForward: WalkForward }>> = {
  rejected: () => validationFixture({
    decision: 'reject', states: { G2: 'warn', G7: 'fail', G8: 'fail', G10: 'fail', G15: 'n/a', G17: 'n/a' },
    evidence: { causality: { ...(evidenceOf(walkForwardFixture({ windows: 8, timeframeMs: 14_400_000 })).causality as Extract<Evidence['causality'], { cuts: number }>), leaks: [LEAK] } },
  }),
  shadow: () => validationFixture({ decision: 'shadow', states: { G15: 'n/a', G17: 'n/a' }, liveStates: { G4: 'fail', G13: 'warn' } }),
  'live-eligible': () => validationFixture({ states: { G15: 'n/a', G17: 'n/a' } }),
  'everything missing': () => validationFixture({
    decision: 'reject', states: Object.fromEntries(GATES.filter(([id]) => !['G4', 'G5', 'G6', 'G11'].includes(id)).map(([id]) => [id, 'n/a'])), evidence: NOTHING_KNOWN,
  }),
};

const LEAK = {
  name: 'reads-ahead' as const, test: 'truncate' as const, subject: 'decision', cutBar: 1_200, cutTimeMs: Date.UTC(2019, 5, 1), reachBars: 3, changed: 41,
  message: 'The decision at 2019-05-31 20:00 changed when the bars after it were cut off: it reads 3 bars ahead.',
};
