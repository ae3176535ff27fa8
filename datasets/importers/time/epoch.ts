import type { TimeUnit } from '../../types.ts';

/**
 * Unit of a numeric epoch time by its magnitude, or null when it cannot be one.
 *
 * Each range covers 1973 to 5138, so no candle time can be read in two ways: 1e8 s, 1e11 ms, 1e14 µs, 1e17 ns.
 */
export function epochUnit(value: number): TimeUnit | null {
  if (!(value >= 1e8) || value >= 1e20) return null;
  if (value < 1e11) return 's';
  if (value < 1e14) return 'ms';
  return value < 1e17 ? 'us' : 'ns';
}

/** Epoch milliseconds of a numeric time; a fraction of a millisecond is rounded away. */
export function epochMs(value: number, unit: TimeUnit): number {
  if (unit === 'ms') return Math.round(value);
  if (unit === 's') return Math.round(value * 1000);
  // ns beyond 2^53 is off by up to 128 ns in a double, so round and do not floor
  return Math.round(value / (unit === 'us' ? 1e3 : 1e6));
}
