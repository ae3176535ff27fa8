import { barAtOrAfter, type Bars, DAY_MS, errorMessage, sliceBars, tradesTogether } from '../../engine/index.ts';
import {
  type BarBook, type Entry, type EntryDraft, type LoadedModel, type Market, marketKey, type ModelBook, type ModelDay, type ModelKey, type ModelState, type Processor,
} from '../types/index.ts';
import { accountDay } from './account-day.ts';

const GRADING_STATES: readonly ModelState[] = ['CANDIDATE', 'SHADOW', 'LIVE', 'WATCH'];

export interface ModelDaysOptions {
  readonly bars: BarBook;
  readonly models: ModelBook;
  /** An account that is older begins anew half as many days back, so that its bars stay bounded; default 400. */
  readonly accountDays?: number;
  /** Bars that the book keeps: an account is no longer than they allow. */
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
export function createModelDays({ bars, models, accountDays = DEFAULT_ACCOUNT_DAYS, keepBars = Infinity }: ModelDaysOptions): ModelDays {
  const startOf = new Map<ModelKey, number>();
  const skipped = new Map<string, string>();

  const dayOf = (model: Account, dayMs: number, endMs: number): EntryDraft[] => {
    const { key, state, version: { timeframeMs, memoryBars }, strategy } = model.model;
    const registeredMs = startOf.get(key) ?? Infinity;
    if (dayMs < registeredMs) return [];
    const memory = memoryOf(strategy.warmupBars(model.model.version.strategy.params), memoryBars) + 1;
    const longestMs = Math.min(accountDays * DAY_MS, Math.floor(((keepBars - memory) * timeframeMs) / DAY_MS) * DAY_MS);
    const startMs = anchorOf(registeredMs, endMs, Math.max(4 * DAY_MS, longestMs));
    const count = memory + Math.ceil((endMs - startMs) / timeframeMs);
    const windows = model.markets.map((market) => until(bars.window(marketKey(market), count), endMs));
    const id = `${key} ${model.venue}:${model.symbol}`;
    try {
      const { figures, reason } = windows.every((window) => window !== null) ? accountDay(model.model, windows, { startMs, dayMs }) : { figures: null, reason: 'a market has no bars' };
      if (reason === null) skipped.delete(id);
      else skipped.set(id, reason);
      if (figures === null) return [];
      const payload: ModelDay = { model: key, state, venue: model.venue, symbol: model.symbol, dayMs, ...figures };
      return [{ type: 'model_day', model: key, payload }];
    } catch (error) {
      // A strategy's own code; the other models must not miss their day.
      skipped.set(id, errorMessage(error));
      return [];
    }
  };

  return {
    name: 'model-days',
    skipped: () => skipped,
    apply(entry: Entry): void {
      if (entry.type === 'model_changed' && !startOf.has(entry.payload.transition.model)) startOf.set(entry.payload.transition.model, entry.tsMs);
    },
    respond(entry: Entry): readonly EntryDraft[] {
      if (entry.type !== 'close' || entry.payload.closeTimeMs % DAY_MS !== 0) return [];
      const { timeframeMs, closeTimeMs } = entry.payload;
      const dayMs = closeTimeMs - Math.max(DAY_MS, timeframeMs);
      return accountsOf(bars, models, timeframeMs).flatMap((account) => dayOf(account, dayMs, closeTimeMs));
    },
  };
}

interface Account {
  readonly model: LoadedModel & { readonly state: ModelState };
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
