import { type Bars, barsFromColumns, DAY_MS, type Instrument } from '../../engine/index.ts';

/** One bar: a price that stands still, or open and close with nothing beyond them; null where there is no bar. */
export type HandBar = number | readonly [open: number, close: number] | null;

/** Daily bars typed by hand from a day on. */
export function handMarket(symbol: string, rows: readonly HandBar[], { fromDay = 0, ...instrument }: Partial<Instrument> & { fromDay?: number } = {}): Bars {
  const bars = rows.flatMap((row, t) => (row === null ? [] : [{ day: fromDay + t, open: typeof row === 'number' ? row : row[0], close: typeof row === 'number' ? row : row[1] }]));
  return barsFromColumns(
    {
      openTimeMs: bars.map(({ day }) => day * DAY_MS), open: bars.map(({ open }) => open), close: bars.map(({ close }) => close),
      high: bars.map(({ open, close }) => Math.max(open, close)), low: bars.map(({ open, close }) => Math.min(open, close)), volume: bars.map(() => 1),
    },
    DAY_MS,
    { venue: 'hand', symbol, kind: 'spot', calendar: '24/7', market: 'continuous', ...instrument },
  );
}
