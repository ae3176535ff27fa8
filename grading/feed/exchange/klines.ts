import { DAY_MS, HOUR_MS, MINUTE_MS, requireInput, SECOND_MS, WEEK_MS } from '../../../engine/index.ts';
import type { RawBar } from '../raw-bar.ts';

/** Binance's names of timeframes; months have no fixed length and are left out. */
const INTERVALS: ReadonlyMap<number, string> = new Map([
  [SECOND_MS, '1s'], [MINUTE_MS, '1m'], [3 * MINUTE_MS, '3m'], [5 * MINUTE_MS, '5m'], [15 * MINUTE_MS, '15m'], [30 * MINUTE_MS, '30m'], [HOUR_MS, '1h'],
  [2 * HOUR_MS, '2h'], [4 * HOUR_MS, '4h'], [6 * HOUR_MS, '6h'], [8 * HOUR_MS, '8h'], [12 * HOUR_MS, '12h'], [DAY_MS, '1d'], [3 * DAY_MS, '3d'], [WEEK_MS, '1w'],
]);

/** throws  InputError `timeframe-unknown` */
export function klineInterval(timeframeMs: number): string {
  const interval = INTERVALS.get(timeframeMs);
  requireInput(interval !== undefined, 'timeframe-unknown', 'timeframe', `one that the exchange has (${[...INTERVALS.values()].join(', ')})`, `${timeframeMs} ms`);
  return interval;
}

/**
 * A row of `/api/v3/klines`; null where it is none. It is final when the exchange's own clock has passed its close.
 *
 * source  Binance Spot API, "Kline/Candlestick data": [open time, open, high, low, close, volume, close time, …], numbers as text
 */
export function barOfRow(key: string, row: unknown, exchangeNowMs: number): RawBar | null {
  if (!Array.isArray(row) || row.length < 7) return null;
  const [openTimeMs, open, high, low, close, volume, lastMs] = row.map(Number);
  return Number.isFinite(openTimeMs) ? { key, openTimeMs, open, high, low, close, volume, isFinal: exchangeNowMs > lastMs } : null;
}

export interface KlineEvent {
  /** `BTCUSDT` */
  readonly exchangeSymbol: string;
  readonly interval: string;
  readonly bar: Omit<RawBar, 'key'>;
}

/**
 * A message of a combined stream; null where it holds no kline.
 *
 * source  Binance WebSocket Streams, "Kline/Candlestick Streams": {stream, data: {e: 'kline', s, k: {t, i, o, h, l, c, v, x}}}
 */
export function klineOfMessage(message: unknown): KlineEvent | null {
  const data = fieldOf(message, 'data') ?? message;
  const kline = fieldOf(data, 'k');
  if (fieldOf(data, 'e') !== 'kline' || kline === undefined) return null;
  const number = (name: string): number => Number(fieldOf(kline, name) ?? Number.NaN);
  return {
    exchangeSymbol: String(fieldOf(data, 's')),
    interval: String(fieldOf(kline, 'i')),
    bar: { openTimeMs: number('t'), open: number('o'), high: number('h'), low: number('l'), close: number('c'), volume: number('v'), isFinal: fieldOf(kline, 'x') === true },
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
