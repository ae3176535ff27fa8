import { DataError } from '../../../engine/index.ts';
import type { Clock, Market } from '../../types/index.ts';
import { ExchangeClock } from '../exchange-clock.ts';
import type { RawBar } from '../raw-bar.ts';
import type { BarRange } from '../sequencer-types.ts';
import { barOfRow, klineInterval } from './klines.ts';
import type { RestClient } from './rest-client.ts';

const PAGE_ROWS = 1_000;
/** Klines by REST. */
export class KlineRest {
  readonly #client: RestClient;
  readonly #clock: ExchangeClock;
  readonly #markets: ReadonlyMap<string, Market>;

  constructor(client: RestClient, clock: Clock, markets: ReadonlyMap<string, Market>) {
    this.#client = client;
    this.#clock = new ExchangeClock(clock, (signal) => this.#serverTimeMs(signal));
    this.#markets = markets;
  }

  /** throws  InputError `exchange-refused`; DataError `source-unavailable`, `klines-unreadable` */
  async fetch({ key, fromMs, toMs }: BarRange, signal: AbortSignal): Promise<readonly RawBar[]> {
    const { symbol, timeframeMs } = this.#markets.get(key) as Market;
    const query = { symbol: exchangeSymbolOf(symbol), interval: klineInterval(timeframeMs), endTime: toMs - 1, limit: PAGE_ROWS };
    const exchangeNowMs = await this.#clock.nowMs(signal);
    const bars: RawBar[] = [];
    for (let startTime = Math.max(0, fromMs); startTime < toMs; ) {
      const page = this.#read(key, await this.#client.get('/api/v3/klines', { ...query, startTime }, signal), exchangeNowMs);
      bars.push(...page);
      const lastMs = page.at(-1)?.openTimeMs ?? Infinity;
      if (page.length < PAGE_ROWS || lastMs < startTime) break;
      startTime = lastMs + timeframeMs;
    }
    return bars;
  }

  #read(key: string, json: unknown, exchangeNowMs: number): RawBar[] {
    const bars = Array.isArray(json) ? json.map((row) => barOfRow(key, row, exchangeNowMs)) : [null];
    if (bars.includes(null)) throw new DataError('klines-unreadable', `the exchange's klines of ${key} must be rows of numbers, were ${JSON.stringify(json).slice(0, 200)}`);
    return bars as RawBar[];
  }

  async #serverTimeMs(signal: AbortSignal): Promise<number> {
    const json = (await this.#client.get('/api/v3/time', {}, signal)) as { readonly serverTime?: unknown } | null;
    const serverTime = Number(json?.serverTime ?? Number.NaN);
    if (!Number.isFinite(serverTime)) throw new DataError('klines-unreadable', `the exchange's time must be a number, was ${JSON.stringify(json).slice(0, 80)}`);
    return serverTime;
  }
}

/** `BTC/USDT` → `BTCUSDT` */
export function exchangeSymbolOf(symbol: string): string {
  return symbol.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase();
}
