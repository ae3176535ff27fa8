import { z } from 'zod';

/** Rounded half away from zero; null for what is no number. */
export function rounded(value: number | null | undefined, digits: number): number | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  const scale = 10 ** digits;
  const magnitude = Math.round(Math.abs(value) * scale + 1e-9) / scale;
  return value < 0 && magnitude !== 0 ? -magnitude : magnitude;
}

/** A grade is published with one decimal. */
export const points = (value: number | null | undefined): number | null => rounded(value, 1);
/** Log return as basis points. */
export const bps = (value: number | null | undefined): number | null => (value === null || value === undefined ? null : rounded(value * 10_000, 1));
export const interval = (low: number | null, high: number | null): [number | null, number | null] | null => (low === null || high === null ? null : [bps(low), bps(high)]);

export const nullable = () => z.number().nullable();
export const grade = () => z.number().min(0).max(100).nullable();
export const dateTime = () => z.string().meta({ format: 'date-time' });
export const side = () => z.union([z.literal(-1), z.literal(0), z.literal(1)]);
export const bpsInterval = () => z.array(z.number().nullable()).length(2).nullable();
