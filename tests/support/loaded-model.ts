import { type Bars, DAY_MS, marketRef, type Params, resolveParams, type SimulationConfig, simulationConfig, type Strategy } from '../../engine/index.ts';
import { type GradeMap, type LoadedModel, modelKey, type ModelVersion } from '../../grading/index.ts';

export interface ModelOptions {
  readonly strategy: Strategy;
  readonly markets: readonly Bars[];
  readonly params?: Params;
  readonly config?: SimulationConfig;
  readonly id?: string;
  readonly version?: number;
  readonly memoryBars?: number;
}

const FLAT = { x: [0], y: [0] } as const;
const NO_MAP: GradeMap = {
  horizonBars: 1, s0: 0, above: FLAT, below: FLAT, pUp: FLAT, mean: FLAT, meanLow: FLAT, meanHigh: FLAT, outcomeLow: FLAT, outcomeHigh: FLAT, roundTripCost: 0,
  base: { n: 0, nEffective: 0, pUp: 0.5, mean: 0, sd: 0 },
};

/** A version as a promotion would leave it, for a test that needs its strategy, parameters and rules and not its evidence. */
export function loadedModel({ strategy, markets, params = {}, config = simulationConfig('spot'), id = strategy.id, version = 1, memoryBars }: ModelOptions): LoadedModel {
  const resolved = resolveParams(strategy.params, params);
  const own: ModelVersion = {
    schema: 'assay-model/1', modelId: id, version,
    strategy: { id: strategy.id, codeHash: 'test', bundleSha256: null, exportName: null, params: resolved },
    env: { node: 'v20', engineVersion: '0', platform: 'test', seed: 1 },
    data: markets.map(marketRef), config, plan: { kind: 'rolling', trainMs: 365 * DAY_MS, testMs: 90 * DAY_MS, purgeMs: 0, stepMs: 90 * DAY_MS, keepShort: false },
    timeframeMs: markets[0].timeframeMs, memoryBars: memoryBars ?? strategy.warmupBars(resolved),
    universe: markets.map(({ instrument: { venue, symbol } }) => `${venue}:${symbol}`),
    trials: { evaluated: 1, counted: 1, ledgerHash: null },
    oos: {
      fromMs: 0, toMs: DAY_MS, bars: 1, trades: 0, sharpeAnn: null, sharpeErrorAnn: null, psr: null, dsr: null, pbo: null, maxDrawdown: null, skewness: null, kurtosis: null,
      averageHoldBars: null, observationsPerYear: 365, blockDays: 1, dailyReturns: [], returnsSha256: '', breakEvenMultiple: null,
    },
    reference: { score: [], features: {} },
    grade: NO_MAP,
    calibration: {
      n: 0, nEffective: 0, brier: 0, brierBase: 0, brierSkill: 0, ece: 0, eceLimit95: 0, slope: null, intercept: null, icMean: null, icSd: null, icT: null, hitRate: null,
    },
    verdict: { decision: 'shadow', policyVersion: 'test', policyHash: '', gates: [] },
    provenance: { validationId: '', walkForwardId: '', reportSha256: '', manifestSha256: '' },
    expiry: { validUntilMs: Number.MAX_SAFE_INTEGER, retrainEveryDays: 90 },
    author: null, notes: [], promotedAtMs: 0,
  };
  return { key: modelKey(own), version: own, strategy };
}
