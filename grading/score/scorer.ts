import {
  BAR_COLUMNS, type BarColumns, type Bars, barsFromHandle, clockOf, createMetricsScratch, declaredScore, decisionsOf, exposureOf, type Indicators, kernels, type Params, requireInput,
  simulateTrial, SimulationBuffers, type SimulationConfig, sliceBars, type Strategy,
} from '../../engine/index.ts';
import { type ScoreKind, scoreKindOf } from './memory.ts';

/**
 * The score of one model: a function of exactly the last `memoryBars` bars, so that a batch and a live service agree to the bit, whatever was loaded.
 */
export interface Scorer {
  readonly kind: ScoreKind;
  readonly memoryBars: number;
  /** Score at the last bar of a window, from its last `memoryBars` bars; null where it has fewer or the score is not known. */
  at(window: Bars): number | null;
  /**
   * `at` of every bar from … to (exclusive).
   *
   * shape   out[to - from]
   * NaN     where `at` is null
   */
  series(bars: Bars, from: number, to: number): Float64Array;
}

/** Score at the last of the bars [from, to). */
type ScoreOfWindow = (bars: Bars, from: number, to: number) => number;

/** Windows differ from call to call, so that nothing would be found again: kernels are called as they are. */
const PLAIN: Indicators = { ...kernels, derived: (inputs, params, compute) => compute(inputs, params) };

/**
 * The scorer of a strategy at one parameter point.
 *
 * throws  InputError `score-unsupported`, `memory-too-short`; from `at` and `series` whatever the strategy's own code throws
 */
export function createScorer(strategy: Strategy, params: Params, config: SimulationConfig, memoryBars: number): Scorer {
  const kind = scoreKindOf(strategy);
  const warmup = strategy.warmupBars(params);
  requireInput(Number.isInteger(memoryBars) && memoryBars > warmup, 'memory-too-short', 'memoryBars', `a whole number above the warm-up of ${warmup}`, memoryBars);
  const score = kind === 'position' ? positionScore(strategy, params, config) : columnScore(strategy, params, kind);
  const last = (bars: Bars, to: number): number => {
    const value = to < memoryBars ? Number.NaN : score(bars, to - memoryBars, to);
    return Number.isFinite(value) ? value : Number.NaN;
  };
  return {
    kind,
    memoryBars,
    at(window) {
      const value = last(window, window.length);
      return Number.isNaN(value) ? null : value;
    },
    series(bars, from, to) {
      requireInput(from >= 0 && from <= to && to <= bars.length, 'slice-out-of-range', 'bars to score', `inside 0 … ${bars.length}`, `${from} … ${to}`);
      return Float64Array.from({ length: to - from }, (_, i) => last(bars, from + i + 1));
    },
  };
}

function columnScore(strategy: Strategy, params: Params, kind: 'declared' | 'exposure'): ScoreOfWindow {
  if (kind === 'declared') return (bars, from, to) => declaredScore(strategy, columnsOf(bars, from, to), params, PLAIN)[to - from - 1];
  return (bars, from, to) => decisionsOf(strategy, columnsOf(bars, from, to), params, PLAIN).exposure[to - from - 1];
}

function columnsOf(bars: Bars, from: number, to: number): BarColumns {
  return Object.fromEntries(BAR_COLUMNS.map((name) => [name, bars[name].subarray(from, to)])) as unknown as BarColumns;
}

/** Exposure held at the close of a run over the window; a function of its candles alone, which live bars have too. */
function positionScore(strategy: Strategy, params: Params, config: SimulationConfig): ScoreOfWindow {
  const { execution, intrabar } = config;
  const onCandles: SimulationConfig = {
    ...config,
    funding: 'none',
    intrabar: intrabar === 'lower-timeframe' ? 'pessimistic' : intrabar,
    execution: { ...execution, triggerOn: 'last', liquidateOn: 'last' },
    firstDecisionBar: 0,
    flattenAtEnd: false,
  };
  const room = { indicators: [PLAIN], buffers: new SimulationBuffers(), scratch: createMetricsScratch() };
  return (bars, from, to) => {
    const { handle } = sliceBars(bars, from, to);
    const window = [barsFromHandle({ ...handle, funding: null, mark: null, finer: null })];
    const arena = { ...room, bars: window, clock: clockOf(window) };
    simulateTrial(strategy, params, onCandles, arena);
    return exposureOf(arena)[to - from - 1];
  };
}
