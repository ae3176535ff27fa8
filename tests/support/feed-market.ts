import { type Bars, barsFromColumns, HOUR_MS, type Instrument, seededNormal, seededRandom } from '../../engine/index.ts';
import { type FeedEvent, type Market, marketKey, type RawBar } from '../../grading/index.ts';

export const FEED_START_MS = Date.UTC(2026, 0, 5);

/** A plain random walk of one market, for feeds: prices of two decimals, so that text keeps them. */
export function feedBars(symbol: string, bars: number, { timeframeMs = HOUR_MS, fromMs = FEED_START_MS, seed = 1, without = [] as readonly number[], ...instrument }: Partial<Instrument> & {
  timeframeMs?: number; fromMs?: number; seed?: number; without?: readonly number[];
} = {}): Bars {
  const normal = seededNormal(seededRandom(seed, symbol));
  let price = 100;
  const rows = Array.from({ length: bars }, (_, t) => {
    const open = cents(price);
    price *= Math.exp(0.01 * normal());
    const close = cents(price);
    return { t, openTimeMs: fromMs + t * timeframeMs, open, close, high: cents(Math.max(open, close) * 1.002 + 0.01), low: cents(Math.min(open, close) * 0.998 - 0.01), volume: 1000 + t };
  }).filter(({ t }) => !without.includes(t));
  const column = (name: 'openTimeMs' | 'open' | 'high' | 'low' | 'close' | 'volume'): number[] => rows.map((row) => row[name]);
  return barsFromColumns(
    { openTimeMs: column('openTimeMs'), open: column('open'), high: column('high'), low: column('low'), close: column('close'), volume: column('volume') },
    timeframeMs,
    { venue: 'binance', symbol, kind: 'spot', calendar: '24/7', market: 'continuous', ...instrument },
  );
}

const cents = (price: number): number => Math.round(price * 100) / 100;

export function marketOf({ instrument: { venue, symbol }, timeframeMs }: Bars): Market {
  return { venue, symbol, timeframeMs };
}

/** The bars as a source would bring them. */
export function rawBars(bars: Bars): RawBar[] {
  const key = marketKey(marketOf(bars));
  return Array.from(bars.openTimeMs, (openTimeMs, t) => ({
    key, openTimeMs, open: bars.open[t], high: bars.high[t], low: bars.low[t], close: bars.close[t], volume: bars.volume[t], isFinal: true,
  }));
}

/** One line an event, for comparisons that a person can read. */
export function told(event: FeedEvent): string {
  if (event.type === 'bar' || event.type === 'late') {
    const { symbol, timeframeMs, openTimeMs, close, revision } = event.bar;
    return `${event.type} ${symbol} ${hourOf(openTimeMs, timeframeMs)} ${close}${revision === 0 ? '' : ` revision ${revision}`}`;
  }
  if (event.type === 'gap') return `gap ${event.market.symbol} ${hourOf(event.fromMs, event.market.timeframeMs)} ${event.reason}`;
  if (event.type === 'close') return `close ${hourOf(event.closeTimeMs, event.timeframeMs)}`;
  if (event.type === 'history') return `history ${event.market.symbol} ${event.columns.close.length}`;
  return `status ${event.isConnected ? 'up' : 'down'} ${event.detail}`;
}

const hourOf = (timeMs: number, timeframeMs: number): number => (timeMs - FEED_START_MS) / timeframeMs;
