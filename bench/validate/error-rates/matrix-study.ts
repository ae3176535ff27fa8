import {
  type AccountCurve, concentrationOf, DAY_MS, daysOf, defineStrategy, type Evidence, type GateId, holdIntercept, int, type Missing, paramSpace, plateauOf, sharpeInference, simulationConfig,
} from '../../../engine/index.ts';
import { bestTrial, FIRST_MS, type MatrixWalk, sharpeOfRow, TEST_DAYS, TRAIN_DAYS, walkMatrix } from './matrix-walk.ts';
import { costlyEvidence } from './search-of.ts';
import { judgeStudy, pValuesOf, type StudyOptions, type StudyResult } from './study.ts';
import { DAYS_PER_YEAR, type Dependence, GRID, marketReturns, trialReturns } from './trial-fields.ts';

/** Gates that returns alone cannot compute: taken as passed. */
export const ASSUMED: readonly GateId[] = ['G0', 'G1', 'G3', 'G9'];
const NONE: Missing = { missing: 'returns alone do not say' };
/** The market has drift and nothing to do with the trials. */
const HOLD_SHARPE = 0.8;

const gridPoint = defineStrategy({
  id: 'grid-point',
  summary: 'A point of a two-dimensional grid whose returns are drawn.',
  params: { column: int({ min: 0, max: GRID.columns - 1, default: 0, step: 1 }), row: int({ min: 0, max: GRID.rows - 1, default: 0, step: 1 }) },
  warmupBars: () => 1,
  targetExposure: ({ close }) => new Float64Array(close.length),
});
const AXES = { column: Array.from({ length: GRID.columns }, (_, i) => i), row: Array.from({ length: GRID.rows }, (_, i) => i) };
const SPACE = paramSpace(gridPoint, AXES, { kind: 'grid' });
const PLAN = { kind: 'rolling', trainMs: TRAIN_DAYS * DAY_MS, testMs: TEST_DAYS * DAY_MS, purgeMs: 0, stepMs: TEST_DAYS * DAY_MS, keepShort: false } as const;
const INSTRUMENT = { venue: 'simulated', symbol: 'SIM/USDT', kind: 'spot', calendar: '24/7', market: 'continuous' } as const;

/** True annual Sharpe ratios over the grid: the same everywhere, or falling off from a peak in its middle. */
export function plateauSharpes(sharpeAnn: number): Float64Array {
  return new Float64Array(GRID.columns * GRID.rows).fill(sharpeAnn);
}
export function peakSharpes(sharpeAnn: number, widthSteps: number): Float64Array {
  return Float64Array.from({ length: GRID.columns * GRID.rows }, (_, k) => {
    const [column, row] = [Math.floor(k / GRID.rows), k % GRID.rows];
    return sharpeAnn * Math.exp(-0.5 * (((column - 9) / widthSteps) ** 2 + ((row - 4) / (widthSteps / 2)) ** 2));
  });
}

/** One study on drawn returns: search, walk-forward, evidence, verdict. */
export async function matrixStudy(days: number, sharpesAnn: Float64Array, dependence: Dependence, options: StudyOptions): Promise<StudyResult> {
  const { seed } = options;
  const trials = sharpesAnn.length;
  const values = trialReturns(days, sharpesAnn, dependence, seed);
  const walk = walkMatrix(values, trials, days);
  const market = marketReturns(days, HOLD_SHARPE, seed);
  const searched = {
    values, trials, periodsPerYear: DAYS_PER_YEAR, paramsAt: (point: number) => SPACE.pointAt(point), hold: market,
    timeMs: Float64Array.from({ length: days }, (_, day) => FIRST_MS + day * DAY_MS),
  };
  const cheap = cheapEvidence(walk, values, trials, days, market, options);
  const { evidence, verdict } = await judgeStudy(cheap, costlyEvidence(searched, options), ASSUMED, options);
  return {
    verdict,
    pValues: pValuesOf(evidence),
    heldSharpeAnn: walk.held.reduce((sum, trial) => sum + sharpesAnn[trial], 0) / walk.held.length,
  };
}

function cheapEvidence(walk: MatrixWalk, values: Float64Array, trials: number, days: number, market: Float64Array, { seed, draws }: StudyOptions): Omit<Evidence, 'search' | 'overfit'> {
  const { openTimeMs, equity, windows, positiveWindows, efficiency, efficiencyReason } = walk;
  const curve: AccountCurve = { openTimeMs, equity, timeframeMs: DAY_MS, calendar: '24/7' };
  const hold = { ...curve, equity: growth(market.subarray(walk.firstTestDay, walk.firstTestDay + equity.length - 1)) };
  const { returns } = daysOf(curve);
  const sharpes = Array.from({ length: trials }, (_, k) => sharpeOfRow(values, k, days));
  const spec = { markets: [{ instrument: INSTRUMENT, timeframeMs: DAY_MS, dataHash: '', bars: days, firstTimeMs: FIRST_MS, lastTimeMs: FIRST_MS + days * DAY_MS, funding: null, hasMark: false }] };
  return {
    subject: {
      claim: 'simulated', strategyId: gridPoint.id, codeHash: '', walkForwardId: '', engineVersion: '', markets: spec.markets, config: simulationConfig('spot'), sampler: { kind: 'grid' },
      objective: 'sharpeAnn', plan: PLAN, points: trials, held: null, seed,
    },
    reproduction: NONE, causality: NONE, stamps: NONE, latency: NONE, costs: NONE, regimes: NONE, ruin: NONE, capacity: NONE, pooled: NONE, holdoutReads: NONE, uniqueness: NONE, calibration: NONE,
    sample: { days: returns.length, observations: returns.length, periodsPerYear: DAYS_PER_YEAR, trades: returns.length, bets: returns.length },
    outOfSample: sharpeInference(returns, DAYS_PER_YEAR, { seed, draws }),
    plateau: plateauOf(SPACE, sharpes, SPACE.pointAt(bestTrial(values, trials, days, 0, days))),
    walkForward: { efficiency, efficiencyReason, windows, positiveWindows },
    concentration: concentrationOf({ spec: spec as never, openTimeMs, equity, trades: [] }, gridPoint),
    baselines: { hold: holdIntercept(curve, hold, 'hold'), emaCross: NONE, random: NONE },
  };
}

function growth(returns: Float64Array): Float64Array {
  const out = new Float64Array(returns.length + 1).fill(1);
  for (let d = 0; d < returns.length; d++) out[d + 1] = out[d] * (1 + returns[d]);
  return out;
}
