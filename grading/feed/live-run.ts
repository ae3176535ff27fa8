import { formatDuration, formatTime, isAssayError } from '../../engine/index.ts';
import type { Clock, FeedEvent, FeedPosition, Market } from '../types/index.ts';
import type { BarSink, BarSource } from './bar-source.ts';
import type { Channel } from './channel.ts';
import type { RawBar } from './raw-bar.ts';
import { Sequencer } from './sequencer.ts';
import type { BarAsk, SequencerPatience } from './sequencer-types.ts';
import type { Timer } from './timer.ts';

export interface LiveOptions extends SequencerPatience {
  readonly clock: Clock;
  readonly timer?: Timer;
  /** Questions to the source at a time. Default 4. */
  readonly concurrency?: number;
  /** Bars before a question's first that are fetched with it, for corrections. Default 2. */
  readonly lookBackBars?: number;
  /** Without a bar for so long after one was due, the feed says that it is stale. Default 5 min. */
  readonly staleAfterMs?: number;
}

export const DEFAULT_CONCURRENCY = 4;
/** Events that may wait for a slow reader before the source is asked for more. */
const MOST_WAITING = 20_000;

/** One run of a live feed: what the source brings goes through the sequencer, what the sequencer misses is asked of the source. */
export class LiveRun implements BarSink {
  readonly #source: BarSource;
  readonly #options: Required<Omit<LiveOptions, keyof SequencerPatience>>;
  readonly #sequencer: Sequencer;
  readonly #timeframes: ReadonlyMap<string, number>;
  readonly #out: Channel<FeedEvent>;
  readonly #signal: AbortSignal;
  readonly #queue: BarAsk[] = [];
  #busy = 0;
  #status: { readonly isConnected: boolean; readonly detail: string } | null = null;
  #isStale = false;
  #frontier = { ms: Infinity, sinceMs: -Infinity };
  #alarm: { readonly atMs: number; readonly cancel: AbortController } | null = null;

  constructor(source: BarSource, { clock, timer, concurrency = DEFAULT_CONCURRENCY, lookBackBars = 2, staleAfterMs = 300_000, ...patience }: LiveOptions & { readonly timer: Timer },
    { position, markets, out, signal }: { readonly position: FeedPosition; readonly markets: ReadonlyMap<string, Market>; readonly out: Channel<FeedEvent>; readonly signal: AbortSignal }) {
    this.#source = source;
    this.#options = { clock, timer, concurrency, lookBackBars, staleAfterMs };
    this.#sequencer = new Sequencer({ ...patience, markets: source.markets, position });
    this.#timeframes = new Map([...markets].map(([key, { timeframeMs }]) => [key, timeframeMs]));
    this.#out = out;
    this.#signal = signal;
  }

  /** Runs until the signal aborts. */
  async run(): Promise<void> {
    const nowMs = this.#now();
    if (this.#source.stream !== undefined) this.#out.send(this.#sequencer.connect(false, nowMs));
    this.#out.send(this.#sequencer.tick(nowMs));
    this.#after(nowMs);
    if (this.#source.stream !== undefined) await this.#source.stream(this, this.#signal);
    else await new Promise<void>((resolve) => this.#signal.addEventListener('abort', () => resolve()));
    this.#alarm?.cancel.abort();
  }

  push(bars: readonly RawBar[]): void {
    const nowMs = this.#now();
    for (const bar of bars) this.#out.send(this.#sequencer.push(bar, nowMs));
    this.#after(nowMs);
  }

  connect(isConnected: boolean, detail: string): void {
    const nowMs = this.#now();
    const changed = this.#status?.isConnected !== isConnected;
    if (!changed && this.#status?.detail === detail) return;
    this.#status = { isConnected, detail };
    this.#out.send([{ type: 'status', isConnected, detail, atMs: nowMs }]);
    if (changed) this.#out.send(this.#sequencer.connect(isConnected, nowMs));
    this.#after(nowMs);
  }

  room(): Promise<void> {
    return this.#out.room(MOST_WAITING);
  }

  #now(): number {
    return this.#options.clock.nowMs();
  }

  #after(nowMs: number): void {
    if (this.#signal.aborted) return;
    this.#ask();
    this.#watch(nowMs);
    this.#arm(nowMs);
  }

  #ask(): void {
    this.#queue.push(...this.#sequencer.takeAsks());
    while (this.#busy < this.#options.concurrency && this.#queue.length > 0) {
      this.#busy++;
      this.#serve(this.#queue.shift() as BarAsk).catch((error: unknown) => this.#out.fail(error));
    }
  }

  async #serve(ask: BarAsk): Promise<void> {
    try {
      await this.room();
      const timeframeMs = this.#timeframes.get(ask.key) as number;
      const bars = await this.#source.fetch({ ...ask, fromMs: ask.fromMs - this.#options.lookBackBars * timeframeMs }, this.#signal);
      if (this.#signal.aborted) return;
      this.push(bars);
      this.#hear(null);
      const knownToMs = knownTo(ask, bars, { timeframeMs, settledMs: this.#now() - this.#source.settleMs });
      this.#out.send(this.#sequencer.answer({ ...ask, knownToMs, reason: knownToMs < ask.toMs ? 'the source does not have it yet' : 'the source has no such bar' }, this.#now()));
    } catch (error) {
      if (this.#signal.aborted) return;
      if (!isAssayError(error)) throw error;
      this.#hear(error.message);
      this.#out.send(this.#sequencer.answer({ ...ask, knownToMs: ask.fromMs, reason: error.message }, this.#now()));
    } finally {
      this.#busy--;
      this.#after(this.#now());
    }
  }

  /** A source without a stream is connected while it answers. */
  #hear(trouble: string | null): void {
    if (this.#source.stream !== undefined) return;
    this.connect(trouble === null, trouble ?? `${this.#source.name} answers`);
  }

  #watch(nowMs: number): void {
    const ms = this.#sequencer.frontierMs;
    if (ms !== this.#frontier.ms) {
      this.#frontier = { ms, sinceMs: nowMs };
      if (this.#isStale) this.#out.send([{ type: 'status', isConnected: this.#status?.isConnected ?? true, detail: 'bars come again', atMs: nowMs }]);
      this.#isStale = false;
    } else if (!this.#isStale && nowMs >= this.#staleAtMs()) {
      this.#isStale = true;
      const detail = `stale: the bars that close at ${formatTime(ms)} have not come for ${formatDuration(this.#options.staleAfterMs)}`;
      this.#out.send([{ type: 'status', isConnected: false, detail, atMs: nowMs }]);
    }
  }

  #staleAtMs(): number {
    return this.#isStale ? Infinity : Math.max(this.#frontier.ms, this.#frontier.sinceMs) + this.#options.staleAfterMs;
  }

  /** Wakes up when the sequencer can do something, or the feed becomes stale. */
  #arm(nowMs: number): void {
    const atMs = Math.min(this.#sequencer.dueAtMs(nowMs), this.#staleAtMs());
    if (this.#alarm?.atMs === atMs) return;
    this.#alarm?.cancel.abort();
    this.#alarm = null;
    if (atMs === Infinity) return;
    const alarm = { atMs, cancel: new AbortController() };
    this.#alarm = alarm;
    void this.#options.timer.wait(Math.max(1, atMs - nowMs), alarm.cancel.signal).then(() => this.#ring(alarm));
  }

  #ring(alarm: { readonly cancel: AbortController }): void {
    if (alarm.cancel.signal.aborted || this.#signal.aborted) return;
    this.#alarm = null;
    const nowMs = this.#now();
    this.#out.send(this.#sequencer.tick(nowMs));
    this.#after(nowMs);
  }
}

/** To where an answer is complete: what it lacks before is not there at all. */
function knownTo({ fromMs, toMs, hasLater }: BarAsk, bars: readonly RawBar[], { timeframeMs, settledMs }: { readonly timeframeMs: number; readonly settledMs: number }): number {
  if (hasLater) return toMs;
  const lastMs = bars.reduce((last, bar) => (bar.isFinal ? Math.max(last, bar.openTimeMs + timeframeMs) : last), fromMs);
  const settledToMs = settledMs === -Infinity ? fromMs : fromMs + Math.floor((settledMs - fromMs) / timeframeMs) * timeframeMs;
  return Math.min(toMs, Math.max(fromMs, lastMs, settledToMs));
}
