import { InputError } from './errors.ts';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;
/** Calendar years in CAGR and the x axis. */
export const DAYS_PER_YEAR = 365.25;

const UNIT_MS: Readonly<Record<string, number>> = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: WEEK_MS };

/**
 * Milliseconds of a duration such as `15m`, `1h`, `365d`, `2w`.
 *
 * throws  InputError `duration-invalid`
 */
export function parseDurationMs(text: string, parameter = 'duration'): number {
  const match = /^(\d+(?:\.\d+)?)\s*([smhdw])$/.exec(text.trim());
  const ms = match ? Number(match[1]) * UNIT_MS[match[2]] : 0;
  if (!(ms > 0)) {
    throw new InputError('duration-invalid', `${parameter} must be a number and a unit s, m, h, d or w such as 1h or 365d, was "${text}"`);
  }
  return ms;
}

/** A count for people, with a thin space between thousands: `12 870`. */
export function groupedCount(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+(?!\d))/g, '\u2009');
}

/** The shortest exact text of a duration: 3600000 → `1h`. */
export function formatDuration(ms: number): string {
  for (const [unit, size] of Object.entries(UNIT_MS).toReversed()) {
    if (ms >= size && ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}

/** `24/7` trades around the clock; `session` has 252 trading days a year. Declared by the dataset, never inferred. */
export type Calendar = '24/7' | 'session';

/** Bars in a year, for annualising: 365 days ÷ bar, or 252 × bars a day (at least one). */
export function barsPerYear(timeframeMs: number, calendar: Calendar): number {
  if (calendar === '24/7') return (365 * DAY_MS) / timeframeMs;
  return 252 * Math.max(1, Math.round((6.5 * HOUR_MS) / timeframeMs));
}

export function bpsToFrac(bps: number): number {
  return bps / 10_000;
}

/** `2024-03-07T14:00:00Z`, without milliseconds when they are zero. */
export function formatTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('.000Z', 'Z');
}

const ISO_TIME = /^(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:(?<=-\d\d-\d\d)([T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?([zZ]|[+-]\d\d:?\d\d)?)?$/;

/** Date.parse takes 31 February for 2 March. */
function isCalendarDate(date: string): boolean {
  const ms = Date.parse(date);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

/**
 * Epoch milliseconds of `2024`, `2024-03`, `2024-03-07`, or an ISO time (UTC unless an offset is written).
 *
 * throws  InputError `time-invalid`
 */
export function parseTimeMs(text: string, parameter = 'time'): number {
  const [whole, date, clock, zone] = ISO_TIME.exec(text.trim()) ?? [];
  // Anything else Date.parse would read in the machine's own time zone.
  const ms = whole === undefined || !isCalendarDate(date) ? Number.NaN : Date.parse(clock !== undefined && zone === undefined ? `${whole}Z` : whole);
  if (Number.isNaN(ms)) {
    throw new InputError('time-invalid', `${parameter} must be a date such as 2024-03-07 or 2024-03-07T14:00Z, was "${text}"`);
  }
  return ms;
}
