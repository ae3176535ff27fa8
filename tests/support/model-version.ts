import {
  blockLengthOf, contentId, DAY_MS, ENGINE_VERSION, HOUR_MS, judge, maxDrawdown, populationShape, probabilisticSharpe, probit, seededNormal, seededRandom, sha256, sharpe,
  sharpeStandardError, simulationConfig, wealthOf,
} from '../../engine/index.ts';
import type { GradeMap, ModelVersion } from '../../grading/index.ts';
import { healthyEvidence } from './evidence.ts';

const DAYS = 400;
const PERIODS = 365;
const OOS_FROM = Date.UTC(2024, 6, 1);
const OOS_TO = OOS_FROM + DAYS * DAY_MS;
const PROMOTED = Date.UTC(2025, 8, 1);

/** A plausible version of `ema-cross` on BTC/USDT 1h of binance, live-eligible; what a test does not state is the same in every call. */
export function modelVersion(overrides: Partial<ModelVersion> = {}): ModelVersion {
  return { ...PLAIN, ...overrides };
}

function plainVersion(): ModelVersion {
  const { decision, policy, gates } = judge(healthyEvidence());
  return {
    schema: 'assay-model/1', modelId: 'ema-cross', version: 1,
    strategy: { id: 'ema-cross', codeHash: sha256('ema-cross'), bundleSha256: null, exportName: null, params: { fastBars: 12, slowBars: 48 } },
    env: { node: '22.0.0', engineVersion: ENGINE_VERSION, platform: 'linux-x64', seed: 42 },
    data: [{
      instrument: { venue: 'binance', symbol: 'BTC/USDT', kind: 'spot', calendar: '24/7', market: 'continuous' }, timeframeMs: HOUR_MS, dataHash: sha256('binance BTC/USDT 1h'),
      bars: 26_280, firstTimeMs: Date.UTC(2022, 7, 5), lastTimeMs: OOS_TO - HOUR_MS, funding: null, hasMark: false,
    }],
    config: simulationConfig('spot'),
    plan: { kind: 'rolling', trainMs: 180 * DAY_MS, testMs: 50 * DAY_MS, purgeMs: 0, stepMs: 50 * DAY_MS, keepShort: false },
    timeframeMs: HOUR_MS, memoryBars: 240, universe: ['binance:BTC/USDT'],
    trials: { evaluated: 40, counted: 40, ledgerHash: sha256('ledger') },
    oos: outOfSample(dailyReturns()),
    reference: { score: normalQuantiles(0.02, 0.6), features: { 'ema spread': normalQuantiles(0, 0.01), 'volatility': normalQuantiles(0.006, 0.001) } },
    grade: GRADE,
    calibration: {
      n: 9_600, nEffective: 400, brier: 0.2494, brierBase: 0.2499, brierSkill: 0.002, ece: 0.012, eceLimit95: 0.03, slope: 0.94, intercept: 0.01, icMean: 0.041, icSd: 0.11,
      icT: 2.2, hitRate: 0.516,
    },
    verdict: {
      decision, policyVersion: policy.version, policyHash: policy.hash,
      gates: gates.map(({ id, shadow, live, statistic, value, reason }) => ({ id, shadow: shadow.state, live: live.state, statistic, value, reason })),
    },
    provenance: { validationId: contentId('validation'), walkForwardId: contentId('walk-forward'), reportSha256: sha256('report'), manifestSha256: sha256('manifest') },
    expiry: { validUntilMs: PROMOTED + 365 * DAY_MS, retrainEveryDays: 90 },
    author: null, notes: [], promotedAtMs: PROMOTED,
  };
}

/** About 1.5 % a day in volatility, and an annual Sharpe ratio near 1.5. */
function dailyReturns(): number[] {
  const normal = seededNormal(seededRandom(7, 'model-version'));
  const draws = Array.from({ length: DAYS }, () => normal());
  const mean = draws.reduce((sum, z) => sum + z, 0) / DAYS;
  return draws.map((z) => 0.015 * (z - mean + 1.5 / Math.sqrt(PERIODS)));
}

function outOfSample(returns: readonly number[]): ModelVersion['oos'] {
  const perDay = sharpe(returns, 1) ?? 0;
  const moments = { sharpe: perDay, observations: returns.length, ...(populationShape(returns) ?? { skewness: 0, kurtosis: 3 }) };
  return {
    fromMs: OOS_FROM, toMs: OOS_TO, bars: DAYS * 24, trades: 168, sharpeAnn: perDay * Math.sqrt(PERIODS), sharpeErrorAnn: (sharpeStandardError(moments) ?? 0) * Math.sqrt(PERIODS),
    psr: probabilisticSharpe(moments), dsr: 0.91, pbo: 0.21, maxDrawdown: maxDrawdown(wealthOf(returns)), skewness: moments.skewness, kurtosis: moments.kurtosis,
    averageHoldBars: 57, observationsPerYear: PERIODS, blockDays: blockLengthOf(returns), dailyReturns: returns, returnsSha256: sha256(Float64Array.from(returns)), breakEvenMultiple: 5.9,
  };
}

/** Scores of −2 … 2 around 0.05; a day's horizon. */
const GRADE: GradeMap = {
  horizonBars: 24, s0: 0.05,
  above: { x: [0, 0.2, 0.5, 1, 2], y: [0, 0.3, 0.62, 0.9, 1] },
  below: { x: [0, 0.2, 0.5, 1, 2], y: [0, 0.28, 0.58, 0.88, 1] },
  pUp: { x: [-2, -0.5, 0, 0.5, 2], y: [0.478, 0.492, 0.503, 0.517, 0.536] },
  mean: { x: [-2, -0.5, 0, 0.5, 2], y: [-0.0031, -0.0011, 0.0002, 0.0018, 0.0046] },
  meanLow: { x: [-2, -0.5, 0, 0.5, 2], y: [-0.0078, -0.0039, -0.0018, 0.0003, 0.0012] },
  meanHigh: { x: [-2, -0.5, 0, 0.5, 2], y: [0.0016, 0.0017, 0.0022, 0.0033, 0.008] },
  outcomeLow: { x: [-2, 0, 2], y: [-0.041, -0.036, -0.034] },
  outcomeHigh: { x: [-2, 0, 2], y: [0.033, 0.037, 0.044] },
  roundTripCost: 0.0021,
  base: { n: 9_600, nEffective: 400, pUp: 0.505, mean: 0.0004, sd: 0.029 },
};

/** Quantiles 0, 0.05 … 1 of a normal variable, its tails cut at 1 ‰. */
function normalQuantiles(mean: number, sd: number): number[] {
  return Array.from({ length: 21 }, (_, i) => mean + sd * probit(Math.min(0.999, Math.max(0.001, i / 20))));
}

const PLAIN = plainVersion();
