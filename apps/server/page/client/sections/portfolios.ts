import { lines } from '../charts.ts';
import { absent, h, table } from '../dom.ts';
import { day, fixed, minute, percent, signedPercent } from '../format.ts';
import type { Store } from '../store.ts';

export function indices({ indices: all, indexValues }: Store): HTMLElement {
  if (all.rows === null) return absent(`Indices cannot be shown: ${all.reason}.`);
  if (all.rows.length === 0) return absent('No index is kept.');
  return h('div', { class: 'many' }, all.rows.map((index) => {
    const values = (indexValues.get(index.index_id)?.rows ?? []).toReversed();
    return h('div', {}, h('h3', {}, index.index_id),
      values.length < 2 ? absent('Fewer than two values: nothing to draw yet.') : lines([
        { name: 'index', values: values.map((one) => one.cumulative_roi) }, { name: 'equal weights', values: values.map((one) => one.baseline_cumulative_roi), isSecond: true },
      ], { title: index.index_id, from: day(values[0].date), to: day(values[values.length - 1].date), text: (value) => signedPercent(value) }),
      h('p', { class: 'note' }, `${index.holdings} holdings, ${percent(index.cash_weight, 0)} cash, last rebalanced ${day(index.last_rebalance)}; net of costs.`));
  }));
}

export function moonshots({ moonshots: { rows, reason } }: Store): HTMLElement {
  if (rows === null) return absent(`Moonshots cannot be shown: ${reason}.`);
  if (rows.length === 0) return absent('Nothing has been picked yet.');
  const past = rows.filter((row) => row.roi !== null);
  const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);
  return h('div', {}, h('p', {}, past.length === 0 ? 'No pick has ended yet.' : `${past.length} picks have ended: mean ${signedPercent(mean(past.map((row) => row.roi ?? 0)))} against ${signedPercent(mean(past.map((row) => row.base_rate_roi ?? 0)))} of random picks of the same days.`),
    table('Every pick, the losing ones too', [
      { name: 'token', cell: (row) => row.pair }, { name: 'status', cell: (row) => row.status }, { name: 'at', cell: (row) => day(row.at) }, { name: 'ends', cell: (row) => day(row.end_at) },
      { name: 'return', isNumber: true, cell: (row) => signedPercent(row.roi) }, { name: 'base rate', isNumber: true, cell: (row) => signedPercent(row.base_rate_roi) }, { name: 'beat', isNumber: true, cell: (row) => percent(row.beats, 0) },
      { name: 'of', isNumber: true, cell: (row) => row.candidates }, { name: 'why', isLong: true, cell: (row) => row.why },
    ], rows));
}

export function accounts({ dashboard, equity }: Store): HTMLElement {
  const rows = dashboard?.accounts ?? [];
  if (rows.length === 0) return absent('No paper account is kept.');
  return h('div', { class: 'many' }, rows.map((row) => {
    const values = (equity.get(row.account_id)?.rows ?? []).toReversed();
    const held = Object.entries(row.positions).map(([name, quantity]) => `${name} ${quantity.toPrecision(4)}`).join(', ');
    return h('div', {}, h('h3', {}, row.account_id),
      values.length < 2 ? absent('Fewer than two values: nothing to draw yet.') : lines([
        { name: 'account', values: values.map((one) => one.equity) }, { name: 'holding', values: values.map((one) => one.holding_equity), isSecond: true },
      ], { title: row.account_id, from: day(values[0].date), to: day(values[values.length - 1].date), text: (value) => fixed(value, 0) }),
      h('p', { class: 'note' }, `Equity ${fixed(row.equity, 2)} (${signedPercent(row.roi)}, holding ${signedPercent(row.holding_roi)}), cash ${fixed(row.cash, 2)}; holds ${held === '' ? 'nothing' : held}.`));
  }));
}

const SHOWN_ALERTS = 8;
const SEVERITY: Readonly<Record<string, string>> = { info: 'i info', warning: '! warning', critical: '!! critical' };

export function alerts({ dashboard }: Store): HTMLElement {
  const rows = dashboard?.alerts ?? [];
  return rows.length === 0 ? absent('No alert has been raised yet.') : table('The newest alerts', [
    { name: 'as of (UTC)', cell: (row) => minute(row.as_of) }, { name: 'severity', cell: (row) => SEVERITY[row.severity] ?? row.severity }, { name: 'rule', cell: (row) => row.rule_id }, { name: 'about', cell: (row) => row.scope },
    { name: 'text', isLong: true, cell: (row) => row.text },
  ], rows.slice(0, SHOWN_ALERTS));
}

export function gaps({ dashboard }: Store): HTMLElement {
  const rows = dashboard?.gaps ?? [];
  return rows.length === 0 ? absent('No bar is missing.') : table('Bars that never came: no grade was made of them', [
    { name: 'market', cell: (row) => row.market }, { name: 'from (UTC)', cell: (row) => minute(row.from) }, { name: 'to', cell: (row) => minute(row.to) }, { name: 'reason', isLong: true, cell: (row) => row.reason },
  ], rows);
}
