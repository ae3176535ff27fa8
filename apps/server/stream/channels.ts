import { z } from 'zod';
import { formatDuration, formatTime } from '../../../engine/index.ts';
import { closeTimeMs, type Entry, type GradeRow, marketKey } from '../../../grading/index.ts';
import type { Call } from '../endpoints/index.ts';
import { moonshotOf, moonshotRow } from '../endpoints/portfolios.ts';
import { signalOf, signalRow } from '../endpoints/signals.ts';
import type { Scope } from '../keys/index.ts';
import { investorGradeOf, investorGradeRow, traderGradeOf, traderGradeRow } from '../rows/grades.ts';
import { alertOf, alertRow, healthOf, healthRow, transitionOf, transitionRow } from '../rows/models.ts';
import { dateTime, nullable, rounded } from '../rows/number.ts';
import { tokenFields, tokenOf } from '../rows/token.ts';

/** A row and the pair that it is about, `binance:BTC/USDT`; null where it is about none. */
export interface StreamRow {
  readonly pair: string | null;
  readonly row: object;
}

/** One kind of rows that a client can follow. */
export interface Channel {
  readonly scope: Scope;
  readonly row: z.ZodType;
  snapshot(call: Call): readonly StreamRow[];
  /** Null for entries that say nothing here. */
  delta(entry: Entry, call: Call): StreamRow | null;
}

const pairOf = ({ venue, symbol }: { readonly venue: string; readonly symbol: string }): string => `${venue}:${symbol}`;
const latest = (call: Call): GradeRow[] => [...call.server.view.state.markets.values()].flatMap(({ grades }) => grades.newest(4).find(({ value }) => value.revision === 0) ?? []);
const grade = (row: GradeRow, call: Call): StreamRow => ({ pair: pairOf(row.value), row: traderGradeOf(row, { tokens: call.server.tokens, withModels: false }) });
const signal = (row: GradeRow, call: Call): StreamRow => ({ pair: pairOf(row.value), row: signalOf(row, call) });

/** The row of an entry as the view holds it, with what signals had returned by then. */
function gradeRowOf(entry: Entry, { server: { view } }: Call): GradeRow | null {
  if (entry.type !== 'grade_published' && entry.type !== 'grade_revised') return null;
  const kept = view.state.markets.get(marketKey(entry.payload))?.grades.newest(100).find(({ seq }) => seq === entry.seq);
  return kept ?? { seq: entry.seq, tsMs: entry.tsMs, value: entry.payload, signalReturn: null, holdReturn: null };
}

const priceRow = z.strictObject({ ...tokenFields, date: dateTime(), timeframe: z.string(), open: z.number(), high: z.number(), low: z.number(), close: z.number(), volume: nullable(), revision: z.number().int(), final: z.literal(true) });

function price(bar: Extract<Entry, { type: 'bar_received' }>['payload'], { server: { tokens } }: Call): StreamRow {
  const { open, high, low, close, volume, revision, timeframeMs } = bar;
  return { pair: pairOf(bar), row: { ...tokenOf(bar, tokens), date: formatTime(closeTimeMs(bar)), timeframe: formatDuration(timeframeMs), open, high, low, close, volume, revision, final: true } };
}

const indexRow = z.strictObject({ index_id: z.string(), date: dateTime(), value: nullable(), baseline_value: nullable() });
const accountRow = z.strictObject({ account_id: z.string(), date: dateTime(), equity: nullable(), cash: nullable(), holding_equity: nullable() });

function indexValue({ indexId, atMs, value, baselineValue }: Extract<Entry, { type: 'index_valued' }>['payload']): StreamRow {
  return { pair: null, row: { index_id: indexId, date: formatTime(atMs), value: rounded(value, 4), baseline_value: rounded(baselineValue, 4) } };
}

function accountValue({ accountId, atMs, equityQuote, cashQuote, holdEquityQuote }: Extract<Entry, { type: 'paper_valued' }>['payload']): StreamRow {
  return { pair: null, row: { account_id: accountId, date: formatTime(atMs), equity: rounded(equityQuote, 2), cash: rounded(cashQuote, 2), holding_equity: rounded(holdEquityQuote, 2) } };
}

const about = (row: object): StreamRow => ({ pair: null, row });
const SHOWN = 50;

export const CHANNELS = {
  trader_grades: {
    scope: 'grades:read', row: traderGradeRow, snapshot: (call) => latest(call).map((row) => grade(row, call)),
    delta: (entry, call) => { const row = gradeRowOf(entry, call); return row === null ? null : grade(row, call); },
  },
  signals: {
    scope: 'grades:read', row: signalRow, snapshot: (call) => latest(call).map((row) => signal(row, call)),
    delta: (entry, call) => { const row = entry.type === 'grade_published' ? gradeRowOf(entry, call) : null; return row === null ? null : signal(row, call); },
  },
  investor_grades: {
    scope: 'grades:read', row: investorGradeRow,
    snapshot: (call) => [...call.server.view.state.investors].flatMap(([pair, ring]) => { const last = ring.last(); return last === null ? [] : [{ pair, row: investorGradeOf(last, call.server.tokens) }]; }),
    delta: (entry, call) => (entry.type === 'investor_published' ? { pair: pairOf(entry.payload), row: investorGradeOf({ seq: entry.seq, tsMs: entry.tsMs, value: entry.payload }, call.server.tokens) } : null),
  },
  prices: {
    scope: 'grades:read', row: priceRow, snapshot: (call) => [...call.server.view.state.markets.values()].flatMap(({ lastBar }) => (lastBar === null ? [] : [price(lastBar, call)])),
    delta: (entry, call) => (entry.type === 'bar_received' ? price(entry.payload, call) : null),
  },
  models: {
    scope: 'models:read', row: healthRow, snapshot: (call) => [...call.server.view.state.models.values()].flatMap(({ healths }) => { const last = healths.last(); return last === null ? [] : [about(healthOf(last))]; }),
    delta: (entry) => (entry.type === 'model_health' ? about(healthOf({ seq: entry.seq, tsMs: entry.tsMs, value: entry.payload })) : null),
  },
  transitions: {
    scope: 'models:read', row: transitionRow,
    snapshot: (call) => [...call.server.view.state.models.values()].flatMap(({ transitions }) => transitions.newest(SHOWN)).sort((a, b) => b.seq - a.seq).slice(0, SHOWN).map((row) => about(transitionOf(row))),
    delta({ seq, tsMs, type, payload }) {
      if (type === 'transition') return about(transitionOf({ seq, tsMs, value: payload }));
      return type === 'model_changed' ? about(transitionOf({ seq, tsMs, value: payload.transition })) : null;
    },
  },
  alerts: {
    scope: 'grades:read', row: alertRow, snapshot: (call) => call.server.view.state.alerts.newest(SHOWN).map((row) => about(alertOf(row))),
    delta: (entry) => (entry.type === 'alert_fired' ? about(alertOf({ seq: entry.seq, tsMs: entry.tsMs, value: entry.payload })) : null),
  },
  indices: {
    scope: 'grades:read', row: indexRow, snapshot: (call) => [...call.server.view.state.indices.values()].flatMap(({ values }) => { const last = values.last(); return last === null ? [] : [indexValue(last.value)]; }),
    delta: (entry) => (entry.type === 'index_valued' ? indexValue(entry.payload) : null),
  },
  moonshots: {
    scope: 'grades:read', row: moonshotRow, snapshot: (call) => [...call.server.view.state.moonshots.values()].slice(-SHOWN).map((one) => about(moonshotOf(one, call))),
    delta(entry, call) {
      if (entry.type !== 'moonshot_picked' && entry.type !== 'moonshot_resolved') return null;
      const kept = call.server.view.state.moonshots.get(entry.payload.pickId);
      return kept === undefined ? null : about(moonshotOf(entry.type === 'moonshot_picked' ? { ...kept, outcome: null } : kept, call));
    },
  },
  paper: {
    scope: 'grades:read', row: accountRow, snapshot: (call) => [...call.server.view.state.accounts.values()].flatMap(({ values }) => { const last = values.last(); return last === null ? [] : [accountValue(last.value)]; }),
    delta: (entry) => (entry.type === 'paper_valued' ? accountValue(entry.payload) : null),
  },
} as const satisfies Readonly<Record<string, Channel>>;

export type ChannelName = keyof typeof CHANNELS;
export const CHANNEL_NAMES = Object.keys(CHANNELS) as ChannelName[];
