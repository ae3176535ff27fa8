import { kernels as ta } from '../../engine/index.ts';
import type { IndicatorCase } from './indicator-case.ts';

/** One series, or a few in the order their source lists them. */
export type Outputs = Float64Array | Readonly<Record<string, Float64Array>>;
export type Metric = (c: IndicatorCase) => Outputs;

const FAST = ['fast', 'fast_period', 'fastperiod', 'fast_length', 'short', 'short_period'];
const SLOW = ['slow', 'slow_period', 'slowperiod', 'slow_length', 'long', 'long_period'];
const SIGNAL = ['signal', 'signal_period', 'signalperiod', 'signal_length'];
const MULTIPLIER = ['multiplier', 'multiplier_up', 'multiplier_upper', 'upper_multiplier', 'k', 'nbdev', 'nbdevup', 'std', 'stddev', 'deviations', 'sd'];

const fast = (c: IndicatorCase, fallback?: number): number => c.number(FAST, fallback);
const slow = (c: IndicatorCase, fallback?: number): number => c.number(SLOW, fallback);
/** Sources that show the recursion from its first value on start it there. */
const shown = (c: IndicatorCase, seed: ta.Seed): ta.EmaOptions => ({ seed, warmup: seed === 'first' && !c.taLib ? 'keep' : 'drop' });
const scaled = (values: Float64Array, factor: number): Float64Array => values.map((value) => value * factor);
const one = (kernel: (values: Float64Array, windowBars: number) => Float64Array): Metric => (c) => kernel(c.values, c.period);

const ema: Metric = (c) => ta.ema(c.values, c.period, shown(c, c.seed(c.tulip ? 'first' : 'sma')));

/** TA-Lib's MetaStock DEMA of the reference passes over one value before the second average; the note says when not. */
const chained = (kernel: typeof ta.dema): Metric => (c) => {
  const seed = c.seed(c.tulip ? 'first' : 'sma');
  const stated = /unstable (?:period )?(\d+)/.exec(c.remarks);
  const implied = kernel === ta.dema && c.taLib && c.text('seed').startsWith('first') ? 1 : 0;
  return kernel(c.values, c.period, { seed, unstableBars: stated ? Number(stated[1]) : implied });
};

const stddev: Metric = (c) => {
  const ddof = c.number(['ddof'], /sample/.test(c.remarks) ? 1 : 0) === 1 ? 1 : 0;
  return scaled(ta.rollingStd(c.values, c.period, { ddof }), c.number(MULTIPLIER, 1));
};
const variance: Metric = (c) => ta.rollingStd(c.values, c.period).map((deviation) => deviation ** 2);

const macd: Metric = (c) => {
  const [fastBars, slowBars, signalBars] = [fast(c, 12), slow(c, 26), c.number(SIGNAL, 9)];
  if (c.tulip) return tulipMacd(c.values, fastBars, slowBars, signalBars);
  const independent = /each|own|independent/.test(c.text('seed')) || (c.skender && c.text('seed') === '');
  const options: ta.MacdOptions = { ...shown(c, c.seed('sma')), seeds: independent ? 'independent' : 'aligned' };
  return { ...ta.macd(c.values, fastBars, slowBars, signalBars, options) };
};

/** Tulip takes 12 and 26 bars for the historical weights, and starts the signal with the first line it shows. */
function tulipMacd(values: Float64Array, fastBars: number, slowBars: number, signalBars: number): Outputs {
  const historical = fastBars === 12 && slowBars === 26;
  const { macd: line } = historical ? ta.macdFix(values, signalBars, { seed: 'first' }) : ta.macd(values, fastBars, slowBars, signalBars, { seed: 'first' });
  const signal = ta.ema(line, signalBars, { seed: 'first', warmup: 'keep' });
  return { macd: line, signal, histogram: line.map((value, t) => value - signal[t]) };
}

const macdFix: Metric = (c) => ({ ...ta.macdFix(c.values, c.number(SIGNAL, 9), { seed: c.seed('sma') }) });

const oscillator = (kernel: typeof ta.apo): Metric => (c) => {
  if (!c.tulip) return kernel(c.values, fast(c, 12), slow(c, 26), { average: c.average('sma'), seed: c.seed('sma') });
  const out = kernel(c.values, fast(c), slow(c), { average: 'ema', seed: 'first', warmup: 'keep' });
  return out.fill(Number.NaN, 0, 1);
};

const bollinger: Metric = (c) => {
  const options: ta.BollingerOptions = {
    multiplier: c.number(MULTIPLIER, 2), average: c.average('sma'), seed: c.seed('sma'), ddof: c.number(['ddof'], 0) === 1 ? 1 : 0,
  };
  const { upper, middle } = ta.bollinger(c.values, c.period, options);
  const { lower } = ta.bollinger(c.values, c.period, { ...options, multiplier: c.number(['multiplier_down', 'multiplier_lower', 'nbdevdn', 'lower_multiplier'], options.multiplier) });
  return { lower, middle, upper, percentb: ta.percentB(c.values, c.period, options), width: ta.bandWidth(c.values, c.period, options), zscore: ta.rollingZScore(c.values, c.period) };
};

const keltner: Metric = (c) => {
  const [high, low, close] = bars(c);
  const { upper, middle, lower } = ta.keltner(high, low, close, c.number(['period', 'ema_period', 'length'], 20), {
    multiplier: c.number(MULTIPLIER, 2), atrBars: c.number(['atr_period', 'atr_length', 'atr'], 10), seed: c.seed('sma'),
  });
  return { lower, middle, upper };
};

/** Skender's channel leaves the current bar out. */
const donchian: Metric = (c) => {
  const before = c.skender || /exclud|previous|prior/.test(c.remarks);
  const past = (line: Float64Array): Float64Array => (before ? ta.lag(line, 1) : line);
  const { upper, middle, lower } = ta.donchian(c.column('high'), c.column('low'), c.period);
  return { lower: past(lower), middle: past(middle), upper: past(upper) };
};

function bars(c: IndicatorCase): [Float64Array, Float64Array, Float64Array] {
  return [c.column('high'), c.column('low'), c.column('close')];
}

/** DX and ADX do not depend on the close, and some sources leave it out. */
function directionalBars(c: IndicatorCase): [Float64Array, Float64Array, Float64Array] {
  return [c.column('high'), c.column('low'), c.column('close', 'low')];
}

function firstRange(c: IndicatorCase): ta.TrueRangeOptions {
  const stated = `${c.text('first_true_range')} ${c.text('first')} ${c.text('seed')}`;
  if (/none|skip|ta-?lib/.test(stated)) return { firstRange: 'none' };
  return { firstRange: c.tulip || /high\s*-\s*low/.test(`${stated} ${c.remarks}`) ? 'high-low' : 'none' };
}

type Directional = typeof ta.adx;
const directional = (kernel: Directional): Metric => (c) => kernel(...directionalBars(c), c.period, { seed: c.directionalSeed });
const movement = (kernel: typeof ta.plusDm): Metric => (c) => kernel(c.column('high'), c.column('low'), c.period, { seed: c.directionalSeed });

/** ADX, and whatever of its family the case asks for. */
const adx: Metric = (c) => {
  const parts: Record<string, Directional> = {
    plusdi: ta.plusDi, pdi: ta.plusDi, diplus: ta.plusDi, minusdi: ta.minusDi, mdi: ta.minusDi, diminus: ta.minusDi, dx: ta.dx, adxr: ta.adxr,
  };
  return directional(parts[c.output] ?? ta.adx)(c);
};

const stochastic: Metric = (c) => {
  const kBars = c.number(['fast_k', 'fastk_period', 'k_period', 'period', 'k', 'lookback'], 14);
  const [slowBars, dBars] = stochasticSmoothing(c);
  const { k, d } = ta.stochastic(...bars(c), kBars, slowBars, dBars);
  return { k: c.tulip ? k.map((value, t) => (Number.isNaN(d[t]) ? Number.NaN : value)) : k, d, j: k.map((value, t) => 3 * value - 2 * d[t]) };
};

/** Smoothing of %K, and the window of %D. A lone `smooth` is the window of %D, unless %K itself is called slow. */
function stochasticSmoothing(c: IndicatorCase): [number, number] {
  const D = ['slow_d', 'slowd_period', 'signal', 'signal_period', 'd_period', 'd', 'fast_d', 'fastd_period'];
  const K = ['slow_k', 'slowk_period', 'smooth_k', 'smooth', 'smoothing', 'smooth_period'];
  if (c.output.startsWith('fastk') || c.has('fast_d', 'fastd_period')) return [1, c.number(D, 3)];
  if (!c.has(...D)) return c.output.includes('slow') || c.has('slow_k') ? [c.number(K, 3), 3] : [1, c.number(K, 3)];
  return [c.number(K, 1), c.number(D, 3)];
}

const stochasticRsi: Metric = (c) => {
  const rsiBars = c.number(['rsi_period', 'rsi', 'period', 'timeperiod']);
  const kBars = c.number(['stoch_period', 'fast_k', 'fastk_period', 'k_period', 'stoch'], rsiBars);
  const smooth = c.number(['smooth', 'smooth_period', 'smooth_k', 'slow_k'], 1);
  const dBars = c.number(['d_period', 'fast_d', 'fastd_period', 'signal', 'signal_period', 'slow_d'], 3);
  const raw = ta.stochasticRsi(c.values, rsiBars, kBars, dBars).k;
  if (c.tulip) return scaled(raw, 0.01);
  const k = ta.sma(raw, smooth);
  return { k, d: ta.sma(k, dBars) };
};

const aroon: Metric = (c) => {
  const { down, up, oscillator } = ta.aroon(c.column('high'), c.column('low'), c.period);
  return { down, up, ...(c.tulip ? {} : { oscillator }) };
};
const aroonPart = (part: keyof ta.Aroon): Metric => (c) => ta.aroon(c.column('high'), c.column('low'), c.period)[part];

/** Tulip shows it only once every mean in the window is known. */
const cci: Metric = (c) => {
  const out = ta.cci(...bars(c), c.period);
  return c.tulip ? out.fill(Number.NaN, 0, 2 * c.period - 2) : out;
};

const obv: Metric = (c) => ta.obv(c.column('close'), c.column('volume'), {
  start: c.tulip || c.skender || c.number(['first', 'start', 'initial'], 1) === 0 || /starts at 0|starts at zero/.test(c.remarks) ? 'zero' : 'volume',
});

const ultimate: Metric = (c) => ta.ultimateOscillator(
  ...bars(c),
  c.number(['short', 'short_period', 'period1', 'timeperiod1', 'periods.0', 'fast'], 7),
  c.number(['medium', 'middle', 'middle_period', 'period2', 'timeperiod2', 'periods.1'], 14),
  c.number(['long', 'long_period', 'period3', 'timeperiod3', 'periods.2', 'slow'], 28),
);

const psar: Metric = (c) => ta.psar(c.column('high'), c.column('low'), {
  step: c.number(['step', 'acceleration', 'af', 'accel', 'acceleration_step'], 0.02), max: c.number(['max', 'maximum', 'af_max', 'max_step', 'max_acceleration'], 0.2),
  start: c.tulip ? 'middle' : 'movement',
});

/** x is the market and y the asset (TA-Lib); other sources name them. */
const beta: Metric = (c) => ta.rollingBeta(c.other('evaluated', 'asset', 'y', 'other'), c.other('market', 'benchmark', 'x', 'dataset'), c.period);

const correlation: Metric = (c) => ta.rollingCorrelation(
  c.has('x') ? c.other('x', 'a') : c.has('evaluated') ? c.other('evaluated') : c.values, c.other('other', 'y', 'market', 'benchmark', 'b'), c.period,
);

const pair = (kernel: typeof ta.crossover): Metric => (c) => {
  const out = Float64Array.from(kernel(c.column('values', 'a', 'x'), c.column('other', 'b', 'y')));
  return c.tulip ? out.fill(Number.NaN, 0, 1) : out;
};

const ulcer: Metric = (c) => ta.ulcerIndex(c.values, c.period, { peak: c.skender ? 'window' : 'rolling' });
const regression = (pick: (line: ta.Regression, c: IndicatorCase) => Float64Array): Metric => (c) => pick(ta.linearRegression(c.values, c.period), c);
const forecast = (line: ta.Regression): Float64Array => line.value.map((value, t) => value + line.slope[t]);

const forecastOscillator: Metric = (c) => {
  const expected = ta.lag(forecast(ta.linearRegression(c.values, c.period)), 1);
  return c.values.map((value, t) => (100 * (value - expected[t])) / value);
};

/** The price a bit more than half a window ago, less the mean. */
const detrended: Metric = (c) => {
  const mean = ta.sma(c.values, c.period);
  return ta.lag(c.values, Math.floor(c.period / 2) + 1).map((value, t) => value - mean[t]);
};

const awesome: Metric = (c) => ta.apo(ta.medianPrice(c.column('high'), c.column('low')), fast(c, 5), slow(c, 34));

/** A fraction in Tulip, percent elsewhere (TA-Lib, Skender). */
const roc: Metric = (c) => scaled(ta.rateOfChange(c.values, c.period), c.tulip || /fraction/.test(c.remarks) ? 1 : 100);

const middleOf = (high: (c: IndicatorCase) => Float64Array, low: (c: IndicatorCase) => Float64Array): Metric => (c) =>
  ta.medianPrice(ta.rollingMax(high(c), c.period), ta.rollingMin(low(c), c.period));

const volatility: Metric = (c) => scaled(ta.rollingStd(ta.rateOfChange(c.values, 1), c.period), Math.sqrt(c.number(['periods_per_year', 'annualization'], 252)));

const cumulativeVwap: Metric = (c) => {
  const price = ta.typicalPrice(...bars(c));
  return c.has('period', 'window') ? ta.rollingVwap(price, c.column('volume'), c.period) : ta.vwap(price, c.column('volume'));
};

/** Every metric by its plain name. */
export const METRICS: Readonly<Record<string, Metric>> = {
  sma: one(ta.sma), wma: one(ta.wma), ema, dema: chained(ta.dema), tema: chained(ta.tema), trix: chained(ta.trix), trima: one(ta.trima), hma: one(ta.hma),
  t3: (c) => ta.t3(c.values, c.period, { seed: c.seed('sma'), volumeFactor: c.number(['v', 'vfactor', 'volume_factor'], 0.7) }),
  kama: (c) => ta.kama(c.values, c.period, { fastBars: fast(c, 2), slowBars: slow(c, 30), warmup: c.tulip ? 'keep' : 'drop' }),
  zlema: (c) => ta.zlema(c.values, c.period, shown(c, c.seed(c.tulip ? 'first' : 'sma'))),
  wilders: one(ta.wilder),
  vwma: (c) => ta.rollingVwap(c.column('close'), c.column('volume'), c.period), vwap: cumulativeVwap,
  stddev, var: variance, stderr: (c) => scaled(ta.rollingStd(c.values, c.period), 1 / Math.sqrt(c.period)), md: one(ta.meanDeviation),
  zscore: one(ta.rollingZScore), volatility, realisedvolatility: (c) => ta.realisedVolatility(c.values, c.period, { barsPerYear: c.number(['periods_per_year', 'annualization'], 1) }),
  macd, macdfix: macdFix, apo: oscillator(ta.apo), ppo: oscillator(ta.ppo), vosc: (c) => ta.vosc(c.column('volume', 'values'), fast(c), slow(c)), ao: awesome,
  bbands: bollinger, keltner, donchian,
  truerange: (c) => ta.trueRange(...bars(c), firstRange(c)), atr: (c) => ta.atr(...bars(c), c.period, firstRange(c)), natr: (c) => ta.natr(...bars(c), c.period, firstRange(c)),
  plusdm: movement(ta.plusDm), minusdm: movement(ta.minusDm), plusdi: directional(ta.plusDi), minusdi: directional(ta.minusDi),
  dm: (c) => ({ plus: movement(ta.plusDm)(c) as Float64Array, minus: movement(ta.minusDm)(c) as Float64Array }),
  di: (c) => ({ plus: directional(ta.plusDi)(c) as Float64Array, minus: directional(ta.minusDi)(c) as Float64Array }),
  dx: directional(ta.dx), adx, adxr: directional(ta.adxr),
  stoch: stochastic, stochrsi: stochasticRsi, willr: (c) => ta.williamsR(...bars(c), c.period), cci, rsi: one(ta.rsi),
  cmo: (c) => ta.cmo(c.values, c.period, { smoothing: c.tulip || (c.skender || !c.taLib && /sum/.test(c.remarks)) ? 'window' : 'wilder' }),
  aroon, aroonup: aroonPart('up'), aroondown: aroonPart('down'), aroonosc: aroonPart('oscillator'),
  obv, mfi: (c) => ta.mfi(...bars(c), c.column('volume'), c.period), ad: (c) => ta.adLine(...bars(c), c.column('volume')),
  adosc: (c) => ta.adOscillator(...bars(c), c.column('volume'), fast(c, 3), slow(c, 10)), bop: (c) => ta.bop(c.column('open'), ...bars(c)),
  ultosc: ultimate, sar: psar, ulcer, beta, correl: correlation, qstick: (c) => ta.qstick(c.column('open'), c.column('close'), c.period),
  crossover: pair(ta.crossover), crossunder: pair(ta.crossunder), crossany: pair(ta.crossAny),
  linreg: regression((line) => line.value), linregslope: regression((line) => line.slope), linregintercept: regression((line) => line.intercept),
  linregangle: regression((line) => line.slope.map((slope) => (Math.atan(slope) * 180) / Math.PI)), tsf: regression(forecast), fosc: forecastOscillator, dpo: detrended,
  medprice: (c) => ta.medianPrice(c.column('high'), c.column('low')), typprice: (c) => ta.typicalPrice(...bars(c)), wcprice: (c) => ta.weightedClose(...bars(c)),
  avgprice: (c) => ta.averagePrice(c.column('open'), ...bars(c)),
  max: one(ta.rollingMax), min: one(ta.rollingMin), sum: one(ta.rollingSum), lag: one(ta.lag), mom: one(ta.momentum), rank: one(ta.rollingRank),
  midpoint: middleOf((c) => c.values, (c) => c.values), midprice: middleOf((c) => c.column('high'), (c) => c.column('low')),
  roc, rocp: one(ta.rateOfChange), rocr: one(ta.rateOfChangeRatio), rocr100: (c) => scaled(ta.rateOfChangeRatio(c.values, c.period), 100),
};

/** Other names of the same, plain. */
export const SYNONYMS: Readonly<Record<string, string>> = {
  rma: 'wilders', wilder: 'wilders', smma: 'wilders', std: 'stddev', rollingstd: 'stddev', stdev: 'stddev', variance: 'var', bollinger: 'bbands', bollingerbands: 'bbands', bb: 'bbands',
  tr: 'truerange', trange: 'truerange', pdm: 'plusdm', mdm: 'minusdm', pdi: 'plusdi', mdi: 'minusdi', stochastic: 'stoch', stochf: 'stoch', stochasticrsi: 'stochrsi', williamsr: 'willr',
  aroonoscillator: 'aroonosc', adl: 'ad', adline: 'ad', chaikinoscillator: 'adosc', chaikinosc: 'adosc', ultimateoscillator: 'ultosc', ultimate: 'ultosc', psar: 'sar', parabolicsar: 'sar',
  ulcerindex: 'ulcer', ui: 'ulcer', correlation: 'correl', corr: 'correl', linearreg: 'linreg', linearregression: 'linreg', linearregslope: 'linregslope', slope: 'linregslope',
  linearregintercept: 'linregintercept', linearregangle: 'linregangle', medianprice: 'medprice', typicalprice: 'typprice', wclprice: 'wcprice', weightedclose: 'wcprice', averageprice: 'avgprice',
  rollingmax: 'max', highest: 'max', rollingmin: 'min', lowest: 'min', rollingsum: 'sum', momentum: 'mom', rateofchange: 'roc', awesomeoscillator: 'ao', keltnerchannel: 'keltner', keltnerchannels: 'keltner',
  donchianchannel: 'donchian', donchianchannels: 'donchian', meandeviation: 'md', rollingbeta: 'beta', hull: 'hma', balanceofpower: 'bop', onbalancevolume: 'obv', moneyflowindex: 'mfi',
};
