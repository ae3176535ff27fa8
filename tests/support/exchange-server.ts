import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Bars } from '../../engine/index.ts';
import { type Feed, type FeedEvent, type FeedPosition, klineInterval } from '../../grading/index.ts';
import type { ManualTime } from './manual-time.ts';

type Where = (symbol: string, t: number) => boolean;

/** What goes wrong, by symbol and number of the bar. */
export interface ExchangeScript {
  /** Not sent by WebSocket; REST has it. */
  readonly drop?: Where;
  /** Neither sent nor in REST. */
  readonly missing?: Where;
  readonly duplicate?: Where;
  /** Sent behind the bar after it. */
  readonly late?: Where;
  /** Sent final with a wrong close first. */
  readonly revise?: Where;
  /** Sent as text that is no JSON. */
  readonly garble?: Where;
  /** Messages after which a connection is cut; each entry is used once. */
  readonly disconnectAfter?: readonly number[];
  /** Answers that the next REST requests get instead. */
  readonly trouble?: readonly { readonly status: number; readonly retryAfterS?: number; readonly body?: string }[];
}

export interface ExchangeServer {
  readonly restUrl: string;
  readonly wsUrl: string;
  /** Paths with their queries. */
  readonly requests: readonly string[];
  readonly connections: () => number;
  readonly trouble: { readonly status: number; readonly retryAfterS?: number; readonly body?: string }[];
  /** The clock passes the close of bar t of every market, and its messages are sent. */
  step(t: number): void;
  readonly isMissing: Where;
  readonly markets: readonly Bars[];
  readonly time: ManualTime;
  /** Resolves when a connection hears so many streams. */
  subscribed(streams: number): Promise<void>;
  close(): Promise<void>;
}

const nameOf = (symbol: string): string => symbol.replace('/', '');

/** A local exchange that speaks Binance's kline protocol over HTTP and WebSocket, as a script says. Bars of all markets begin together. */
export async function exchangeServer(markets: readonly Bars[], time: ManualTime, script: ExchangeScript = {}): Promise<ExchangeServer> {
  const requests: string[] = [];
  const trouble = [...(script.trouble ?? [])];
  const cuts = [...(script.disconnectAfter ?? [])];
  const sockets = new Map<WebSocket, { readonly streams: Set<string>; left: number }>();
  let connections = 0;
  let onSubscription = (): void => {};
  const is = (where: Where | undefined, bars: Bars, t: number): boolean => where?.(bars.instrument.symbol, t) === true;
  const numberOf = (bars: Bars, row: number): number => Math.round((bars.openTimeMs[row] - markets[0].openTimeMs[0]) / bars.timeframeMs);

  const http = createServer((request, response) => answer(request, response));
  const open = new Set<Socket>();
  http.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const wss = new WebSocketServer({ server: http });
  wss.on('connection', (socket, request) => {
    connections++;
    const streams = new URL(request.url ?? '/', 'http://local').searchParams.get('streams') ?? '';
    sockets.set(socket, { streams: new Set(streams.split('/')), left: cuts.shift() ?? Infinity });
    socket.on('message', (text) => {
      const { params, id } = JSON.parse((text as Buffer).toString()) as { params: string[]; id: number };
      for (const name of params) sockets.get(socket)?.streams.add(name);
      socket.send(JSON.stringify({ result: null, id }));
      onSubscription();
    });
    socket.on('close', () => sockets.delete(socket));
  });

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://local');
    requests.push(`${url.pathname}${url.search}`);
    const bad = trouble.shift();
    if (bad !== undefined) {
      response.writeHead(bad.status, bad.retryAfterS === undefined ? {} : { 'retry-after': String(bad.retryAfterS) }).end(bad.body ?? '{"code":-1003,"msg":"Too many requests."}');
    } else if (url.pathname === '/api/v3/time') response.end(JSON.stringify({ serverTime: time.clock.nowMs() }));
    else klines(url.searchParams, response);
  }

  function klines(query: URLSearchParams, response: ServerResponse): void {
    const bars = markets.find((one) => nameOf(one.instrument.symbol) === query.get('symbol') && klineInterval(one.timeframeMs) === query.get('interval'));
    if (bars === undefined) {
      response.writeHead(400).end('{"code":-1121,"msg":"Invalid symbol."}');
      return;
    }
    const [from, to, limit] = ['startTime', 'endTime', 'limit'].map((name) => Number(query.get(name)));
    const rows = Array.from(bars.openTimeMs, (openTimeMs, row) => ({ openTimeMs, row }))
      .filter(({ openTimeMs, row }) => openTimeMs >= from && openTimeMs <= to && openTimeMs <= time.clock.nowMs() && !is(script.missing, bars, numberOf(bars, row)));
    response.end(JSON.stringify(rows.slice(0, limit).map(({ openTimeMs, row }) => {
      const isForming = openTimeMs + bars.timeframeMs > time.clock.nowMs();
      const prices = [bars.open[row], bars.high[row], bars.low[row], isForming ? bars.low[row] : bars.close[row], bars.volume[row]];
      return [openTimeMs, ...prices.map(String), openTimeMs + bars.timeframeMs - 1, '0', 1, '0', '0', '0'];
    })));
  }

  function send(bars: Bars, text: string): void {
    const stream = `${nameOf(bars.instrument.symbol).toLowerCase()}@kline_${klineInterval(bars.timeframeMs)}`;
    for (const [socket, state] of sockets) {
      if (!state.streams.has(stream)) continue;
      socket.send(text.replace('$STREAM', stream));
      state.left -= 1;
      if (state.left <= 0) socket.close(1001, 'script');
    }
  }

  function kline(bars: Bars, row: number, { isFinal = true, close = bars.close[row] } = {}): void {
    const [t, symbol] = [bars.openTimeMs[row], nameOf(bars.instrument.symbol)];
    const k = { t, T: t + bars.timeframeMs - 1, s: symbol, i: klineInterval(bars.timeframeMs), o: String(bars.open[row]), c: String(close), h: String(bars.high[row]), l: String(bars.low[row]), v: String(bars.volume[row]), x: isFinal };
    send(bars, JSON.stringify({ stream: '$STREAM', data: { e: 'kline', E: time.clock.nowMs(), s: symbol, k } }));
  }

  function publish(bars: Bars, t: number): void {
    const row = Array.from(bars.openTimeMs).findIndex((_, at) => numberOf(bars, at) === t);
    if (row < 0 || is(script.missing, bars, t)) return;
    kline(bars, row, { isFinal: false, close: bars.high[row] });
    if (is(script.garble, bars, t)) send(bars, '{"stream":');
    else if (!is(script.drop, bars, t) && !is(script.late, bars, t)) {
      if (is(script.revise, bars, t)) kline(bars, row, { close: bars.low[row] });
      kline(bars, row);
      if (is(script.duplicate, bars, t)) kline(bars, row);
    }
    if (is(script.late, bars, t - 1)) kline(bars, row - 1);
  }

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    restUrl: `http://127.0.0.1:${port}`, wsUrl: `ws://127.0.0.1:${port}`, requests, trouble, markets, time,
    connections: () => connections,
    isMissing: (symbol, t) => script.missing?.(symbol, t) === true,
    step: (t) => {
      const closeMs = markets[0].openTimeMs[0] + (t + 1) * markets[0].timeframeMs;
      time.advanceTo(closeMs + 100);
      for (const bars of markets) publish(bars, t);
    },
    subscribed: (streams) => new Promise((resolve) => {
      const look = (): void => { if ([...sockets.values()].some((state) => state.streams.size >= streams)) resolve(); };
      onSubscription = look;
      look();
    }),
    close: async () => {
      wss.close();
      const closed = new Promise((resolve) => http.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

export interface PlayOptions {
  readonly position?: FeedPosition;
  readonly historyBars?: number;
  /** First bar that is played live, and the end. */
  readonly from: number;
  readonly to: number;
  readonly onClose?: (t: number) => void;
}

/** Plays bars live to a feed: the next as soon as the feed has closed the one before. */
export async function playLive(feed: Feed, server: ExchangeServer, { position = new Map(), historyBars = 0, from, to, onClose }: PlayOptions): Promise<FeedEvent[]> {
  const stop = new AbortController();
  const events: FeedEvent[] = [];
  const [first] = server.markets;
  const startMs = first.openTimeMs[0];
  let next = from;
  const isMissingEverywhere = (t: number): boolean => server.markets.every(({ instrument: { symbol } }) => server.isMissing(symbol, t));
  const step = (): void => {
    if (next >= to) return;
    server.step(next++);
    while (next < to && isMissingEverywhere(next - 1)) server.step(next++);
  };
  for await (const event of feed.events(position, historyBars, stop.signal)) {
    events.push(event);
    if (event.type === 'status' && event.isConnected && next === from) step();
    if (event.type !== 'close' || event.closeTimeMs < startMs + next * first.timeframeMs) continue;
    onClose?.(next - 1);
    if (next >= to) break;
    step();
  }
  stop.abort();
  return events;
}
