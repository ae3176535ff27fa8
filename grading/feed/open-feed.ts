import { type Bars, InputError, parseDurationMs, parseTimeMs, requireInput, unknownName } from '../../engine/index.ts';
import { loadBars } from '../../workbench/index.ts';
import type { Feed, Market } from '../types/index.ts';
import { ccxtFeed, openCcxtExchange } from './ccxt/ccxt-feed.ts';
import { exchangeFeed } from './exchange/exchange-feed.ts';
import { followFeed } from './follow/follow-feed.ts';
import type { LiveOptions } from './live-run.ts';
import type { ReplayClock } from './replay-clock.ts';
import { replayFeed } from './replay-feed.ts';

export interface OpenFeedOptions extends LiveOptions {
  /** Folder of the lake, for `replay:`. */
  readonly home?: string;
  /** Follows a replay; everything else goes by `clock`. */
  readonly replayClock?: ReplayClock;
  readonly seed?: number;
}

const KINDS: Readonly<Record<string, { readonly example: string; readonly options: readonly string[] }>> = {
  replay: { example: 'replay:btc-usdt-1h,eth-usdt-1h?speed=3600&from=2024-01-01', options: ['speed', 'from', 'to', 'latency'] },
  follow: { example: 'follow:candles.csv?symbol=BTC/USDT&timeframe=1h', options: ['symbol', 'timeframe', 'venue', 'poll'] },
  binance: { example: 'binance:BTC/USDT,ETH/USDT@1h', options: ['rest', 'ws'] },
  ccxt: { example: 'ccxt:kraken:BTC/USDT,ETH/USDT@1h', options: [] },
};

/**
 * A feed by its address: `replay:<dataset or file>[,…]`, `follow:<file>`, `binance:<symbols>@<timeframe>`, `ccxt:<exchange>:<symbols>@<timeframe>`, each with
 * options as in a web address (`?speed=…&from=…`).
 *
 * throws  InputError `feed-unknown`, `feed-option-unknown`, `feed-incomplete`, and whatever the feed or the dataset says
 */
export async function openFeed(spec: string, options: OpenFeedOptions): Promise<Feed> {
  const { kind, body, query } = parseSpec(spec);
  const { home, replayClock, seed, ...live } = options;
  if (kind === 'replay') return openReplay(body, query, { home, replayClock, live });
  if (kind === 'follow') return openFollow(body, query, live);
  if (kind === 'ccxt') {
    const at = body.indexOf(':');
    requireInput(at > 0, 'feed-incomplete', 'feed', `an exchange and its symbols, ${KINDS.ccxt.example}`, spec);
    const wanted = symbolsOf(body.slice(at + 1), spec);
    return ccxtFeed({ ...live, ...wanted, exchange: await openCcxtExchange(body.slice(0, at)), ...(seed !== undefined && { seed }) });
  }
  const [restUrl, wsUrl] = [query.get('rest'), query.get('ws')];
  return exchangeFeed({ ...live, ...symbolsOf(body, spec), ...(seed !== undefined && { seed }), ...(restUrl !== null && { restUrl }), ...(wsUrl !== null && { wsUrl }) });
}

function parseSpec(spec: string): { readonly kind: string; readonly body: string; readonly query: URLSearchParams } {
  const [, kind, rest] = /^([a-z]+):(.*)$/.exec(spec.trim()) ?? [];
  if (kind === undefined) throw new InputError('feed-unknown', `feed must be one such as ${Object.values(KINDS).map(({ example }) => example).join(', ')}, was "${spec}"`);
  if (!Object.hasOwn(KINDS, kind)) throw unknownName('feed-unknown', 'kind of feed', kind, Object.keys(KINDS));
  const at = rest.indexOf('?');
  const body = at < 0 ? rest : rest.slice(0, at);
  const query = new URLSearchParams(at < 0 ? '' : rest.slice(at + 1));
  requireInput(body !== '', 'feed-incomplete', 'feed', `like ${KINDS[kind].example}`, spec);
  for (const name of query.keys()) if (!KINDS[kind].options.includes(name)) throw unknownName('feed-option-unknown', `option of a ${kind} feed`, name, KINDS[kind].options);
  return { kind, body, query };
}

async function openReplay(body: string, query: URLSearchParams, { home, replayClock, live: { timer } }: { readonly home: string | undefined; readonly replayClock: ReplayClock | undefined; readonly live: LiveOptions }): Promise<Feed> {
  const bars: Bars[] = [];
  for (const name of body.split(',')) bars.push(await loadBars(name, home === undefined ? {} : { home }));
  const [speed, from, to, latency] = ['speed', 'from', 'to', 'latency'].map((name) => query.get(name));
  return replayFeed(bars, {
    ...(replayClock !== undefined && { clock: replayClock }), ...(timer !== undefined && { timer }),
    ...(speed !== null && speed !== 'max' && { speed: numberOf(speed, 'speed') }), ...(from !== null && { fromMs: parseTimeMs(from, 'from') }),
    ...(to !== null && { toMs: parseTimeMs(to, 'to') }), ...(latency !== null && { latencyMs: parseDurationMs(latency, 'latency') }),
  });
}

function openFollow(file: string, query: URLSearchParams, live: LiveOptions): Feed {
  const [symbols, timeframe, poll] = ['symbol', 'timeframe', 'poll'].map((name) => query.get(name));
  requireInput(symbols !== null && timeframe !== null, 'feed-incomplete', 'followed file', `given its symbol and timeframe, ${KINDS.follow.example}`, `follow:${file}`);
  const timeframeMs = parseDurationMs(timeframe, 'timeframe');
  const markets = symbols.split(',').map((symbol): Market => ({ venue: query.get('venue') ?? 'file', symbol, timeframeMs }));
  return followFeed(file, { ...live, markets, ...(poll !== null && { pollMs: parseDurationMs(poll, 'poll') }) });
}

/** `BTC/USDT,ETH/USDT@1h` */
function symbolsOf(text: string, spec: string): { readonly symbols: readonly string[]; readonly timeframeMs: number } {
  const [, symbols, timeframe] = /^([^@]+)@([^@]+)$/.exec(text) ?? [];
  requireInput(symbols !== undefined, 'feed-incomplete', 'feed', 'symbols and a timeframe, BTC/USDT,ETH/USDT@1h', spec);
  return { symbols: symbols.split(',').map((symbol) => symbol.trim().toUpperCase()), timeframeMs: parseDurationMs(timeframe, 'timeframe') };
}

function numberOf(text: string, parameter: string): number {
  const value = Number(text);
  requireInput(text.trim() !== '' && Number.isFinite(value), 'number-invalid', parameter, 'a number or max', text);
  return value;
}
