import { barAtOrAfter, type Bars, DAY_MS, errorMessage, sliceBars, tradesTogether } from '../../engine/index.ts';
import {
  type BarBook, type Entry, type EntryDraft, type KnownModel, type LoadedModel, type Market, marketKey, type ModelBook, type ModelState, type Processor,
} from '../types/index.ts';
import { accountDay, type AccountDay, type DayFigures } from './account-day.ts';

const GRADING_STATES: readonly ModelState[] = ['CANDIDATE', 'SHADOW', 'LIVE', 'WATCH'];

export interface ModelDaysOptions {
  readonly bars: BarBook;
  readonly models: ModelBook;
  /** An account that is older begins anew half as many days back, so that its bars stay bounded; default 400. */
  readonly accountDays?: number;
  /** Bars that the book keeps of a market: no account is longer than they allow. Without, a book that forgets moves an account's start every day. */
  readonly keepBars?: number;
}

export interface ModelDays extends Processor {
  /** Why the latest day of an account was not measured, by model and market. */
  skipped(): ReadonlyMap<string, string>;
}

const DEFAULT_ACCOUNT_DAYS = 400;

/** Bars that the book must keep of a market for a model's account. */
export function modelDayBars({ strategy, version }: LoadedModel, accountDays = DEFAULT_ACCOUNT_DAYS): number {
  return memoryOf(strategy.warmupBars(version.strategy.params), version.memoryBars) + Math.ceil((accountDays * DAY_MS) / version.timeframeMs) + 1;
}

/**
 * What every model that grades has earned on each UTC day: its own account on each of its markets, held on from the time it was registered.
 *
 * Strategies of several markets trade one account: its day goes under their symbols joined by `+`, of a portfolio under `portfolio`.
 * A day that began before the model was registered is not counted.
 */
export function createModelDays(options: ModelDaysOptions): ModelDays {
  const { bars, models } = options;
  const skipped = new Map<string, string>();

  const dayOf = (account: Account, dayMs: number): EntryDraft[] => {
    const { model: { key, state, registeredMs }, venue, symbol } = account;
    if (dayMs < registeredMs) return [];
    const id = `${key} ${venue}:${symbol}`;
    const { figures, reason } = dayOfAccount(options, account, dayMs);
    if (reason === null) skipped.delete(id);
    else skipped.set(id, reason);
    return figures === null ? [] : [{ type: 'model_day', model: key, payload: { model: key, state, venue, symbol, dayMs, ...figures } }];
  };

  return {
    name: 'model-days',
    skipped: () => skipped,
    apply: () => undefined,
    respond(entry: Entry): readonly EntryDraft[] {
      if (entry.type !== 'close' || entry.payload.closeTimeMs % DAY_MS !== 0) return [];
      const { timeframeMs, closeTimeMs } = entry.payload;
      const dayMs = closeTimeMs - Math.max(DAY_MS, timeframeMs);
      return accountsOf(bars, models, timeframeMs).flatMap((account) => dayOf(account, dayMs));
    },
  };
}

/** A day of a model's own account on one market, from the bars of any book; null where it has none. */
export function accountDayOf(options: ModelDaysOptions, { key }: LoadedModel, market: Market, dayMs: number): DayFigures | null {
  const model = options.models.get(key);
  if (model === null || dayMs < model.registeredMs) return null;
  return dayOfAccount(options, { model, markets: [market], venue: market.venue, symbol: market.symbol }, dayMs).figures;
}

function dayOfAccount({ bars, accountDays = DEFAULT_ACCOUNT_DAYS, keepBars = Infinity }: ModelDaysOptions, { model, markets }: Account, dayMs: number): AccountDay {
  const { version: { timeframeMs, memoryBars, strategy: { params } }, strategy, registeredMs } = model;
  const endMs = dayMs + Math.max(DAY_MS, timeframeMs);
  try {
    const memory = memoryOf(strategy.warmupBars(params), memoryBars) + 1;
    const keptDays = Math.floor(((keepBars - memory) * timeframeMs) / DAY_MS);
    const startMs = anchorOf(registeredMs, endMs, Math.max(2, Math.min(accountDays, keptDays)) * DAY_MS);
    const count = memory + Math.ceil((endMs - startMs) / timeframeMs);
    const windows = markets.map((market) => until(bars.window(marketKey(market), count + sinceBars(bars, market, endMs)), endMs));
    return windows.every((window) => window !== null) ? accountDay(model, windows, { startMs, dayMs }) : { figures: null, reason: 'a market has no bars' };
  } catch (error) {
    // A strategy's own code; the other models must not miss their day.
    return { figures: null, reason: errorMessage(error) };
  }
}

/** Bars that came after a time at most. */
function sinceBars(bars: BarBook, market: Market, endMs: number): number {
  const last = bars.last(marketKey(market));
  return last === null ? 0 : Math.max(0, Math.ceil((last.openTimeMs + market.timeframeMs - endMs) / market.timeframeMs));
}

interface Account {
  readonly model: KnownModel;
  readonly markets: readonly Market[];
  readonly venue: string;
  readonly symbol: string;
}

/** One account a market, or one for all markets of a strategy that trades them together. */
function accountsOf(bars: BarBook, models: ModelBook, timeframeMs: number): Account[] {
  const markets = bars.markets().filter((market) => market.timeframeMs === timeframeMs).toSorted((a, b) => (marketKey(a) < marketKey(b) ? -1 : 1));
  return models.all().filter(({ state, version }) => GRADING_STATES.includes(state) && version.timeframeMs === timeframeMs).flatMap((model): Account[] => {
    if (tradesTogether(model.strategy)) return together(model, markets);
    const own = markets.filter((market) => models.grading(market).some(({ key }) => key === model.key));
    return own.map((market) => ({ model, markets: [market], venue: market.venue, symbol: market.symbol }));
  });
}

/** Legs in the order in which the model was validated; of a portfolio every market of its universe. */
function together(model: Account['model'], markets: readonly Market[]): Account[] {
  const { universe, data } = model.version;
  if (model.strategy.legs === 'any') {
    const own = markets.filter(({ venue, symbol }) => universe === 'any' || universe.includes(`${venue}:${symbol}`));
    return own.length === 0 ? [] : [{ model, markets: own, venue: own[0].venue, symbol: 'portfolio' }];
  }
  const legs = data.map(({ instrument }) => markets.find(({ venue, symbol }) => venue === instrument.venue && symbol === instrument.symbol));
  const found = legs.filter((leg) => leg !== undefined);
  return found.length === 0 || found.length < legs.length ? [] : [{ model, markets: found, venue: found[0].venue, symbol: found.map(({ symbol }) => symbol).join('+') }];
}

function memoryOf(warmupBars: number, memoryBars: number): number {
  return Math.max(warmupBars, memoryBars) + 1;
}

/** The start itself for so long; then the last half period that leaves between a half and a whole one. */
function anchorOf(startMs: number, nowMs: number, longestMs: number): number {
  const half = longestMs / 2;
  return startMs + Math.max(0, Math.floor((nowMs - startMs) / half) - 1) * half;
}

/** Bars that have closed by a time. */
function until(window: Bars | null, endMs: number): Bars | null {
  return window === null ? null : sliceBars(window, 0, barAtOrAfter(window, endMs));
}
