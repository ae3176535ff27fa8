import { InputError } from '../../../engine/core/index.ts';

/** Turns a wall-clock time (as if it were UTC) into UTC. */
export type ZoneShift = (wallMs: number) => number;

/**
 * The shift of an IANA zone. A wall time that the autumn change repeats is read as its first, one that spring skips as an hour later.
 *
 * throws  InputError `time-zone-unknown`
 */
export function zoneShift(zone: string): ZoneShift {
  const format = wallFormat(zone);
  const offsetAt = (utcMs: number): number => wallOf(format, utcMs) - utcMs;
  return (wallMs) => {
    const before = offsetAt(wallMs - 12 * 3_600_000);
    const early = wallMs - before;
    if (offsetAt(early) === before) return early;
    const late = wallMs - offsetAt(early);
    return offsetAt(late) === offsetAt(early) ? late : early;
  };
}

function wallFormat(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  } catch (cause) {
    throw new InputError('time-zone-unknown', `timeZone must be an IANA zone such as America/New_York, was "${zone}"`, { cause });
  }
}

function wallOf(format: Intl.DateTimeFormat, utcMs: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(Math.floor(utcMs / 1000) * 1000)) part[type] = Number(value);
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) + (((utcMs % 1000) + 1000) % 1000);
}
