import { requireInput, seededRandom } from '../../../engine/index.ts';
import { type Feed, marketKey } from '../../types/index.ts';
import { type Backoff, DEFAULT_BACKOFF } from '../backoff.ts';
import { liveFeed } from '../live-feed.ts';
import type { LiveOptions } from '../live-run.ts';
import { systemTimer } from '../timer.ts';
import { KlineRest } from './kline-rest.ts';
import { streamKlines } from './kline-stream.ts';
import { klineInterval } from './klines.ts';
import { RestClient } from './rest-client.ts';

export interface ExchangeOptions extends LiveOptions {
  /** `BTC/USDT` */
  readonly symbols: readonly string[];
  readonly timeframeMs: number;
  /** Of the markets. Default `binance`. */
  readonly venue?: string;
  /** Default https://api.binance.com; https://data-api.binance.vision serves market data alone. */
  readonly restUrl?: string;
  /** Default wss://stream.binance.com:9443; wss://data-stream.binance.vision serves market data alone. */
  readonly wsUrl?: string;
  /** Of the jitter of pauses. Default 1. */
  readonly seed?: number;
  readonly backoff?: Partial<Backoff>;
  /** Attempts at one REST answer. Default 5. */
  readonly attempts?: number;
  /** Of one REST attempt. Default 10 s. */
  readonly requestTimeoutMs?: number;
  readonly breaker?: { readonly failures?: number; readonly pauseMs?: number };
  /** Without a message or a ping for so long the stream is taken for dead. Default 60 s. */
  readonly silenceMs?: number;
}

/** A market that has not traded has a flat kline; one that is not there an hour after its close will not come. */
const SETTLE_MS = 3_600_000;
const MOST_STREAMS = 1_024;

/**
 * Closed klines of Binance, or of whoever speaks its protocol: live by WebSocket, history and whatever is missing by REST. Public data, no keys.
 *
 * throws  InputError `symbols-missing`, `symbols-too-many`, `timeframe-unknown`
 */
export function exchangeFeed({ symbols, timeframeMs, venue = 'binance', restUrl = 'https://api.binance.com', wsUrl = 'wss://stream.binance.com:9443', ...options }: ExchangeOptions): Feed {
  requireInput(symbols.length > 0, 'symbols-missing', 'symbols', 'at least one such as BTC/USDT', symbols.length);
  requireInput(symbols.length <= MOST_STREAMS, 'symbols-too-many', 'symbols', `at most ${MOST_STREAMS}, what one connection carries`, symbols.length);
  klineInterval(timeframeMs);
  const { seed = 1, attempts = 5, requestTimeoutMs: timeoutMs = 10_000, silenceMs = 60_000, breaker, timer = systemTimer, clock, ...live } = options;
  const backoff = { ...DEFAULT_BACKOFF, ...options.backoff };
  const markets = symbols.map((symbol) => ({ venue, symbol, timeframeMs }));
  const client = new RestClient({ baseUrl: restUrl.replace(/\/$/, ''), clock, timer, random: seededRandom(seed, 'exchange-rest'), backoff, attempts, timeoutMs, ...(breaker !== undefined && { breaker }) });
  const rest = new KlineRest(client, clock, new Map(markets.map((market) => [marketKey(market), market])));
  const random = seededRandom(seed, 'exchange-stream');
  return liveFeed({
    name: `${venue} ${klineInterval(timeframeMs)}`,
    markets,
    settleMs: SETTLE_MS,
    fetch: (range, signal) => rest.fetch(range, signal),
    stream: (sink, signal) => streamKlines(sink, { url: wsUrl.replace(/\/$/, ''), markets, timer, random, backoff, silenceMs }, signal),
  }, { maxAskBars: 1_000 - (live.lookBackBars ?? 2), ...live, clock, timer });
}
