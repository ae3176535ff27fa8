import { type Point, quadrants } from '../charts.ts';
import { absent, h, table } from '../dom.ts';
import { fixed, NONE, percent } from '../format.ts';
import type { Store } from '../store.ts';

/** The 2×2 of horizons, and the Investor Grades in figures. */
export function horizons(store: Store): HTMLElement {
  const { investors } = store;
  if (investors.rows === null) return absent(`Investor Grades cannot be shown: ${investors.reason}.`);
  if (investors.rows.length === 0) return absent('No Investor Grade has been published yet: one a day, at the close of the UTC day.');
  const traders = store.dashboard?.grades ?? [];
  const pairs = investors.rows.map((row) => ({ row, trader: traders.find(({ exchange, pair }) => exchange === row.exchange && pair === row.pair)?.trader_grade ?? null }));
  const points: Point[] = pairs.flatMap(({ row, trader }) => (trader === null || row.investor_grade === null ? [] : [{ name: row.token_symbol, x: trader, y: row.investor_grade }]));
  return h('div', { class: 'two' }, points.length === 0 ? absent('No token has both grades now.') : h('div', {}, quadrants(points)),
    table('Investor Grade: weekly weights, horizon of months; evidence is thin by nature', [
      { name: 'token', cell: ({ row }) => row.pair },
      { name: 'Investor', isNumber: true, cell: ({ row }) => fixed(row.investor_grade, 1) },
      { name: 'Trader', isNumber: true, cell: ({ trader }) => fixed(trader, 1) },
      { name: 'reads as', cell: ({ row, trader }) => reading(trader, row.investor_grade) },
      { name: 'coverage', isNumber: true, cell: ({ row }) => percent(row.coverage, 0) },
      { name: 'reason', isLong: true, cell: ({ row }) => row.reason ?? '' },
    ], pairs));
}

export function reading(trader: number | null, investor: number | null): string {
  if (trader === null || investor === null) return NONE;
  if (trader >= 50) return investor >= 50 ? 'both' : 'quick trade';
  return investor >= 50 ? 'long hold' : 'neither';
}
