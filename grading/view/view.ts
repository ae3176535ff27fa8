import {
  type BarBook, closeTimeMs, type Entry, type EntryType, type InvestorGrade, type Market, marketKey, type ModelBook, type ModelKey, type Processor, type TraderGrade,
} from '../types/index.ts';
import { createRing, type Ring } from './ring.ts';
import { createSignalAccount, type SignalAccount } from './signal-account.ts';
import type { AccountView, IndexView, MarketView, ModelView, MoonshotView, Row, ViewState } from './state.ts';

export interface EntryRange {
  /** By the entries' own time, both ends included. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly types: readonly EntryType[];
}

export type ReadEntries = (range: EntryRange) => Iterable<Entry> | AsyncIterable<Entry>;

export interface ViewOptions {
  readonly bars: BarBook;
  readonly models: ModelBook;
  readonly keep?: {
    /** Grades of a market that are kept; default 2,000. */
    readonly rowsPerMarket?: number;
    /** Outcomes of a model; default 20,000. */
    readonly outcomesPerModel?: number;
    /** Newest entries of all types; default 5,000. */
    readonly recentEntries?: number;
  };
  /** Older entries, from the journal; without it what has fallen out of the rings is said to be missing. */
  readonly readEntries?: ReadEntries;
}

/** What is read outside. Its state is changed by entries alone. */
export interface View extends Processor {
  readonly state: Readonly<ViewState>;
  readonly bars: BarBook;
  readonly models: ModelBook;
  readonly readEntries: ReadEntries | null;
}

const DAILY_ROWS = 800;
const EVENT_ROWS = 1_000;

/** Folds entries into what the API, the stream and the dashboard read; it answers nothing. */
export function createView({ bars, models, keep: { rowsPerMarket = 2_000, outcomesPerModel = 20_000, recentEntries = 5_000 } = {}, readEntries }: ViewOptions): View {
  const markets = new Map<string, MarketView>();
  const accountsOfSignals = new Map<string, SignalAccount>();
  const investors = new Map<string, Ring<Row<InvestorGrade>>>();
  const modelViews = new Map<ModelKey, ModelView>();
  const indices = new Map<string, IndexView>();
  const moonshots = new Map<string, MoonshotView>();
  const accounts = new Map<string, AccountView>();
  const state: ViewState = {
    seq: 0, tsMs: 0, markets, investors, models: modelViews, indices, moonshots, accounts, feed: null,
    alerts: createRing(EVENT_ROWS), gaps: createRing(EVENT_ROWS), lateBars: createRing(EVENT_ROWS), recent: createRing(recentEntries),
  };

  const marketOf = ({ venue, symbol, timeframeMs }: Market): MarketView => {
    const market = { venue, symbol, timeframeMs };
    return existing(markets, marketKey(market), (key) => ({ key, market, grades: createRing(rowsPerMarket), firstOpenMs: null, lastCloseMs: null, lastBar: null }));
  };
  const signalsOf = (key: string): SignalAccount => existing(accountsOfSignals, key, () => createSignalAccount(models));
  const modelOf = (key: ModelKey): ModelView => existing(modelViews, key, () => ({
    outcomes: createRing(outcomesPerModel), healths: createRing(DAILY_ROWS), days: createRing(DAILY_ROWS * 10), transitions: createRing(EVENT_ROWS),
  }));
  const indexOf = (id: string): IndexView => existing(indices, id, () => ({ rebalances: createRing(DAILY_ROWS), values: createRing(DAILY_ROWS * 10), first: null }));
  const accountOf = (id: string): AccountView => existing(accounts, id, () => ({ fills: createRing(EVENT_ROWS), values: createRing(DAILY_ROWS * 10), first: null }));

  const grade = (row: Row<TraderGrade>): void => {
    const { key, grades } = marketOf(row.value);
    const signals = signalsOf(key);
    if (row.value.revision === 0) signals.grade(row.value);
    grades.push({ ...row, signalReturn: signals.signalReturn, holdReturn: signals.holdReturn });
  };

  const apply = (entry: Entry): void => {
    state.seq = entry.seq;
    state.tsMs = entry.tsMs;
    state.recent.push(entry);
    const { type, payload, seq, tsMs } = entry;
    const row = <T>(value: T): Row<T> => ({ seq, tsMs, value });
    switch (type) {
      case 'history_loaded': {
        const market = marketOf(payload.market);
        market.firstOpenMs ??= payload.firstOpenMs;
        if (payload.lastOpenMs !== null) market.lastCloseMs ??= payload.lastOpenMs + payload.market.timeframeMs;
        break;
      }
      case 'bar_received': {
        if (payload.revision !== 0) break;
        const market = marketOf(payload);
        market.firstOpenMs ??= payload.openTimeMs;
        market.lastCloseMs = closeTimeMs(payload);
        market.lastBar = payload;
        signalsOf(market.key).bar(payload);
        break;
      }
      case 'bar_late': state.lateBars.push(row(payload)); break;
      case 'gap': state.gaps.push(row(payload)); break;
      case 'feed_status': state.feed = row(payload); break;
      case 'model_changed': modelOf(payload.transition.model).transitions.push(row(payload.transition)); break;
      case 'transition': modelOf(payload.model).transitions.push(row(payload)); break;
      case 'grade_published':
      case 'grade_revised': grade(row(payload)); break;
      case 'investor_published': existing(investors, `${payload.venue}:${payload.symbol}`, () => createRing<Row<InvestorGrade>>(DAILY_ROWS)).push(row(payload)); break;
      case 'outcome_resolved': modelOf(payload.model).outcomes.push(row(payload)); break;
      case 'model_day': modelOf(payload.model).days.push(row(payload)); break;
      case 'model_health': modelOf(payload.model).healths.push(row(payload)); break;
      case 'index_rebalanced': indexOf(payload.indexId).rebalances.push(row(payload)); break;
      case 'index_valued': {
        const index = indexOf(payload.indexId);
        index.first ??= row(payload);
        index.values.push(row(payload));
        break;
      }
      case 'moonshot_picked': bounded(moonshots, payload.pickId, { pick: row(payload), outcome: null }, EVENT_ROWS * 5); break;
      case 'moonshot_resolved': {
        const moonshot = moonshots.get(payload.pickId);
        if (moonshot !== undefined) moonshot.outcome = row(payload);
        break;
      }
      case 'paper_filled': accountOf(payload.accountId).fills.push(row(payload)); break;
      case 'paper_valued': {
        const account = accountOf(payload.accountId);
        account.first ??= row(payload);
        account.values.push(row(payload));
        break;
      }
      case 'alert_fired': state.alerts.push(row(payload)); break;
      case 'close':
      case 'key_event': break;
    }
  };

  return { name: 'view', apply, respond: () => [], state, bars, models, readEntries: readEntries ?? null };
}

function existing<K, V>(map: Map<K, V>, key: K, create: (key: K) => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = create(key);
  map.set(key, made);
  return made;
}

/** The oldest falls out where there are too many. */
function bounded<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.set(key, value);
  if (map.size <= most) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
