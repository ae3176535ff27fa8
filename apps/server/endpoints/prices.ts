import { z } from 'zod';
import { barAtOrAfter, DAY_MS, formatDuration, formatTime, HOUR_MS } from '../../../engine/index.ts';
import { barsBySymbol, closeTimeMs, isStale, marketKey, marketsOf, type MarketView, type SymbolBars } from '../../../grading/index.ts';
import { Problem } from '../http/problem.ts';
import { dateTime, nullable } from '../rows/number.ts';
import { iso, tokenFields, tokenOf } from '../rows/token.ts';
import { endpoint } from './define.ts';
import type { Answer, Call } from './endpoint.ts';
import { dateRange, dates, marketFilter, markets, page, paged, timeframe } from './parameters.ts';

const tokenRow = z.strictObject({
  ...tokenFields, slug: z.string(), category: z.string().nullable(), timeframes: z.array(z.string()), first_bar: dateTime().nullable(), last_close: dateTime().nullable(), status: z.enum(['active', 'stale', 'waiting']),
});

const tokens = endpoint({
  id: 'getTokens', path: '/v1/tokens', tag: 'prices', scope: 'grades:read', schema: 'tokens/1', row: tokenRow,
  summary: 'Tokens that the service follows, one row a pair of a venue',
  query: z.strictObject({ ...markets, ...page }),
  answer(call, { query }) {
    const { server, nowMs } = call;
    const byPair = new Map<string, MarketView[]>();
    for (const one of marketsOf(server.view, marketFilter(query, server))) {
      const pair = `${one.market.venue}:${one.market.symbol}`;
      byPair.set(pair, [...(byPair.get(pair) ?? []), one]);
    }
    const rows = [...byPair.values()].map((views): z.output<typeof tokenRow> => {
      const [{ market }] = views;
      const firsts = views.flatMap(({ firstOpenMs }) => firstOpenMs ?? []);
      const lasts = views.flatMap(({ lastCloseMs }) => lastCloseMs ?? []);
      const token = tokenOf(market, server.tokens);
      return {
        ...token, slug: market.symbol.replaceAll('/', '-').toLowerCase(), category: server.tokens?.find(({ symbol }) => symbol === token.token_symbol)?.category ?? null,
        timeframes: views.map((one) => formatDuration(one.market.timeframeMs)), first_bar: firsts.length === 0 ? null : formatTime(Math.min(...firsts)),
        last_close: lasts.length === 0 ? null : formatTime(Math.max(...lasts)), status: statusOf(lasts.length, views.every((one) => isStale(one, nowMs))),
      };
    });
    return { data: paged(rows, query), total: rows.length, ...aboutMarkets([...byPair.values()].flat().map(({ market }) => market), call) };
  },
});

function statusOf(closes: number, areStale: boolean): 'active' | 'stale' | 'waiting' {
  if (closes === 0) return 'waiting';
  return areStale ? 'stale' : 'active';
}

export function aboutMarkets(shown: readonly SymbolBars['market'][], { server: { view }, nowMs }: Call): Pick<Answer, 'asOfMs' | 'publishedAtMs' | 'isStale'> {
  const views = shown.flatMap((market) => view.state.markets.get(marketKey(market)) ?? []);
  const closes = views.flatMap(({ lastCloseMs }) => lastCloseMs ?? []);
  return { asOfMs: closes.length === 0 ? null : Math.max(...closes), publishedAtMs: closes.length === 0 ? null : view.state.tsMs, isStale: views.some((one) => isStale(one, nowMs)) };
}

const priceRow = z.strictObject({ ...tokenFields, date: dateTime().nullable(), timeframe: z.string(), current_price: nullable(), final: z.literal(true), stale: z.boolean() });

const price = endpoint({
  id: 'getPrice', path: '/v1/price', tag: 'prices', scope: 'grades:read', schema: 'price/1', row: priceRow,
  summary: 'The last close of each market',
  query: z.strictObject({ ...markets, ...timeframe, ...page }),
  answer(call, { query }) {
    const views = marketsOf(call.server.view, marketFilter(query, call.server));
    const shown = paged(views, query);
    const data = shown.map((view): z.output<typeof priceRow> => {
      const last = call.server.view.bars.last(view.key);
      return { ...tokenOf(view.market, call.server.tokens), date: iso(last === null ? null : closeTimeMs(last)), timeframe: formatDuration(view.market.timeframeMs), current_price: last?.close ?? null, final: true, stale: isStale(view, call.nowMs) };
    });
    return { data, total: views.length, ...aboutMarkets(shown.map(({ market }) => market), call) };
  },
});

const ohlcvRow = z.strictObject({
  ...tokenFields, date: dateTime(), timeframe: z.string(), open: z.number(), high: z.number(), low: z.number(), close: z.number(), volume: nullable(), final: z.literal(true),
});

const ohlcvQuery = z.strictObject({ ...markets, ...dates, ...page });

/** Whole bars only, the newest first; dates are of the bar's open. Bars that are not held are an error, not an empty list. */
function ohlcv(call: Call, query: z.output<typeof ohlcvQuery>, timeframeMs: number): Answer {
  const { fromMs, toMs = Number.POSITIVE_INFINITY } = dateRange(query, call.nowMs);
  const all = barsBySymbol(call.server.view, timeframeMs, marketFilter(query, call.server));
  for (const { market, bars } of all) requireHeld(fromMs, bars.length === 0 ? null : bars.openTimeMs[0], market.symbol, timeframeMs);
  const rows = all.flatMap(({ market, bars }) => {
    const range: { readonly market: SymbolBars['market']; readonly bars: SymbolBars['bars']; readonly t: number }[] = [];
    for (let t = fromMs === undefined ? 0 : barAtOrAfter(bars, fromMs); t < bars.length && bars.openTimeMs[t] <= toMs; t++) range.push({ market, bars, t });
    return range;
  }).sort((a, b) => b.bars.openTimeMs[b.t] - a.bars.openTimeMs[a.t]);
  const data = paged(rows, query).map(({ market, bars, t }): z.output<typeof ohlcvRow> => ({
    ...tokenOf(market, call.server.tokens), date: formatTime(bars.openTimeMs[t]), timeframe: formatDuration(timeframeMs), open: bars.open[t], high: bars.high[t], low: bars.low[t], close: bars.close[t],
    volume: Number.isNaN(bars.volume[t]) ? null : bars.volume[t], final: true,
  }));
  return { data, total: rows.length, ...aboutMarkets(all.map(({ market }) => market), call) };
}

function requireHeld(fromMs: number | undefined, firstMs: number | null, symbol: string, timeframeMs: number): void {
  if (fromMs === undefined || firstMs === null || fromMs > firstMs - timeframeMs) return;
  const detail = `start_date must be at or after ${formatTime(firstMs)}, the first bar of ${symbol} that is held`;
  throw new Problem('invalid-parameters', detail, { errors: [{ in: 'query', field: 'start_date', detail }] });
}

const hourlyOhlcv = endpoint({
  id: 'getHourlyOhlcv', path: '/v1/hourly-ohlcv', tag: 'prices', scope: 'grades:read', schema: 'ohlcv/1', row: ohlcvRow, query: ohlcvQuery,
  summary: 'Hourly bars, the newest first', answer: (call, { query }) => ohlcv(call, query, HOUR_MS),
});

const dailyOhlcv = endpoint({
  id: 'getDailyOhlcv', path: '/v1/daily-ohlcv', tag: 'prices', scope: 'grades:read', schema: 'ohlcv/1', row: ohlcvRow, query: ohlcvQuery,
  summary: 'Whole UTC days, the newest first', answer: (call, { query }) => ohlcv(call, query, DAY_MS),
});

export const priceEndpoints = [tokens, price, hourlyOhlcv, dailyOhlcv];
