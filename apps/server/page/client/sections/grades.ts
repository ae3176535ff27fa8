import { gradeScale, rangeMark } from '../charts.ts';
import { absent, type Child, h } from '../dom.ts';
import { fixed, NONE, percent, signal, signed } from '../format.ts';
import { marketOf, type Store } from '../store.ts';
import type { GradeRow, ScoreRow } from '../types.ts';

export type SortKey = 'pair' | 'trader_grade' | 'trader_grade_24h_change' | 'trading_signal' | 'p_up' | 'exp_return_bps' | 'ta_grade' | 'quant_grade' | 'n_models';

export interface GradeChoices {
  text: string;
  signal: string;
  withShadow: boolean;
  sort: SortKey;
  isDown: boolean;
  open: string | null;
}

interface Column {
  readonly name: string;
  readonly by: SortKey;
  readonly isNumber: boolean;
  readonly cell: (row: GradeRow, most: number) => Child;
}

const COLUMNS: readonly Column[] = [
  { name: 'Trader Grade', by: 'trader_grade', isNumber: false, cell: (row) => (row.trader_grade === null ? null : h('span', {}, gradeScale(row.trader_grade), ` ${fixed(row.trader_grade, 1)} ${row.band ?? ''}`)) },
  { name: '24 h', by: 'trader_grade_24h_change', isNumber: true, cell: (row) => signed(row.trader_grade_24h_change, 1) },
  { name: 'signal', by: 'trading_signal', isNumber: false, cell: (row) => signal(row.trading_signal) },
  { name: 'p(up)', by: 'p_up', isNumber: true, cell: (row) => fixed(row.p_up, 3) },
  { name: 'expected, bp', by: 'exp_return_bps', isNumber: false, cell: (row, most) => expected(row, most) },
  { name: 'TA', by: 'ta_grade', isNumber: true, cell: (row) => fixed(row.ta_grade, 1) },
  { name: 'QUANT', by: 'quant_grade', isNumber: true, cell: (row) => fixed(row.quant_grade, 1) },
  { name: 'models', by: 'n_models', isNumber: true, cell: (row) => `${row.n_models} (${percent(row.coverage, 0)})` },
];
/** Columns that a row without a grade has nothing for: its reason stands there. */
const UNKNOWN = 5;

function expected({ exp_return_bps: value, ci_bps: interval }: Pick<ScoreRow, 'exp_return_bps' | 'ci_bps'>, most: number): Child {
  if (value === null) return NONE;
  return h('span', {}, rangeMark(value, interval, most), ` ${signed(value, 1)} [${interval === null ? NONE : interval.map((end) => signed(end, 1)).join(', ')}]`);
}

export function chosen(rows: readonly GradeRow[], { text, signal: side, sort, isDown }: GradeChoices): readonly GradeRow[] {
  const word = text.trim().toLowerCase();
  const held = rows.filter((row) => `${row.pair} ${row.exchange}`.toLowerCase().includes(word) && (side === '' || String(row.trading_signal) === side));
  return held.toSorted((a, b) => compare(a[sort], b[sort], isDown) || (marketOf(a) < marketOf(b) ? -1 : 1));
}

/** What is unknown comes last either way. */
function compare(a: string | number | null, b: string | number | null, isDown: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : a < b ? -1 : Number(a > b);
  return isDown ? -order : order;
}

export interface GradeActions {
  readonly onChange: () => void;
  readonly onOpen: (market: string) => void;
}

export function grades(store: Store, choices: GradeChoices, { onChange, onOpen }: GradeActions): HTMLElement {
  const all = store.dashboard?.grades ?? [];
  const rows = chosen(all, choices);
  const most = Math.max(1, ...all.flatMap((row) => [row.exp_return_bps ?? 0, ...(row.ci_bps ?? [])]).map((value) => Math.abs(value ?? 0)));
  const sorted = (by: SortKey) => () => {
    choices.isDown = choices.sort === by ? !choices.isDown : true;
    choices.sort = by;
    onChange();
  };
  const heading = (name: string, by: SortKey, isNumber: boolean): HTMLElement => h('th', { scope: 'col', class: isNumber ? 'num' : null, 'aria-sort': choices.sort === by ? (choices.isDown ? 'descending' : 'ascending') : 'none' },
    h('button', { type: 'button', id: `sort-${by}`, click: sorted(by) }, name));
  return h('div', { id: 'grade-table' },
    all.length === 0 ? absent('No grade has been published yet.')
      : h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Trader Grades' }, h('table', {},
        h('caption', {}, h('span', {}, `${rows.length} of ${all.length} markets. 50 means no expected return net of costs; the interval is that of the expected return (95 %), not of the outcome.`)),
        h('thead', {}, h('tr', {}, heading('market', 'pair', false), COLUMNS.map((one) => heading(one.name, one.by, one.isNumber)))),
        h('tbody', {}, rows.flatMap((row) => [rowOf(row, most, choices, onOpen), ...(choices.withShadow ? shadows(row, most) : [])])))));
}

function rowOf(row: GradeRow, most: number, { open }: GradeChoices, onOpen: (market: string) => void): HTMLElement {
  const market = marketOf(row);
  const name = h('th', { scope: 'row' }, h('button', { type: 'button', class: 'link', id: `market-${market}`, 'aria-expanded': String(open === market), click: () => onOpen(market) }, row.pair), ` ${row.timeframe}`);
  const cells = row.trader_grade === null
    ? [h('td', { class: 'why', colspan: UNKNOWN }, `no grade: ${row.reason ?? 'no reason was given'}`), ...COLUMNS.slice(UNKNOWN).map((one) => h('td', { class: 'num' }, one.cell(row, most)))]
    : COLUMNS.map((one) => h('td', { class: one.isNumber ? 'num' : 'text' }, one.cell(row, most)));
  return h('tr', { class: open === market ? 'open' : null }, name, cells);
}

/** What each model says that is not published. */
function shadows(row: GradeRow, most: number): HTMLElement[] {
  return (row.models ?? []).filter(({ weight }) => weight === 0).map((score) => h('tr', { class: 'shadow' }, h('th', { scope: 'row' }, h('span', { class: 'quiet' }, `└ ${score.model} (${score.state.toLowerCase()})`)),
    score.grade === null ? h('td', { class: 'why', colspan: COLUMNS.length }, `no grade: ${score.reason ?? 'no reason was given'}`)
      : [h('td', { class: 'text' }, gradeScale(score.grade), ` ${fixed(score.grade, 1)}`), h('td', { class: 'num' }, NONE), h('td', { class: 'text' }, signal(score.signal)), h('td', { class: 'num' }, fixed(score.p_up, 3)), h('td', { class: 'text' }, expected(score, most)),
        h('td', { colspan: 3, class: 'why' }, score.reason ?? 'not published')]));
}

/** Made once, so that typing is not disturbed by updates. */
export function gradeFilters(choices: GradeChoices, onChange: () => void): HTMLElement {
  const search = h('input', { type: 'search', id: 'filter-text', input: (event) => { choices.text = (event.target as HTMLInputElement).value; onChange(); } });
  const side = h('select', { id: 'filter-signal', change: (event) => { choices.signal = (event.target as HTMLSelectElement).value; onChange(); } },
    [['', 'any'], ['1', '▲ long'], ['0', '● none'], ['-1', '▼ short']].map(([value, name]) => h('option', { value }, name)));
  const shadow = h('input', { type: 'checkbox', id: 'filter-shadow', change: (event) => { choices.withShadow = (event.target as HTMLInputElement).checked; onChange(); } });
  return h('div', { class: 'filters' }, h('label', {}, 'market', search), h('label', {}, 'signal', side), h('label', {}, shadow, 'models that are not published'));
}
