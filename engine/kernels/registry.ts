import type * as kernels from './index.ts';

type Kernels = typeof kernels;
/** The name of every exported kernel. */
export type KernelName = { [K in keyof Kernels]: Kernels[K] extends (...args: never[]) => unknown ? K : never }[keyof Kernels];

export type KernelInput = 'open' | 'high' | 'low' | 'close' | 'volume' | 'openTimeMs' | 'other';

/** How a kernel is called and what its output promises. */
export interface KernelEntry {
  readonly name: KernelName;
  /** Series, in the order of its arguments. */
  readonly inputs: readonly KernelInput[];
  /** Sample windows, in the order of its arguments. */
  readonly params: readonly number[];
  /** Options accepted after the windows: samples worth testing, the default first. */
  readonly options: readonly object[];
  /** Names of the outputs; one array without a name, which can be written into `out`, when empty. */
  readonly outputs: readonly string[];
  /** Leading NaN of each output, with default options. */
  readonly warmupBars: (params: readonly number[]) => readonly number[];
  /** Bars after which older history changes the output by less than 0.01 % of its scale. */
  readonly memoryBars: (params: readonly number[]) => number;
}

type Shape = Partial<Pick<KernelEntry, 'options' | 'outputs'>>;
/** A number of bars, or one a output, from the windows. */
type Bars = (...params: readonly number[]) => number | readonly number[];

function kernel(name: KernelName, inputs: readonly KernelInput[], params: readonly number[], warmup: Bars, memory: (...params: readonly number[]) => number, shape: Shape = {}): KernelEntry {
  return {
    name, inputs, params, options: shape.options ?? [], outputs: shape.outputs ?? [],
    warmupBars: (windows) => [warmup(...windows)].flat(),
    memoryBars: (windows) => memory(...windows),
  };
}

const C = ['close'] as const;
const CV = ['close', 'volume'] as const;
const HL = ['high', 'low'] as const;
const HLC = [...HL, 'close'] as const;
const HLCV = [...HLC, 'volume'] as const;
const OHLC = ['open', ...HLC] as const;
const PAIR = ['close', 'other'] as const;

const none = (): number => 0;
const full = (w: number): number => w - 1;
const window = (w: number): number => w;
const changes = (w: number): number => w;
const plusOne = (w: number): number => w + 1;
const recursive = (w: number): number => 5 * w;
const wilder = (w: number): number => 10 * w;
const forever = (): number => Number.POSITIVE_INFINITY;

const SEEDS = [{}, { seed: 'first' }, { seed: 'first', warmup: 'keep' }];
const CHAINED = [{}, { seed: 'first' }, { unstableBars: 2 }];
const FIRST_RANGES = [{}, { firstRange: 'high-low' }];
const DIRECTIONAL = [{}, { seed: 'wilder' }, { seed: 'early' }];
const AVERAGES = [{}, { average: 'ema' }, { average: 'ema', seed: 'first' }];
const BANDS = ['upper', 'middle', 'lower'];
const MACD = ['macd', 'signal', 'histogram'];

/** Every exported kernel: what the contract test, the documentation and a caller who needs its warm-up read. */
export const KERNELS: readonly KernelEntry[] = [
  kernel('sma', C, [14], full, window),
  kernel('rollingMean', C, [14], full, window),
  kernel('rollingSum', C, [14], full, window),
  kernel('wma', C, [14], full, window),
  kernel('trima', C, [13], full, window),
  kernel('hma', C, [14], (w) => w + Math.floor(Math.sqrt(w)) - 2, (w) => w + Math.floor(Math.sqrt(w)) - 1),
  kernel('ema', C, [14], full, recursive, { options: SEEDS }),
  kernel('wilder', C, [14], full, wilder, { options: SEEDS }),
  kernel('dema', C, [7], (w) => 2 * (w - 1), (w) => 10 * w, { options: CHAINED }),
  kernel('tema', C, [7], (w) => 3 * (w - 1), (w) => 15 * w, { options: CHAINED }),
  kernel('trix', C, [7], (w) => 3 * (w - 1) + 1, (w) => 15 * w, { options: CHAINED }),
  kernel('t3', C, [5], (w) => 6 * (w - 1), (w) => 30 * w, { options: [...CHAINED, { volumeFactor: 0.5 }] }),
  kernel('kama', C, [10], changes, (w) => w + 5 * 15 ** 2, { options: [{}, { fastBars: 3, slowBars: 20 }, { warmup: 'keep' }] }),
  kernel('zlema', C, [14], (w) => w - 1 + Math.floor((w - 1) / 2), (w) => 6 * w, { options: SEEDS }),
  kernel('vwap', CV, [], none, forever),
  kernel('rollingVwap', CV, [14], full, window),
  kernel('dailyVwap', ['openTimeMs', 'close', 'volume'], [], none, () => 24),
  kernel('rollingMax', C, [14], full, window),
  kernel('rollingMin', C, [14], full, window),
  kernel('barsSinceMax', C, [14], full, window),
  kernel('barsSinceMin', C, [14], full, window),
  kernel('rollingStd', C, [14], full, window, { options: [{}, { ddof: 1 }] }),
  kernel('rollingZScore', C, [14], full, window),
  kernel('meanDeviation', C, [14], full, window),
  kernel('rollingRank', C, [14], full, window),
  kernel('rollingCorrelation', PAIR, [14], full, window),
  kernel('rollingSlope', PAIR, [14], full, window),
  kernel('rollingBeta', PAIR, [14], changes, plusOne),
  kernel('linearRegression', C, [14], (w) => [w - 1, w - 1, w - 1], window, { outputs: ['value', 'slope', 'intercept'] }),
  kernel('realisedVolatility', C, [14], changes, plusOne, { options: [{}, { barsPerYear: 8760 }] }),
  kernel('ulcerIndex', C, [14], full, (w) => 2 * w - 1, { options: [{}, { peak: 'window' }] }),
  kernel('lag', C, [5], changes, plusOne),
  kernel('momentum', C, [5], changes, plusOne),
  kernel('rateOfChange', C, [5], changes, plusOne),
  kernel('rateOfChangeRatio', C, [5], changes, plusOne),
  kernel('rsi', C, [14], changes, wilder),
  kernel('cmo', C, [14], changes, wilder, { options: [{}, { smoothing: 'window' }] }),
  kernel('stochasticRsi', C, [14, 5, 3], (r, k, d) => [r + k - 1, r + k + d - 2], (r, k, d) => 10 * r + k + d, { outputs: ['k', 'd'] }),
  kernel('macd', C, [12, 26, 9], (_f, s, g) => [s - 1, s + g - 2, s + g - 2], (_f, s, g) => 5 * (s + g), {
    outputs: MACD, options: [...SEEDS, { seeds: 'independent' }],
  }),
  kernel('macdFix', C, [9], (g) => [25, 24 + g, 24 + g], (g) => 5 * (26 + g), { outputs: MACD, options: SEEDS }),
  kernel('apo', C, [12, 26], (_f, s) => s - 1, (_f, s) => s, { options: AVERAGES }),
  kernel('ppo', C, [12, 26], (_f, s) => s - 1, (_f, s) => s, { options: AVERAGES }),
  kernel('vosc', ['volume'], [5, 10], (_f, s) => s - 1, (_f, s) => s),
  kernel('bollinger', C, [20], (w) => [w - 1, w - 1, w - 1], window, { outputs: BANDS, options: [...AVERAGES, { multiplier: 1.5, ddof: 1 }] }),
  kernel('percentB', C, [20], full, window, { options: AVERAGES }),
  kernel('bandWidth', C, [20], full, window, { options: AVERAGES }),
  kernel('keltner', HLC, [20], (w) => [Math.max(w - 1, 10), w - 1, Math.max(w - 1, 10)], (w) => Math.max(5 * w, 100), {
    outputs: BANDS, options: [{}, { atrBars: 30, multiplier: 1 }],
  }),
  kernel('donchian', HL, [20], (w) => [w - 1, w - 1, w - 1], window, { outputs: BANDS }),
  kernel('trueRange', HLC, [], () => 1, () => 2, { options: FIRST_RANGES }),
  kernel('atr', HLC, [14], changes, wilder, { options: FIRST_RANGES }),
  kernel('natr', HLC, [14], changes, wilder, { options: FIRST_RANGES }),
  kernel('plusDm', HL, [14], (w) => Math.max(1, w - 1), wilder, { options: DIRECTIONAL }),
  kernel('minusDm', HL, [14], (w) => Math.max(1, w - 1), wilder, { options: DIRECTIONAL }),
  kernel('plusDi', HLC, [14], changes, wilder, { options: DIRECTIONAL }),
  kernel('minusDi', HLC, [14], changes, wilder, { options: DIRECTIONAL }),
  kernel('dx', HLC, [14], changes, wilder, { options: DIRECTIONAL }),
  kernel('adx', HLC, [14], (w) => 2 * w - 1, (w) => 20 * w, { options: DIRECTIONAL }),
  kernel('adxr', HLC, [14], (w) => 3 * w - 2, (w) => 21 * w, { options: DIRECTIONAL }),
  kernel('stochastic', HLC, [5, 3, 3], (k, s, d) => [k + s - 2, k + s + d - 3], (k, s, d) => k + s + d - 2, { outputs: ['k', 'd'] }),
  kernel('stochasticFast', HLC, [5, 3], (k, d) => [k - 1, k + d - 2], (k, d) => k + d - 1, { outputs: ['k', 'd'] }),
  kernel('williamsR', HLC, [14], full, window),
  kernel('cci', HLC, [14], full, window),
  kernel('aroon', HL, [14], (w) => [w, w, w], plusOne, { outputs: ['up', 'down', 'oscillator'] }),
  kernel('ultimateOscillator', HLC, [7, 14, 28], (_a, _b, c) => c, (_a, _b, c) => c + 1),
  kernel('psar', HL, [], () => 1, forever, { options: [{}, { step: 0.05, max: 0.3 }, { start: 'middle' }] }),
  kernel('obv', CV, [], none, forever, { options: [{}, { start: 'zero' }] }),
  kernel('mfi', HLCV, [14], changes, plusOne),
  kernel('adLine', HLCV, [], none, forever),
  kernel('adOscillator', HLCV, [3, 10], (_f, s) => s - 1, forever),
  kernel('bop', OHLC, [], none, () => 1),
  kernel('qstick', ['open', 'close'], [14], full, window),
  kernel('medianPrice', HL, [], none, () => 1),
  kernel('typicalPrice', HLC, [], none, () => 1),
  kernel('weightedClose', HLC, [], none, () => 1),
  kernel('averagePrice', OHLC, [], none, () => 1),
  kernel('crossover', PAIR, [], none, () => 2),
  kernel('crossunder', PAIR, [], none, () => 2),
  kernel('crossAny', PAIR, [], none, () => 2),
];
