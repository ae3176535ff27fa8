/** A written time: its wall clock as if UTC, and whether it named a zone or a time of day. */
export interface WrittenTime {
  readonly ms: number;
  readonly zoned: boolean;
  readonly timed: boolean;
  /** First two numbers of a slashed date, whose order the data must tell. */
  readonly slashed?: readonly [number, number];
}

export type DateOrder = 'month-first' | 'day-first';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = String.raw`(?:[T ,]+(\d{1,2})(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?[ -]?([AaPp][Mm])?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${CLOCK}$`);
const COMPACT = new RegExp(String.raw`^(\d{4})(\d\d)(\d\d)${CLOCK}$`);
const SLASHED = new RegExp(String.raw`^(\d{1,2})([/-])(\d{1,2})\2(\d{4})${CLOCK}$`);
const DOTTED = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4})${CLOCK}$`);
const NAMED_MONTH = new RegExp(String.raw`^([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})${CLOCK}$`);

/**
 * Reads ISO dates and times, `2019-10-17 09-AM`, `20131001 00:00`, `12/31/2021, 1:46:11 PM`, `31.12.2021`, `Dec 31, 2021`.
 *
 * Returns null for anything else, and for days that do not exist. Dotted dates are day first.
 */
export function parseWrittenTime(text: string, order: DateOrder): WrittenTime | null {
  let match = YEAR_FIRST.exec(text);
  if (match) return build(match[1], match[3], match[4], match, 5);
  match = COMPACT.exec(text);
  if (match) return build(match[1], match[2], match[3], match, 4);
  match = DOTTED.exec(text);
  if (match) return build(match[3], match[2], match[1], match, 4);
  match = NAMED_MONTH.exec(text);
  if (match) return build(match[3], String(MONTHS.indexOf(match[1].toLowerCase()) + 1), match[2], match, 4);
  match = SLASHED.exec(text);
  return match && slashed(match, order);
}

function slashed(match: RegExpExecArray, order: DateOrder): WrittenTime | null {
  const [month, day] = order === 'month-first' ? [match[1], match[3]] : [match[3], match[1]];
  const seen = [Number(match[1]), Number(match[3])] as const;
  const time = build(match[4], month, day, match, 5);
  // the wrong order makes month 13 to 31: say what was seen, so that the reader can decide on the other order
  if (time === null) return seen[0] <= 31 && seen[1] <= 31 ? { ms: Number.NaN, zoned: false, timed: false, slashed: seen } : null;
  return { ...time, slashed: seen };
}

function build(year: string, month: string, day: string, match: RegExpExecArray, clock: number): WrittenTime | null {
  const [hour, minute, second, fraction, half, zone] = match.slice(clock, clock + 6) as (string | undefined)[];
  const hours = hourOf(hour, half);
  const dayMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(dayMs);
  if (hours === null || date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null;
  if (Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return null;
  const ms = dayMs + hours * 3_600_000 + Number(minute ?? 0) * 60_000 + Number(second ?? 0) * 1000 + Math.floor(Number(`0.${fraction ?? 0}`) * 1000 + 1e-6);
  return { ms: ms - offsetMs(zone), zoned: zone !== undefined, timed: hour !== undefined };
}

function hourOf(hour: string | undefined, half: string | undefined): number | null {
  const value = Number(hour ?? 0);
  if (half === undefined) return value <= 23 ? value : null;
  if (value < 1 || value > 12) return null;
  return (value % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

function offsetMs(zone: string | undefined): number {
  const match = zone === undefined ? null : /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000;
}
