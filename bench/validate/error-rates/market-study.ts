import {
  type Bars, barsFromColumns, baselinesOf, commonWarmupBars, concentrationOf, costStress, createTrialArena, curveOf, dailyReturns, DAY_MS, daysOf, type Evidence, type GateId,
  inPlacePool, latencyCurve, type Missing, paramSpace, plateauOf, retrader, sampleSize, seededRandom, sharpeInference, simulateTrial, simulationConfig,
  type WalkForward, walkForwardEvidence, walkForwardOnPool,
} from '../../../engine/index.ts';
import { emaCross } from '../../../strategies/trend/ema-cross.ts';
import { bestTrial, FIRST_MS, sharpeOfRow, TEST_DAYS, TRAIN_DAYS } from './matrix-walk.ts';
import { costlyEvidence, type SearchedReturns } from './search-of.ts';
import { judgeStudy, pValuesOf, type StudyOptions, type StudyResult } from './study.ts';
import { DAYS_PER_YEAR, marketReturns } from './trial-fields.ts';

/** Replay, look-ahead and warm-up are proven elsewhere: taken as passed. */
export const ASSUMED: readonly GateId[] = ['G0', 'G1', 'G3'];
const PROVEN: Missing = { missing: 'proven elsewhere' };
/** 195 admissible points. */
export const AXES = {
  fastBars: [2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 21, 24, 27],
  slowBars: [10, 12, 15, 18, 21, 24, 27, 30, 34, 38, 42, 46, 50, 55, 60],
};
const INSTRUMENT = { venue: 'simulated', symbol: 'WALK/USDT', kind: 'spot', calendar: '24/7', market: 'continuous' } as const;

/** Daily bars of a random walk with drift: what holding earns is the only thing to earn. */
export function driftingWalk(days: number, holdSharpeAnn: number, seed: number): Bars {
  const [returns, random] = [marketReturns(days, holdSharpeAnn, seed), seededRandom(seed, 'wicks')];
  const close = new Float64Array(days);
  let price = 1_000;
  for (let t = 0; t < days; t++) close[t] = price *= 1 + returns[t];
  const open = close.map((_, t) => (t === 0 ? 1_000 : close[t - 1]));
  const columns = {
    openTimeMs: close.map((_, t) => FIRST_MS + t * DAY_MS), open, close,
    high: close.map((c, t) => Math.max(c, open[t]) * (1 + 0.01 * random())), low: close.map((c, t) => Math.min(c, open[t]) * (1 - 0.01 * random())),
    volume: close.map(() => 1e9),
  };
  return barsFromColumns(columns, DAY_MS, INSTRUMENT);
}

/** A search of EMA crosses through the engine: sweep, walk-forward, evidence, verdict. */
export async function marketStudy(bars: Bars, options: StudyOptions): Promise<StudyResult> {
  const config = simulationConfig('spot');
  const plan = { kind: 'rolling', trainMs: TRAIN_DAYS * DAY_MS, testMs: TEST_DAYS * DAY_MS, purgeMs: 0, stepMs: TEST_DAYS * DAY_MS, keepShort: false } as const;
  const input = { strategy: emaCross, codeHash: '', markets: [bars], config, axes: AXES, sampler: { kind: 'grid' }, objective: 'sharpeAnn', plan } as const;
  const walk = await walkForwardOnPool(inPlacePool(emaCross), { kind: 'in-place' } as never, input);
  const matrix = fullWindow(bars, walk);
  const cheap = cheapEvidence(walk, bars, matrix, options);
  const { evidence, verdict } = await judgeStudy(cheap, costlyEvidence(matrix, options), ASSUMED, options);
  return { verdict, pValues: pValuesOf(evidence), heldSharpeAnn: null };
}

/** Daily returns of every point over the whole series, from the bar at which the slowest is ready. */
function fullWindow(bars: Bars, { spec }: WalkForward): SearchedReturns {
  const space = paramSpace(emaCross, spec.axes, spec.sampler);
  const arena = createTrialArena([bars]);
  const from = commonWarmupBars(emaCross, space, bars.length) - 1;
  const returnsOf = (equity: Float64Array) => dailyReturns(equity.subarray(from), bars.openTimeMs.subarray(from), bars.timeframeMs);
  const { timeMs, returns: hold } = returnsOf(bars.close);
  const values = new Float64Array(space.points * timeMs.length);
  for (let trial = 0; trial < space.points; trial++) {
    simulateTrial(emaCross, space.pointAt(trial), { ...spec.config, firstDecisionBar: from }, arena);
    values.set(returnsOf(arena.buffers.equity).returns, trial * timeMs.length);
  }
  return { values, trials: space.points, timeMs, hold, periodsPerYear: DAYS_PER_YEAR, paramsAt: (point) => space.pointAt(point) };
}

function cheapEvidence(walk: WalkForward, bars: Bars, { values, trials, timeMs: { length: days } }: SearchedReturns, { seed, draws }: StudyOptions): Omit<Evidence, 'search' | 'overfit'> {
  const { spec } = walk;
  const space = paramSpace(emaCross, spec.axes, spec.sampler);
  const sharpes = Array.from({ length: trials }, (_, trial) => sharpeOfRow(values, trial, days));
  const best = bestTrial(values, trials, days, 0, days);
  const trade = retrader(walk, emaCross, [bars]);
  const { returns, perYear } = daysOf(curveOf(walk));
  return {
    subject: {
      claim: 'simulated', strategyId: spec.strategyId, codeHash: '', walkForwardId: walk.id, engineVersion: spec.engineVersion, markets: spec.markets, config: spec.config,
      sampler: spec.sampler, objective: spec.objective, plan: spec.plan, points: trials, held: null, seed,
    },
    reproduction: PROVEN, causality: PROVEN, stamps: PROVEN, regimes: PROVEN, ruin: PROVEN, capacity: PROVEN, pooled: PROVEN, holdoutReads: PROVEN, uniqueness: PROVEN, calibration: PROVEN,
    latency: latencyCurve(walk, trade, [1]),
    costs: costStress(walk, trade),
    sample: sampleSize(walk),
    outOfSample: sharpeInference(returns, perYear, { seed, draws }),
    plateau: plateauOf(space, sharpes, space.pointAt(best)),
    walkForward: walkForwardEvidence(walk),
    concentration: concentrationOf(walk, emaCross),
    baselines: baselinesOf(walk, emaCross, [bars], { seed, draws: 200 }),
  };
}
