import type {
  ClosedBar, Entry, EntryPayloads, FiredAlert, IndexRebalance, IndexValue, InvestorGrade, Market, ModelDay, ModelHealth, ModelKey, MoonshotOutcome, MoonshotPick, Outcome, PaperFill, PaperValue,
  TraderGrade, Transition,
} from '../types/index.ts';
import type { Ring } from './ring.ts';

/** What an entry said, and when it became known. */
export interface Row<T> {
  readonly seq: number;
  readonly tsMs: number;
  readonly value: T;
}

/** A grade with what following the market's signals, and holding it, had returned by then since grading began: simple returns, net. */
export interface GradeRow extends Row<TraderGrade> {
  readonly signalReturn: number | null;
  readonly holdReturn: number | null;
}

export interface MarketView {
  readonly key: string;
  readonly market: Market;
  readonly grades: Ring<GradeRow>;
  firstOpenMs: number | null;
  lastCloseMs: number | null;
  lastBar: ClosedBar | null;
}

export interface IndexView {
  readonly rebalances: Ring<Row<IndexRebalance>>;
  readonly values: Ring<Row<IndexValue>>;
  first: Row<IndexValue> | null;
}

export interface AccountView {
  readonly fills: Ring<Row<PaperFill>>;
  readonly values: Ring<Row<PaperValue>>;
  first: Row<PaperValue> | null;
}

export interface MoonshotView {
  readonly pick: Row<MoonshotPick>;
  outcome: Row<MoonshotOutcome> | null;
}

export interface ModelView {
  readonly outcomes: Ring<Row<Outcome>>;
  readonly healths: Ring<Row<ModelHealth>>;
  readonly days: Ring<Row<ModelDay>>;
  readonly transitions: Ring<Row<Transition>>;
}

/** Everything that is read outside, as the entries have told it so far. */
export interface ViewState {
  seq: number;
  tsMs: number;
  readonly markets: ReadonlyMap<string, MarketView>;
  /** By `venue:symbol`. */
  readonly investors: ReadonlyMap<string, Ring<Row<InvestorGrade>>>;
  readonly models: ReadonlyMap<ModelKey, ModelView>;
  readonly indices: ReadonlyMap<string, IndexView>;
  readonly moonshots: ReadonlyMap<string, MoonshotView>;
  readonly accounts: ReadonlyMap<string, AccountView>;
  readonly alerts: Ring<Row<FiredAlert>>;
  readonly gaps: Ring<Row<EntryPayloads['gap']>>;
  readonly lateBars: Ring<Row<ClosedBar>>;
  feed: Row<EntryPayloads['feed_status']> | null;
  /** Newest entries of all types, for streams that go on from a place. */
  readonly recent: Ring<Entry>;
}
