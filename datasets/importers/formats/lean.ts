import { DataError, DAY_MS, formatTime, SECOND_MS } from '../../../engine/core/index.ts';
import type { Layout } from '../columns/layout.ts';
import type { Table } from '../tables/table.ts';
import type { Format, Match } from './format.ts';
import { sampleNumbers } from './sample.ts';

const TRADE_WIDTH = 6;
const QUOTE_WIDTH = 11;
const QUOTE_NOTE = 'a quote file: each price is the middle of bid and ask, and there is no traded volume';

/** QuantConnect LEAN daily and hourly bars without header: yyyyMMdd HH:mm,o,h,l,c,v (quotes: 11 columns). */
export const leanBars: Format = {
  id: 'lean-bars/1',
  detect(table) {
    if (!isLeanWidth(table) || !table.sample.every((row) => /^\d{8} \d\d:\d\d$/.test(row[0]))) return null;
    return { score: 1, layout: layoutOf(table, []) };
  },
};

/** LEAN minute and second bars: milliseconds since midnight; the date stands only in the file's or the zip entry's name. */
export const leanMinute: Format = {
  id: 'lean-minute/1',
  detect(table) {
    if (!isLeanWidth(table) || !sampleNumbers(table, 0).every(isTimeOfDay)) return null;
    return minuteMatch(table);
  },
};

/** Whole seconds of a day in milliseconds; `20180404`, a date, is none. */
function isTimeOfDay(ms: number): boolean {
  return ms >= 0 && ms < DAY_MS && ms % SECOND_MS === 0;
}

function isLeanWidth({ columns, width }: Table): boolean {
  return columns === null && (width === TRADE_WIDTH || width === QUOTE_WIDTH);
}

/** throws  DataError `date-missing` */
function minuteMatch(table: Table): Match {
  const dayMs = dayFromNames(table.fileNames);
  if (dayMs === null) {
    throw new DataError('date-missing',
      `${table.label} counts milliseconds since midnight, and no date (yyyyMMdd) stands in its name; restore the name, such as 20180404_btcusd_minute_trade.csv`);
  }
  const note = `times are milliseconds since midnight of ${formatTime(dayMs).slice(0, 10)}, a date read from the name`;
  return { score: 1, layout: { ...layoutOf(table, [note]), timeUnit: 'ms', openTimeOf: (ms) => dayMs + ms } };
}

function dayFromNames(names: readonly string[]): number | null {
  for (const name of names) {
    const match = /(?:^|\D)(\d{4})(\d\d)(\d\d)(?:\D|$)/.exec(name);
    const dayMs = match ? Date.parse(`${match[1]}-${match[2]}-${match[3]}`) : Number.NaN;
    if (!Number.isNaN(dayMs)) return dayMs;
  }
  return null;
}

function layoutOf(table: Table, notes: readonly string[]): Layout {
  if (table.width === TRADE_WIDTH) return { time: 0, prices: [1, 2, 3, 4], volume: 5, notes };
  return { time: 0, prices: [1, 2, 3, 4], asks: [6, 7, 8, 9], volume: null, notes: [...notes, QUOTE_NOTE] };
}
