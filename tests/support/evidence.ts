import { seededNormal, seededRandom, simulationConfig } from '../../engine/index.ts';
import type { Evidence, Missing, SearchEvidence } from '../../engine/validate/index.ts';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2019, 0, 1);
const OUT_OF_SAMPLE_DAYS = 1_620;

export const missing = (why: string): Missing => ({ missing: why });

/** Evidence of a study that deserves to be live: every part is there, every gate that a study can pass passes. */
export function healthyEvidence(): Evidence {
  return {
    subject: subjectOf(),
    reproduction: { differs: [] },
    causality: {
      cuts: 24, seed: 42, compared: 48_000, leaks: [], warmup: { compared: 9_600, changed: 0, maxDifference: 0 }, incremental: { compared: 2_400, changed: 0 },
    },
    stamps: [{ column: 'fundingRate', observations: 1_900, t: 0.8, partialR: 0.02, state: 'pass' }],
    latency: [
      { lagBars: 1, sharpeAnn: 1.78, totalReturn: 3.1, ratio: 0.95, pairedT: 0.6 },
      { lagBars: 2, sharpeAnn: 1.66, totalReturn: 2.7, ratio: 0.89, pairedT: 1.1 },
      { lagBars: 5, sharpeAnn: 1.31, totalReturn: 1.9, ratio: 0.7, pairedT: 1.9 },
    ],
    sample: { days: OUT_OF_SAMPLE_DAYS, observations: OUT_OF_SAMPLE_DAYS, periodsPerYear: 365, trades: 168, bets: 171 },
    outOfSample: {
      observations: OUT_OF_SAMPLE_DAYS, periodsPerYear: 365, sharpe: 0.0979, sharpeAnn: 1.87, standardErrorAnn: 0.48, psr: 0.99995, psrNullVariance: 0.99996,
      minTrackRecordYears: 0.78, skewness: 0.21, kurtosis: 6.4, autocorrelation1: -0.02, sharpeAnnAutocorrelated: 1.9,
      bootstrap: {
        draws: 10_000, blockDays: 6, seed: 42,
        sharpeAnn: { estimate: 1.87, lower95: 1.08, lower99: 0.74, upper95: 2.66 },
        cagr: { estimate: 0.4, lower95: 0.19, lower99: 0.12, upper95: 0.63 },
        maxDrawdown: { estimate: -0.19, lower95: -0.36, lower99: -0.45, upper95: -0.14 },
      },
    },
    search: searchOf({ p: 0.004, observed: 4.6 }),
    overfit: {
      blocks: 16, combinations: 12_870, pbo: 0.21, probabilityOfLoss: 0.03, medianLogit: 0.9,
      logits: { from: -4, to: 4, counts: [22, 96, 310, 640, 1_010, 1_420, 1_890, 2_230, 2_040, 1_560, 930, 470, 180, 52, 15, 5] },
      degradation: { slope: 0.18, intercept: 1.1, r2: 0.06, sample: pairs(60, 2.3, 1.5) },
      dominance: { firstOrder: true, secondOrder: true },
    },
    costs: {
      points: [
        { multiple: 1, sharpeAnn: 1.87, totalReturn: 3.4 }, { multiple: 1.5, sharpeAnn: 1.68, totalReturn: 2.8 }, { multiple: 2, sharpeAnn: 1.49, totalReturn: 2.2 },
        { multiple: 3, sharpeAnn: 1.11, totalReturn: 1.4 },
      ],
      breakEvenMultiple: 5.9, largestTried: 10,
    },
    plateau: {
      chosen: 1.96, median: 1.71, ratio: 0.872,
      neighbours: [
        { params: { fastBars: 10, slowBars: 48 }, sharpeAnn: 1.74 }, { params: { fastBars: 16, slowBars: 48 }, sharpeAnn: 1.52 },
        { params: { fastBars: 12, slowBars: 36 }, sharpeAnn: 1.68 }, { params: { fastBars: 12, slowBars: 60 }, sharpeAnn: 1.88 },
      ],
    },
    walkForward: { efficiency: 0.63, efficiencyReason: null, windows: 18, positiveWindows: 14 },
    concentration: {
      withoutTopTrades: { trades: 5, sharpeAnn: 1.22 }, withoutBestMonth: { month: '2020-11', sharpeAnn: 1.58 },
      withoutBestMarket: missing('one market was traded'),
    },
    baselines: {
      hold: { name: 'buy and hold BTC/USDT', sharpeAnn: 0.92, alphaAnn: 0.27, beta: 0.31, t: 3.4, p: 0.0004 },
      emaCross: { params: { fastBars: 12, slowBars: 48 }, sharpeAnn: 1.1 },
      random: { draws: 1_000, seed: 42, percentile: 0.997, sharpesAnn: normals('random entries', 400, 0.5, 0.45) },
    },
    regimes: {
      regimes: [
        { name: 'trend, calm', days: 420, share: 0.26, sharpeAnn: 2.3, profitShare: 0.38 }, { name: 'trend, wild', days: 390, share: 0.24, sharpeAnn: 2.1, profitShare: 0.4 },
        { name: 'range, calm', days: 440, share: 0.27, sharpeAnn: 1.2, profitShare: 0.14 }, { name: 'range, wild', days: 370, share: 0.23, sharpeAnn: 0.7, profitShare: 0.08 },
      ],
      shocks: [
        { name: 'Covid crash', fromMs: Date.UTC(2020, 2, 8), toMs: Date.UTC(2020, 2, 17), totalReturn: -0.07, holdReturn: -0.41 },
        { name: 'FTX', fromMs: Date.UTC(2022, 10, 6), toMs: Date.UTC(2022, 10, 22), totalReturn: -0.02, holdReturn: -0.24 },
      ],
    },
    ruin: {
      horizonDays: 365, draws: 10_000, liquidations: 0,
      fallBy: [{ lossFrac: 0.2, probability: 0.11 }, { lossFrac: 0.3, probability: 0.017 }, { lossFrac: 0.5, probability: 0.0002 }, { lossFrac: 1, probability: 0 }],
    },
    capacity: { fills: 336, medianParticipation: 0.00002, largestParticipation: 0.0011 },
    pooled: missing('one market was traded'),
    holdoutReads: 0,
    uniqueness: missing('judged at promotion'),
    calibration: missing('judged at promotion'),
  };
}

/** Evidence of the best of 100 trials without skill: it repeats and does not look ahead, and nothing else speaks for it. */
export function luckyEvidence(): Evidence {
  const healthy = healthyEvidence();
  return {
    ...healthy,
    latency: [{ lagBars: 1, sharpeAnn: 0.31, totalReturn: 0.02, ratio: 0.86, pairedT: 0.2 }, { lagBars: 2, sharpeAnn: 0.18, totalReturn: -0.05, ratio: 0.5, pairedT: 0.5 }],
    outOfSample: {
      ...healthy.outOfSample, sharpe: 0.0188, sharpeAnn: 0.36, standardErrorAnn: 0.475, psr: 0.776, psrNullVariance: 0.777, minTrackRecordYears: 20.9, sharpeAnnAutocorrelated: 0.37,
      bootstrap: {
        ...healthy.outOfSample.bootstrap,
        sharpeAnn: { estimate: 0.36, lower95: -0.43, lower99: -0.76, upper95: 1.14 },
        cagr: { estimate: 0.04, lower95: -0.13, lower99: -0.2, upper95: 0.25 },
        maxDrawdown: { estimate: -0.38, lower95: -0.61, lower99: -0.7, upper95: -0.22 },
      },
    },
    search: searchOf({ p: 0.47, observed: 2.5 }),
    overfit: {
      blocks: 16, combinations: 12_870, pbo: 0.52, probabilityOfLoss: 0.46, medianLogit: -0.1,
      logits: { from: -4, to: 4, counts: [210, 380, 620, 890, 1_080, 1_200, 1_240, 1_190, 1_130, 1_060, 970, 880, 760, 600, 420, 240] },
      degradation: { slope: -0.7, intercept: 1.2, r2: 0.21, sample: pairs(60, 1.9, 0) },
      dominance: { firstOrder: false, secondOrder: false },
    },
    costs: { points: [{ multiple: 1, sharpeAnn: 0.36, totalReturn: 0.16 }, { multiple: 2, sharpeAnn: -0.12, totalReturn: -0.18 }], breakEvenMultiple: 1.7, largestTried: 10 },
    plateau: { chosen: 1.21, median: 0.34, ratio: 0.28, neighbours: [0.1, 0.27, 0.41, 0.62].map((sharpeAnn, i) => ({ params: { fastBars: 10 + i, slowBars: 48 }, sharpeAnn })) },
    walkForward: { efficiency: 0.06, efficiencyReason: null, windows: 18, positiveWindows: 9 },
    concentration: {
      withoutTopTrades: { trades: 5, sharpeAnn: -0.41 }, withoutBestMonth: { month: '2021-02', sharpeAnn: 0.05 }, withoutBestMarket: missing('one market was traded'),
    },
    baselines: {
      hold: { name: 'buy and hold BTC/USDT', sharpeAnn: 0.92, alphaAnn: -0.06, beta: 0.38, t: -0.5, p: 0.69 },
      emaCross: { params: { fastBars: 12, slowBars: 48 }, sharpeAnn: 0.6 },
      random: { draws: 1_000, seed: 42, percentile: 0.41, sharpesAnn: normals('random entries', 400, 0.5, 0.45) },
    },
    regimes: { regimes: [{ name: 'trend', days: 810, share: 0.5, sharpeAnn: 1.1, profitShare: 2.6 }, { name: 'range', days: 810, share: 0.5, sharpeAnn: -0.7, profitShare: -1.6 }], shocks: [] },
  };
}

function subjectOf(): Evidence['subject'] {
  const instrument = { venue: 'binance', symbol: 'BTC/USDT', kind: 'spot', calendar: '24/7', market: 'continuous' } as const;
  return {
    claim: 'ema-cross on binance BTC/USDT, daily', strategyId: 'ema-cross', codeHash: 'c0de'.repeat(16), walkForwardId: 'walk-5'.padEnd(64, '0'), engineVersion: '0.1.0',
    markets: [{
      instrument, timeframeMs: DAY_MS, dataHash: '9f3c'.repeat(16), bars: 1_985, firstTimeMs: FIRST, lastTimeMs: FIRST + 1_984 * DAY_MS, funding: null, hasMark: false,
    }],
    config: simulationConfig('spot'),
    sampler: { kind: 'grid' },
    objective: 'sharpeAnn',
    plan: { kind: 'rolling', trainMs: 365 * DAY_MS, testMs: 90 * DAY_MS, purgeMs: 0, stepMs: 90 * DAY_MS, keepShort: false },
    points: 100,
    held: { fastBars: 12, slowBars: 48 },
    seed: 42,
  };
}

function searchOf({ p, observed }: { readonly p: number; readonly observed: number }): SearchEvidence {
  const best = observed * 0.43;
  return {
    trials: 98, dropped: 2, days: 1_745,
    ledgerTrials: { n: 98, studies: 1, ledgerHash: '1ed9'.repeat(16) },
    winner: { trial: 41, params: { fastBars: 12, slowBars: 48 }, sharpeAnn: best },
    trialSharpesAnn: normals('trials', 97, best - 0.9, 0.3).map((sharpe) => Math.min(best, sharpe)).toSpliced(41, 0, best),
    averageCorrelation: 0.62, effectiveTrials: 37.9, trialVariance: 0.00025,
    luckSharpeAnn: 0.91, dsr: p < 0.05 ? 0.985 : 0.61, dsrNullVariance: p < 0.05 ? 0.987 : 0.6, minBacktestYears: 4.6,
    haircut: { bonferroni: p < 0.05 ? 1.4 : 0, sidak: p < 0.05 ? 1.42 : 0.02 },
    realityCheck: { p, draws: 10_000, blockDays: 6, seed: 42, null: normals('maxima', 400, 2.45, 0.42).toSorted((a, b) => a - b), observed },
    spaCash: { lower: p * 0.8, consistent: p * 0.9, upper: p },
    spaHold: { lower: p, consistent: p * 1.1, upper: p * 1.3 },
    stepwise: { size: 0.05, superior: p < 0.05 ? 23 : 0 },
    permutation: { p: p < 0.05 ? 0.005 : 0.39, permutations: 200, observed: best, null: normals('permutations', 200, 0.9, 0.28) },
  };
}

function normals(stream: string, count: number, mean: number, deviation: number): number[] {
  const normal = seededNormal(seededRandom(42, stream));
  return Array.from({ length: count }, () => mean + deviation * normal());
}

function pairs(count: number, inSample: number, outOfSample: number): [number, number][] {
  const [x, y] = [normals('in sample', count, inSample, 0.3), normals('out of sample', count, outOfSample, 0.5)];
  return x.map((value, i) => [value, y[i]]);
}
