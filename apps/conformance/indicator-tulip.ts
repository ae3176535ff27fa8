interface Signature {
  readonly inputs: readonly string[];
  readonly params: readonly string[];
}

const HL = ['high', 'low'];
const HLC = [...HL, 'close'];
const HLCV = [...HLC, 'volume'];
const OHLC = ['open', ...HLC];
const PAIR = ['values', 'other'];
const FAST_SLOW = ['fast', 'slow'];

const of = (inputs: readonly string[], ...params: readonly string[]): Signature => ({ inputs, params });

/** Tulip's order of inputs and parameters, where it is not one series and one period. */
export const TULIP: Readonly<Record<string, Signature>> = {
  ad: of(HLCV),
  adosc: of(HLCV, ...FAST_SLOW),
  adx: of(HLC, 'period'),
  adxr: of(HLC, 'period'),
  ao: of(HL),
  apo: of(['close'], ...FAST_SLOW),
  aroon: of(HL, 'period'),
  aroonosc: of(HL, 'period'),
  atr: of(HLC, 'period'),
  avgprice: of(OHLC),
  bbands: of(['close'], 'period', 'multiplier'),
  bop: of(OHLC),
  cci: of(HLC, 'period'),
  crossany: of(PAIR),
  crossover: of(PAIR),
  di: of(HLC, 'period'),
  dm: of(HL, 'period'),
  dx: of(HLC, 'period'),
  macd: of(['close'], 'fast', 'slow', 'signal'),
  medprice: of(HL),
  mfi: of(HLCV, 'period'),
  natr: of(HLC, 'period'),
  obv: of(['close', 'volume']),
  ppo: of(['close'], ...FAST_SLOW),
  psar: of(HL, 'step', 'max'),
  qstick: of(['open', 'close'], 'period'),
  stoch: of(HLC, 'fast_k', 'slow_k', 'slow_d'),
  tr: of(HLC),
  typprice: of(HLC),
  ultosc: of(HLC, 'short', 'medium', 'long'),
  vosc: of(['volume'], ...FAST_SLOW),
  vwma: of(['close', 'volume'], 'period'),
  wcprice: of(HLC),
  willr: of(HLC, 'period'),
};
