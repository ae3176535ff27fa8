import type { Clock } from '../types/index.ts';

/** How far the exchange's clock is from ours is measured anew after so long. */
const MEASURE_AGAIN_MS = 3_600_000;
/** A measurement that took longer is not kept. */
const LONGEST_ROUND_TRIP_MS = 5_000;

/** The exchange's time, never ahead of it: by our own clock alone, which may run fast, a forming bar would look closed. */
export class ExchangeClock {
  readonly #clock: Clock;
  readonly #ask: (signal: AbortSignal) => Promise<number>;
  #offset: { readonly ms: number; readonly atMs: number } | null = null;

  constructor(clock: Clock, ask: (signal: AbortSignal) => Promise<number>) {
    this.#clock = clock;
    this.#ask = ask;
  }

  async nowMs(signal: AbortSignal): Promise<number> {
    const sentMs = this.#clock.nowMs();
    if (this.#offset !== null && sentMs - this.#offset.atMs < MEASURE_AGAIN_MS) return sentMs + this.#offset.ms;
    const exchangeMs = await this.#ask(signal);
    const atMs = this.#clock.nowMs();
    // the answer was given before it was read: by at most the round trip behind the exchange
    if (atMs - sentMs <= LONGEST_ROUND_TRIP_MS) this.#offset = { ms: exchangeMs - atMs, atMs };
    return exchangeMs;
  }
}
