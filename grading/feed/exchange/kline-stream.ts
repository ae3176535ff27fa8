import { type RawData, WebSocket } from 'ws';
import { errorMessage, type Random } from '../../../engine/index.ts';
import { type Market, marketKey } from '../../types/index.ts';
import { type Backoff, backoffMs } from '../backoff.ts';
import type { BarSink } from '../bar-source.ts';
import type { Timer } from '../timer.ts';
import { exchangeSymbolOf } from './kline-rest.ts';
import { klineInterval, klineOfMessage } from './klines.ts';

export interface StreamOptions {
  readonly url: string;
  readonly markets: readonly Market[];
  readonly timer: Timer;
  readonly random: Random;
  readonly backoff: Backoff;
  /** Without a message or a ping for so long the connection is taken for dead. The exchange pings every 20 s. */
  readonly silenceMs: number;
}

/** Streams named in the address; the rest is subscribed to by messages, of which the exchange takes five a second. */
const STREAMS_A_MESSAGE = 100;
const BETWEEN_MESSAGES_MS = 250;

/**
 * Klines by WebSocket, until the signal aborts: connects again after whatever ends a connection (the exchange does so every 24 hours).
 *
 * source  Binance WebSocket Streams: combined streams, ping every 20 s, 1024 streams a connection
 */
export async function streamKlines(sink: BarSink, options: StreamOptions, signal: AbortSignal): Promise<void> {
  const { timer, backoff, random } = options;
  let failures = 0;
  while (!signal.aborted) {
    const { reason, heard } = await connectOnce(sink, options, signal);
    if (signal.aborted) return;
    sink.connect(false, reason);
    failures = heard ? 1 : failures + 1;
    await timer.wait(backoffMs(failures, backoff, random), signal);
  }
}

/** One connection, until it ends. */
async function connectOnce(sink: BarSink, options: StreamOptions, signal: AbortSignal): Promise<{ readonly reason: string; readonly heard: boolean }> {
  const keys = new Map(options.markets.map((market) => [`${exchangeSymbolOf(market.symbol)} ${klineInterval(market.timeframeMs)}`, marketKey(market)]));
  const streams = options.markets.map(({ symbol, timeframeMs }) => `${exchangeSymbolOf(symbol).toLowerCase()}@kline_${klineInterval(timeframeMs)}`);
  const socket = new WebSocket(`${options.url}/stream?streams=${streams.slice(0, STREAMS_A_MESSAGE).join('/')}`, { handshakeTimeout: 10_000 });
  const over = new AbortController();
  const guard = watchSilence(socket, options, over.signal);
  let heard = false;
  let reason = 'the connection was closed';
  const abort = (): void => socket.terminate();
  signal.addEventListener('abort', abort);
  socket.on('open', () => {
    sink.connect(true, `connected to ${options.url}`);
    void subscribe(socket, streams.slice(STREAMS_A_MESSAGE), options.timer, over.signal);
  });
  socket.on('ping', () => guard.heard());
  socket.on('message', (data) => {
    guard.heard();
    heard = true;
    const trouble = hear(sink, keys, textOf(data));
    if (trouble !== null) sink.connect(true, trouble);
  });
  await new Promise<void>((resolve) => {
    socket.on('error', (error) => { reason = errorMessage(error); });
    socket.on('close', (code, text) => {
      if (guard.isDead()) reason = `nothing was heard for ${options.silenceMs / 1_000} s`;
      else if (code !== 1006) reason = `the exchange closed the connection (${code}${text.length === 0 ? '' : `, ${text.toString()}`})`;
      resolve();
    });
  });
  signal.removeEventListener('abort', abort);
  over.abort();
  return { reason, heard };
}

/** Puts a message's bar into the sink; returns what is wrong with it, null where nothing is. */
function hear(sink: BarSink, keys: ReadonlyMap<string, string>, text: string): string | null {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return `a message could not be read: ${text.slice(0, 80)}`;
  }
  const event = klineOfMessage(message);
  if (event === null) return isRefusal(message) ? `the exchange refused a subscription: ${text.slice(0, 200)}` : null;
  const key = keys.get(`${event.exchangeSymbol} ${event.interval}`);
  if (key !== undefined && event.bar.isFinal) sink.push([{ key, ...event.bar }]);
  return null;
}

function isRefusal(message: unknown): boolean {
  return message !== null && typeof message === 'object' && ('error' in message || ('code' in message && 'msg' in message));
}

async function subscribe(socket: WebSocket, streams: readonly string[], timer: Timer, signal: AbortSignal): Promise<void> {
  for (let from = 0; from < streams.length; from += STREAMS_A_MESSAGE) {
    await timer.wait(BETWEEN_MESSAGES_MS, signal);
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(JSON.stringify({ method: 'SUBSCRIBE', params: streams.slice(from, from + STREAMS_A_MESSAGE), id: 1 + from / STREAMS_A_MESSAGE }));
  }
}

function watchSilence(socket: WebSocket, { timer, silenceMs }: StreamOptions, signal: AbortSignal): { heard(): void; isDead(): boolean } {
  let isHeard = false;
  let isDead = false;
  const watch = async (): Promise<void> => {
    while (!signal.aborted) {
      isHeard = false;
      await timer.wait(silenceMs, signal);
      if (isHeard || signal.aborted) continue;
      isDead = true;
      socket.terminate();
      return;
    }
  };
  void watch();
  return { heard: () => { isHeard = true; }, isDead: () => isDead };
}

function textOf(data: RawData): string {
  return Array.isArray(data) ? Buffer.concat(data).toString('utf8') : Buffer.from(data as Buffer).toString('utf8');
}
