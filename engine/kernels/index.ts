export { type Channel, donchian } from './donchian.ts';
export { ema, type EmaOptions } from './ema.ts';
export { rollingMax, rollingMin } from './rolling-extremes.ts';
export { rollingMean } from './rolling-mean.ts';
export { rollingCorrelation, rollingStd, rollingZScore, type StdOptions } from './rolling-std.ts';
export { rsi } from './rsi.ts';
export { sma } from './sma.ts';
