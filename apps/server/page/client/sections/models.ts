import { lines } from '../charts.ts';
import { absent, h, s, table } from '../dom.ts';
import { day, fixed, minute, NONE, percent, signedPercent } from '../format.ts';
import { growthOf, promisedBand } from '../promise.ts';
import type { Known, Store } from '../store.ts';
import type { LiveRow, ModelRow, MonitorRow, Part, VersionRow } from '../types.ts';

/** Every model: its state, its grade with the parts, its monitors, and what it did against what it promised. */
export function models(store: Store): HTMLElement {
  const rows = store.dashboard?.models ?? [];
  if (rows.length === 0) return absent('No model has been promoted yet: assay promote report.html.');
  return h('div', {}, rows.map((row) => modelOf(row, store.lives.get(row.model), store.versions.get(row.model))), transitions(store));
}

function modelOf(row: ModelRow, live: Known<LiveRow> | undefined, version: Known<VersionRow> | undefined): HTMLElement {
  const facts = live?.rows?.[0];
  const health = facts?.health ?? null;
  return h('article', { class: 'model', 'aria-label': row.model },
    h('h3', {}, row.model, ' ', h('span', { class: row.state === 'WATCH' || row.state === 'SUSPENDED' ? 'mark' : 'mark calm' }, row.state), row.aliases.length > 0 && h('span', { class: 'quiet' }, ` ${row.aliases.map((name) => `@${name}`).join(' ')}`)),
    h('p', { class: 'quiet' }, `${row.strategy ?? 'its code is gone'} · ${row.timeframe ?? NONE} · since ${day(row.since)} · ${row.live_days ?? 0} live days · `, promiseText(row)),
    live?.reason !== null && live !== undefined ? absent(`What it does live cannot be shown: ${live.reason}.`) : null,
    h('div', { class: 'two' },
      h('div', {}, h('p', {}, gradeText(row)), health !== null && partsBar(row.model, health.parts)),
      facts !== undefined && againstPromise(facts, version?.rows?.[0])),
    health === null ? absent('No monitor has judged it yet: once a UTC day.') : [strip(health.monitors), monitorTable(row.model, health.monitors)]);
}

function promiseText({ promise }: ModelRow): string {
  if (promise === null) return 'its promise is not known';
  return `promised Sharpe ${fixed(promise.sharpe_ann, 2)}, max. drawdown ${percent(promise.max_drawdown)}, IC ${fixed(promise.ic_mean, 3)} over ${promise.bars} bars`;
}

function gradeText({ model_grade: grade, letter, provisional }: ModelRow): string {
  if (grade === null) return 'Model grade: none yet';
  return `Model grade ${letter ?? ''} ${fixed(grade, 1)}${provisional === true ? ' (provisional: below 30 live days, at most 60)' : ''}`;
}

/** Points of each part as a bar, what is missing as a hairline box; the figures are in the table below. */
function partsBar(model: string, parts: Readonly<Record<string, Part>>): HTMLElement {
  let at = 0;
  const bars = Object.entries(parts).map(([name, part], i) => {
    const x = at;
    at += part.of;
    return s('g', {}, s('title', {}, name), s('rect', { class: 'hair', x: 3.4 * x, y: 2, width: 3.4 * part.of, height: 14 }), s('rect', { class: `p${i}`, x: 3.4 * x, y: 2, width: 3.4 * (part.points ?? 0), height: 14 }));
  });
  return h('div', {}, s('svg', { viewBox: '0 0 341 18', width: 341, height: 18, 'aria-hidden': 'true' }, bars),
    table(`Parts of the grade of ${model}`, [
      { name: 'part', cell: ([name]) => name }, { name: 'points', isNumber: true, cell: ([, part]) => `${fixed(part.points, 1)} of ${part.of}` }, { name: 'n', isNumber: true, cell: ([, part]) => part.n }, { name: 'why', isLong: true, cell: ([, part]) => part.why },
    ], Object.entries(parts)));
}

function againstPromise({ days, outcomes }: LiveRow, version: VersionRow | undefined): HTMLElement {
  const ordered = days.toReversed();
  const told = outcomes.n === 0 ? 'No outcome is known yet.' : `${outcomes.n} outcomes, direction right in ${percent(outcomes.hit_rate)}, mean net ${signedPercent(outcomes.mean_net_return, 2)}.`;
  if (ordered.length < 2) return h('div', {}, absent('Fewer than two live days: nothing to draw against the promise.'), h('p', {}, told));
  const band = promisedBand(version?.manifest?.oos?.daily_returns ?? [], ordered.length);
  return h('div', {},
    lines([{ name: 'net, live', values: growthOf(ordered.map((one) => one.net_return)) }], { title: 'Growth of the model account', from: ordered[0].date, to: ordered[ordered.length - 1].date, text: (value) => signedPercent(value), ...(band === null ? {} : { band }), height: 150 }),
    h('p', { class: 'note' }, band === null ? 'No band: the promise has too few days. ' : 'Band: 5–95 % of what its out-of-sample days give in as many days (block bootstrap, day by day: not a test). ', told));
}

const WORD = { ok: '✓', warn: '!', watch: '!!', suspend: '✕', 'n/a': '–' } as const;

function strip(monitors: readonly MonitorRow[]): HTMLElement {
  return h('ul', { class: 'strip', 'aria-label': 'Monitors: ✓ ok, ! warn, !! watch, ✕ suspend, – cannot be told yet' }, monitors.map((one) => h('li', { class: `s-${one.state.replace('/', '')}`, title: `${one.name}: ${one.state}, ${one.reason}` }, h('b', {}, one.id), WORD[one.state], h('span', { class: 'sr' }, ` ${one.state}`))));
}

function monitorTable(model: string, monitors: readonly MonitorRow[]): HTMLElement {
  return h('details', { id: `monitors-${model}` }, h('summary', {}, 'Monitors in figures, with reasons'), table(`Monitors of ${model}`, [
    { name: 'test', cell: (one) => `${one.id} ${one.name}` }, { name: 'state', cell: (one) => `${WORD[one.state]} ${one.state}` }, { name: 'value', isNumber: true, cell: (one) => fixed(one.value, 3) },
    { name: 'watch at', isNumber: true, cell: (one) => fixed(one.watch_at, 3) }, { name: 'suspend at', isNumber: true, cell: (one) => fixed(one.suspend_at, 3) }, { name: 'n', isNumber: true, cell: (one) => one.n },
    { name: 'reason', isLong: true, cell: (one) => one.reason },
  ], monitors));
}

function transitions({ dashboard }: Store): HTMLElement {
  const rows = dashboard?.transitions ?? [];
  return rows.length === 0 ? absent('No model has changed its state yet.') : table('Changes of state, the newest first', [
    { name: 'model', cell: (one) => one.model }, { name: 'when (UTC)', cell: (one) => minute(one.date) }, { name: 'change', cell: (one) => `${one.from ?? 'new'} → ${one.to}` }, { name: 'by', cell: (one) => one.actor },
    { name: 'value', isNumber: true, cell: (one) => fixed(one.value, 2) }, { name: 'threshold', isNumber: true, cell: (one) => fixed(one.threshold, 2) }, { name: 'reason', isLong: true, cell: (one) => one.reason },
  ], rows);
}

/** Promoted reports; a report's file is named by its hash, the version's page is JSON. */
export function reports(store: Store): HTMLElement {
  const rows = store.dashboard?.models ?? [];
  return rows.length === 0 ? absent('No report has been promoted yet.') : table('Promoted versions', [
    { name: 'model', cell: (row) => h('a', { href: `/v1/models/${encodeURIComponent(row.model_id)}/versions/${row.version}` }, row.model) },
    { name: 'verdict', cell: (row) => store.versions.get(row.model)?.rows?.[0]?.manifest?.verdict?.decision ?? NONE },
    { name: 'report (sha256)', cell: (row) => h('span', { class: 'sha' }, store.versions.get(row.model)?.rows?.[0]?.manifest?.provenance?.report_sha256?.slice(0, 16) ?? NONE) },
    { name: 'version file (sha256)', cell: (row) => h('span', { class: 'sha' }, row.sha256?.slice(0, 16) ?? NONE) },
  ], rows);
}
