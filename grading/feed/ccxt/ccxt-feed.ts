import { DataError, errorMessage, formatDuration, InputError, requireInput, seededRandom } from '../../../engine/index.ts';
import { type Feed, type Market, marketKey } from '../../types/index.ts';
import { type Backoff, backoffMs, DEFAULT_BACKOFF } from '../backoff.ts';
import { ExchangeClock } from '../exchange-clock.ts';
import { liveFeed } from '../live-feed.ts';
import type { LiveOptions } from '../live-run.ts';
import type { RawBar } from '../raw-bar.ts';
import type { BarRange } from '../sequencer-types.ts';
import { systemTimer } from '../timer.ts';

/** What is used of an exchange object of ccxt. */
export interface CcxtExchange {
  readonly id: string;
  readonly has?: Readonly<Record<string, unknown>>;
  readonly timeframes?: Readonly<Record<string, unknown>>;
  fetchOHLCV(symbol: string, timeframe: string, since?: number, limit?: number): Promise<readonly (readonly (number | null | undefined)[])[]>;
  fetchTime?(): Promise<number | undefined>;
}

export interface CcxtOptions extends LiveOptions {
  readonly exchange: CcxtExchange;
  readonly symbols: readonly string[];
  readonly timeframeMs: number;
  /** Bars of one call. Default 500. */
  readonly pageBars?: number;
  readonly attempts?: number;
  readonly backoff?: Partial<Backoff>;
  readonly requestTimeoutMs?: number;
  readonly seed?: number;
}

/** ccxt's errors that asking again does not mend. */
const REFUSALS = new Set(['BadSymbol', 'BadRequest', 'ArgumentsRequired', 'NotSupported', 'AuthenticationError', 'PermissionDenied', 'AccountSuspended']);
const SETTLE_MS = 3_600_000;

/**
 * Closed candles of any exchange that ccxt knows, asked for after every close; a candle counts once the exchange's clock has passed its close.
 *
 * throws  InputError `exchange-without-candles`, `symbols-missing`, `timeframe-unknown`
 */
export function ccxtFeed({ exchange, symbols, timeframeMs, ...options }: CcxtOptions): Feed {
  const { pageBars = 500, attempts = 4, requestTimeoutMs = 20_000, seed = 1, timer = systemTimer, clock, ...live } = options;
  requireInput(exchange.has?.fetchOHLCV !== false, 'exchange-without-candles', 'exchange', 'one whose candles ccxt can fetch', exchange.id);
  requireInput(symbols.length > 0, 'symbols-missing', 'symbols', 'at least one such as BTC/USDT', symbols.length);
  const timeframe = formatDuration(timeframeMs);
  const known = Object.keys(exchange.timeframes ?? { [timeframe]: timeframe });
  requireInput(known.includes(timeframe), 'timeframe-unknown', 'timeframe', `one that ${exchange.id} has (${known.join(', ')})`, timeframe);
  const markets = symbols.map((symbol): Market => ({ venue: exchange.id, symbol, timeframeMs }));
  const byKey = new Map(markets.map((market) => [marketKey(market), market]));
  const backoff = { ...DEFAULT_BACKOFF, ...options.backoff };
  const random = seededRandom(seed, `ccxt-${exchange.id}`);

  /** throws  InputError `exchange-refused`; DataError `source-unavailable` */
  async function ask<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let failures = 1; ; failures++) {
      try {
        return await withinTime(call(), signal);
      } catch (error) {
        const name = error instanceof Error ? error.constructor.name : '';
        if (REFUSALS.has(name)) throw new InputError('exchange-refused', `${exchange.id} refused: ${errorMessage(error)}`, { cause: error });
        if (failures >= attempts || signal.aborted) throw new DataError('source-unavailable', `${exchange.id} did not answer in ${failures} attempts: ${errorMessage(error)}`, { cause: error });
        await timer.wait(backoffMs(failures, backoff, random), signal);
      }
    }
  }

  async function withinTime<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
    const answered = new AbortController();
    const late = timer.wait(requestTimeoutMs, AbortSignal.any([signal, answered.signal])).then((): never => { throw new Error(`no answer within ${formatDuration(requestTimeoutMs)}`); });
    try {
      return await Promise.race([answer, late]);
    } finally {
      late.catch(() => null);
      answered.abort();
    }
  }

  const exchangeClock = new ExchangeClock(clock, async (signal) => {
    const told = exchange.has?.fetchTime === false ? undefined : await ask(async () => exchange.fetchTime?.(), signal);
    return told ?? clock.nowMs();
  });

  async function fetch({ key, fromMs, toMs }: BarRange, signal: AbortSignal): Promise<readonly RawBar[]> {
    const nowMs = await exchangeClock.nowMs(signal);
    const { symbol } = byKey.get(key) as Market;
    const bars = new Map<number, RawBar>();
    for (let since = Math.max(0, fromMs); since < toMs; ) {
      const limit = Math.min(pageBars, Math.ceil((toMs - since) / timeframeMs));
      const page = (await ask(() => exchange.fetchOHLCV(symbol, timeframe, since, limit), signal)).map((row) => barOf(key, row, nowMs - timeframeMs));
      for (const bar of page) if (bar.openTimeMs < toMs) bars.set(bar.openTimeMs, bar);
      const lastMs = page.reduce((last, bar) => Math.max(last, bar.openTimeMs), -Infinity);
      // an empty page may lie before the listing, or in a hole
      since = lastMs < since ? since + limit * timeframeMs : lastMs + timeframeMs;
    }
    return [...bars.values()].sort((a, b) => a.openTimeMs - b.openTimeMs);
  }
  return liveFeed({ name: `${exchange.id} by ccxt ${timeframe}`, markets, settleMs: SETTLE_MS, fetch }, { maxAskBars: pageBars - (live.lookBackBars ?? 2), ...live, clock, timer });
}

function barOf(key: string, [openTimeMs, open, high, low, close, volume]: readonly (number | null | undefined)[], lastClosedMs: number): RawBar {
  const price = (value: number | null | undefined): number => value ?? Number.NaN;
  return { key, openTimeMs: price(openTimeMs), open: price(open), high: price(high), low: price(low), close: price(close), volume: volume ?? null, isFinal: price(openTimeMs) <= lastClosedMs };
}

/**
 * An exchange of the optional package ccxt, for public data.
 *
 * throws  InputError `ccxt-missing`, `exchange-unknown`
 */
export async function openCcxtExchange(id: string): Promise<CcxtExchange> {
  // by a variable: the package is not there at compile time
  const name = 'ccxt';
  const module = (await import(name).catch((error: unknown) => {
    throw new InputError('ccxt-missing', `ccxt must be installed for the feed ccxt:${id}; run: npm install ccxt`, { cause: error });
  })) as Readonly<Record<string, unknown>> & { readonly default?: Readonly<Record<string, unknown>> };
  const library = module.default ?? module;
  const Exchange = Object.hasOwn(library, id) ? library[id] : undefined;
  requireInput(typeof Exchange === 'function', 'exchange-unknown', 'exchange', 'one that ccxt knows, in lower case', id);
  return new (Exchange as new (options: object) => CcxtExchange)({ enableRateLimit: true });
}
