import { InputError, MINUTE_MS, requireInput } from '../../engine/index.ts';

/** A part of every day, from … to (exclusive), in minutes of the day of a time zone; it may go over midnight. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
  /** IANA name */
  readonly timeZone: string;
}

const MINUTES_PER_DAY = 1440;

/**
 * Quiet hours from what a rule says: `{ from: '22:00', to: '07:00', tz: 'Europe/Berlin' }`; UTC where no zone is named.
 *
 * throws  InputError `quiet-hours-invalid`
 */
export function parseQuietHours({ from, to, tz = 'UTC' }: { readonly from: string; readonly to: string; readonly tz?: string }): QuietHours {
  const [fromMinute, toMinute] = [minuteOf(from, 'quiet_hours.from'), minuteOf(to, 'quiet_hours.to')];
  requireInput(fromMinute !== toMinute, 'quiet-hours-invalid', 'quiet_hours.to', 'another time than quiet_hours.from', to);
  try {
    clockOf(tz);
  } catch (cause) {
    throw new InputError('quiet-hours-invalid', `quiet_hours.tz must be a time zone such as UTC or Europe/Berlin, was "${tz}"`, { cause });
  }
  return { fromMinute, toMinute, timeZone: tz };
}

export function isQuiet({ fromMinute, toMinute, timeZone }: QuietHours, atMs: number): boolean {
  const minute = timeZone === 'UTC' ? Math.floor(atMs / MINUTE_MS) % MINUTES_PER_DAY : localMinute(timeZone, atMs);
  return fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
}

function minuteOf(text: string, parameter: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (match === null) throw new InputError('quiet-hours-invalid', `${parameter} must be a time of day such as 22:00, was "${text}"`);
  return Number(match[1]) * 60 + Number(match[2]);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  return clock;
}

function localMinute(timeZone: string, atMs: number): number {
  const parts = clockOf(timeZone).formatToParts(atMs);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  return part('hour') * 60 + part('minute');
}
