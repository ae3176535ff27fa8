import { lines } from '../charts.ts';
import { absent, h, table } from '../dom.ts';
import { fixed, minute, NONE, price, signal, signed } from '../format.ts';
import { type Known, known, marketOf, type Store } from '../store.ts';
import type { Calibration, GradeRow } from '../types.ts';

/** A market that was opened: its grades so far, and what they were worth. */
export interface Detail {
  readonly market: string;
  readonly history: Known<GradeRow>;
  /** By model: outcomes of several horizons are not mixed. */
  readonly calibrations: ReadonlyMap<string, Known<Calibration>>;
}

const HISTORY_DAYS = 30;
const MOST = 1_000;

export async function readDetail(row: GradeRow): Promise<Detail> {
  const start = new Date(Date.parse(row.date) - HISTORY_DAYS * 86_400_000).toISOString();
  const models = (row.models ?? []).map(({ model }) => model);
  const [history, ...tables] = await Promise.all([
    known<GradeRow>('/v1/trader-grades', { symbol: row.pair, exchange: row.exchange, timeframe: row.timeframe, start_date: start, limit: MOST }),
    ...models.map((model) => known<Calibration>('/v1/calibration', { symbol: row.pair, model, segment: 'all' })),
  ]);
  return { market: marketOf(row), history, calibrations: new Map(models.map((model, i) => [model, tables[i]])) };
}

export function detail(store: Store, { market, history, calibrations }: Detail, onClose: () => void): HTMLElement {
  const now = store.dashboard?.grades.find((row) => marketOf(row) === market);
  const rows = (history.rows ?? []).toReversed();
  const [first, last] = [rows[0], rows[rows.length - 1]];
  const between = { from: minute(first?.date ?? null), to: minute(last?.date ?? null) };
  return h('section', { class: 'detail', id: 'detail', 'aria-label': `Detail of ${market}`, tabindex: -1 },
    h('h3', {}, market, ' ', h('button', { type: 'button', class: 'tool', id: 'detail-close', click: onClose }, 'close')),
    history.rows === null ? absent(`Its history cannot be shown: ${history.reason}.`) : rows.length < 2 ? absent('Fewer than two grades: nothing to draw yet.') : h('div', { class: 'two' },
      lines([{ name: 'close', values: rows.map((row) => row.close) }], { title: 'Price', ...between, text: price, height: 150 }),
      lines([{ name: 'Trader Grade', values: rows.map((row) => row.trader_grade) }], { title: 'Trader Grade', ...between, text: (value) => fixed(value, 0), low: 0, high: 100, height: 150 })),
    now?.models === undefined || now.models.length === 0 ? absent('No model grades it now.') : table('What each model says now', [
      { name: 'model', cell: (one) => one.model }, { name: 'state', cell: (one) => one.state }, { name: 'grade', isNumber: true, cell: (one) => fixed(one.grade, 1) }, { name: 'signal', cell: (one) => signal(one.signal) },
      { name: 'p(up)', isNumber: true, cell: (one) => fixed(one.p_up, 3) }, { name: 'expected, bp', isNumber: true, cell: (one) => `${signed(one.exp_return_bps, 1)}${one.ci_bps === null ? '' : ` [${one.ci_bps.map((end) => signed(end, 1)).join(', ')}]`}` },
      { name: 'weight', isNumber: true, cell: (one) => fixed(one.weight, 3) }, { name: 'reason', isLong: true, cell: (one) => one.reason ?? '' },
    ], now.models),
    outcomes(calibrations));
}

function outcomes(all: Detail['calibrations']): HTMLElement | null {
  if (all.size === 0) return null;
  const of = ({ rows }: Known<Calibration>): Calibration | undefined => rows?.[0];
  return table('What followed its grades here, shadow and live together', [
    { name: 'model', cell: ([model]) => model }, { name: 'outcomes', isNumber: true, cell: ([, one]) => of(one)?.n ?? NONE }, { name: 'independent', isNumber: true, cell: ([, one]) => fixed(of(one)?.n_effective, 0) },
    { name: 'rank IC over time', isNumber: true, cell: ([, one]) => fixed(of(one)?.time_series?.mean, 4) }, { name: 'Brier', isNumber: true, cell: ([, one]) => fixed(of(one)?.reliability?.brier, 4) },
    { name: 'reason', isLong: true, cell: ([, one]) => one.reason ?? of(one)?.reason ?? of(one)?.time_series?.reason ?? '' },
  ], [...all]);
}
