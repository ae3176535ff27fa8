export * from './analytics/index.ts';
export { type Freshness, freshness, isStale, nextCloseMs, STALE_TIMEFRAMES } from './freshness.ts';
export { type GradeFilter, gradeRows, type MarketFilter, marketsOf, matches } from './grade-rows.ts';
export { type Action, actionOf, ACTIONS, bandOf, gradeSignal, momentumOf } from './labels.ts';
export { createRing, type Ring } from './ring.ts';
export { createSignalAccount, type SignalAccount } from './signal-account.ts';
export type { AccountView, GradeRow, IndexView, MarketView, ModelView, MoonshotView, Row, ViewState } from './state.ts';
export { createView, type EntryRange, type ReadEntries, type View, type ViewOptions } from './view.ts';
