type Package = typeof import('technicalindicators');

/**
 * Indicators of the npm package `technicalindicators` 3.1.0, each as long as its input: NaN where the package is silent.
 *
 * For comparing with it, or for results that must match code built on it. Its faults come with it (docs/indicators.md):
 * RSI and MFI are rounded to two decimals, ADL to whole numbers, stochastic RSI is built on the rounded RSI.
 */
export interface TechnicalIndicators {
  sma(values: Float64Array, windowBars: number): Float64Array;
  ema(values: Float64Array, windowBars: number): Float64Array;
  wma(values: Float64Array, windowBars: number): Float64Array;
  wilder(values: Float64Array, windowBars: number): Float64Array;
  rsi(values: Float64Array, windowBars: number): Float64Array;
  /** Percent. */
  roc(values: Float64Array, windowBars: number): Float64Array;
  trix(values: Float64Array, windowBars: number): Float64Array;
  rollingStd(values: Float64Array, windowBars: number): Float64Array;
  macd(values: Float64Array, fastBars: number, slowBars: number, signalBars: number): Record<'macd' | 'signal' | 'histogram', Float64Array>;
  bollinger(values: Float64Array, windowBars: number, multiplier: number): Record<'upper' | 'middle' | 'lower', Float64Array>;
  stochasticRsi(values: Float64Array, rsiBars: number, kBars: number, slowBars: number, dBars: number): Record<'k' | 'd', Float64Array>;
  stochastic(high: Float64Array, low: Float64Array, close: Float64Array, kBars: number, dBars: number): Record<'k' | 'd', Float64Array>;
  williamsR(high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number): Float64Array;
  cci(high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number): Float64Array;
  trueRange(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array;
  atr(high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number): Float64Array;
  adx(high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number): Record<'adx' | 'plusDi' | 'minusDi', Float64Array>;
  psar(high: Float64Array, low: Float64Array, step: number, max: number): Float64Array;
  obv(close: Float64Array, volume: Float64Array): Float64Array;
  mfi(high: Float64Array, low: Float64Array, close: Float64Array, volume: Float64Array, windowBars: number): Float64Array;
  adLine(high: Float64Array, low: Float64Array, close: Float64Array, volume: Float64Array): Float64Array;
}

/** The package, loaded when first asked for: it is slow to load and no kernel needs it. */
export async function loadTechnicalIndicators(): Promise<TechnicalIndicators> {
  const loaded: Package & { default?: Package } = await import('technicalindicators');
  return adapt(loaded.default ?? loaded);
}

function adapt(ti: Package): TechnicalIndicators {
  return {
    sma: (values, period) => padded(ti.sma({ values: [...values], period }), values.length),
    ema: (values, period) => padded(ti.ema({ values: [...values], period }), values.length),
    wma: (values, period) => padded(ti.wma({ values: [...values], period }), values.length),
    wilder: (values, period) => padded(ti.wema({ values: [...values], period }), values.length),
    rsi: (values, period) => padded(ti.rsi({ values: [...values], period }), values.length),
    roc: (values, period) => padded(ti.roc({ values: [...values], period }), values.length),
    trix: (values, period) => padded(ti.trix({ values: [...values], period }), values.length),
    rollingStd: (values, period) => padded(ti.sd({ values: [...values], period }), values.length),
    macd(values, fastPeriod, slowPeriod, signalPeriod) {
      const rows = ti.macd({ values: [...values], fastPeriod, slowPeriod, signalPeriod, SimpleMAOscillator: false, SimpleMASignal: false });
      return { macd: field(rows, 'MACD', values.length), signal: field(rows, 'signal', values.length), histogram: field(rows, 'histogram', values.length) };
    },
    bollinger(values, period, stdDev) {
      const rows = ti.bollingerbands({ values: [...values], period, stdDev });
      return { upper: field(rows, 'upper', values.length), middle: field(rows, 'middle', values.length), lower: field(rows, 'lower', values.length) };
    },
    stochasticRsi(values, rsiPeriod, stochasticPeriod, kPeriod, dPeriod) {
      const rows = ti.stochasticrsi({ values: [...values], rsiPeriod, stochasticPeriod, kPeriod, dPeriod });
      return { k: field(rows, 'k', values.length), d: field(rows, 'd', values.length) };
    },
    stochastic(high, low, close, period, signalPeriod) {
      const rows = ti.stochastic({ ...bars(high, low, close), period, signalPeriod });
      return { k: field(rows, 'k', close.length), d: field(rows, 'd', close.length) };
    },
    williamsR: (high, low, close, period) => padded(ti.williamsr({ ...bars(high, low, close), period }), close.length),
    cci: (high, low, close, period) => padded(ti.cci({ ...bars(high, low, close), period }), close.length),
    trueRange: (high, low, close) => padded(ti.truerange(bars(high, low, close)), close.length),
    atr: (high, low, close, period) => padded(ti.atr({ ...bars(high, low, close), period }), close.length),
    adx(high, low, close, period) {
      const rows = ti.adx({ ...bars(high, low, close), period });
      return { adx: field(rows, 'adx', close.length), plusDi: field(rows, 'pdi', close.length), minusDi: field(rows, 'mdi', close.length) };
    },
    psar: (high, low, step, max) => padded(ti.psar({ high: [...high], low: [...low], step, max }), high.length),
    obv: (close, volume) => padded(ti.obv({ close: [...close], volume: [...volume] }), close.length),
    mfi: (high, low, close, volume, period) => padded(ti.mfi({ ...bars(high, low, close), volume: [...volume], period }), close.length),
    adLine: (high, low, close, volume) => padded(ti.adl({ ...bars(high, low, close), volume: [...volume] }), close.length),
  };
}

function bars(high: Float64Array, low: Float64Array, close: Float64Array): Record<'high' | 'low' | 'close', number[]> {
  return { high: [...high], low: [...low], close: [...close] };
}

/** The package's shorter output at the end of a full-length series. */
function padded(values: readonly (number | undefined)[], length: number): Float64Array {
  const out = new Float64Array(length).fill(Number.NaN);
  values.forEach((value, i) => (out[length - values.length + i] = value ?? Number.NaN));
  return out;
}

function field<Row extends object>(rows: readonly Row[], name: keyof Row, length: number): Float64Array {
  return padded(rows.map((row) => row[name] as number | undefined), length);
}
