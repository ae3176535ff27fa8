import { barsPerYear, HOUR_MS, requireInput } from '../../engine/core/index.ts';
import type { Instrument } from '../../engine/market/index.ts';
import type { SyntheticOptions } from './types.ts';

/** Options with their defaults filled in. */
export type Setting = Required<SyntheticOptions>;

/** throws  InputError `synthetic-invalid` */
export function settingOf(options: SyntheticOptions): Setting {
  const setting: Setting = {
    seed: options.seed,
    bars: options.bars,
    timeframeMs: options.timeframeMs ?? HOUR_MS,
    startMs: options.startMs ?? Date.UTC(2020, 0, 1),
    startPrice: options.startPrice ?? 100,
    volatilityAnn: options.volatilityAnn ?? 0.8,
    missingFrac: options.missingFrac ?? 0,
  };
  check('seed', Number.isSafeInteger(setting.seed), 'a whole number', setting.seed);
  check('bars', Number.isSafeInteger(setting.bars) && setting.bars >= 2, 'a whole number of at least 2', setting.bars);
  check('timeframeMs', Number.isSafeInteger(setting.timeframeMs) && setting.timeframeMs > 0, 'a positive whole number', setting.timeframeMs);
  check('startMs', Number.isSafeInteger(setting.startMs), 'a whole number', setting.startMs);
  checkPositive('startPrice', setting.startPrice);
  checkPositive('volatilityAnn', setting.volatilityAnn);
  check('missingFrac', setting.missingFrac >= 0 && setting.missingFrac <= 0.5, 'inside 0 … 0.5', setting.missingFrac);
  return setting;
}

export function checkPositive(parameter: string, value: number): void {
  check(parameter, Number.isFinite(value) && value > 0, 'positive', value);
}

export function check(parameter: string, holds: boolean, rule: string, value: number): void {
  requireInput(holds, 'synthetic-invalid', parameter, rule, value);
}

/** Standard deviation of a bar's log return. */
export function barVolatility({ volatilityAnn, timeframeMs }: Setting): number {
  return volatilityAnn / Math.sqrt(barsPerYear(timeframeMs, '24/7'));
}

/** `NOISE/USDT` on the venue `synthetic`. */
export function syntheticInstrument(base: string): Instrument {
  return { venue: 'synthetic', symbol: `${base}/USDT`, kind: 'spot', calendar: '24/7', market: 'continuous' };
}

/** Share of a value that is left after one bar. */
export function decayPerBar(halfLifeBars: number): number {
  return 2 ** (-1 / halfLifeBars);
}
