import { formatDuration, requireInput } from '../../engine/index.ts';
import { closeKey, type FeedEvent, type FeedPosition, type Market, marketKey } from '../types/index.ts';
import { Lane } from './lane.ts';
import { badBar, type RawBar } from './raw-bar.ts';
import type { BarAnswer, BarAsk, SequencerCounts, SequencerOptions, SequencerPatience } from './sequencer-types.ts';

/** A market that was given up so many closes in a row is no longer waited for. */
const MOST_STRIKES = 3;

/**
 * The one place that makes a clean stream out of a dirty one.
 *
 * Time goes from close to close over all markets and timeframes: of a timeframe's markets each that has begun gives one bar or one gap, then comes the
 * `close`, and no bar of a later close before it. A bar is never given before the clock has passed its close. What comes after its place is a revision
 * of a bar, or `late` where the place was given up.
 *
 * A bar is given up when its source said that it has none, or after a patience that runs only while the source is connected and another bar shows
 * that the time has come. Pure: it reads no clock and asks nobody; `takeAsks` says what the source should be asked for.
 *
 * throws  InputError `market-repeated`
 */
export class Sequencer {
  readonly counts: SequencerCounts = { given: 0, duplicates: 0, revisions: 0, late: 0, gaps: 0, refused: 0, forming: 0, beforeStart: 0 };
  readonly #options: Required<SequencerPatience>;
  readonly #lanes = new Map<string, Lane>();
  readonly #timeframes: readonly number[];
  readonly #lastClose = new Map<number, number>();
  /** Closes by timeframe whose bars are there from before. */
  readonly #owed = new Map<number, number>();
  /** Lanes that have not given their bar of the frontier, in order of key. */
  readonly #pending = new Set<Lane>();
  readonly #unstarted = new Set<Lane>();
  readonly #closing = new Set<number>();
  #frontierMs = Infinity;
  /** Frontier whose held bars were given. */
  #openedMs = -Infinity;
  /** Before it nobody needs to be asked or given up. */
  #scanAtMs = -Infinity;
  #evidenceMs = Infinity;
  #connectedMs = -Infinity;
  #hasClosed = false;
  #asks: BarAsk[] = [];
  #out: FeedEvent[] = [];

  constructor({ markets, position, ...patience }: SequencerOptions) {
    this.#options = { patienceMs: 30_000, graceMs: 2_000, askAgainMs: 5_000, maxAskBars: 1_000, keptBars: 64, ...patience };
    for (const market of markets.toSorted((a, b) => (marketKey(a) < marketKey(b) ? -1 : 1))) this.#addLane(market, position);
    this.#timeframes = [...new Set(markets.map(({ timeframeMs }) => timeframeMs))].sort((a, b) => a - b);
    for (const timeframeMs of this.#timeframes) this.#oweClose(timeframeMs, position.get(closeKey(timeframeMs)));
    this.#findFrontier();
  }

  /** The close that is being completed; Infinity before any market has begun. */
  get frontierMs(): number {
    return this.#frontierMs;
  }

  /** A bar came, for the first time or again; returns what follows from it. */
  push(raw: RawBar, nowMs: number): readonly FeedEvent[] {
    const lane = this.#lanes.get(raw.key);
    requireInput(lane !== undefined, 'market-unknown', 'key of a bar', 'one of the markets of the sequencer', raw.key);
    if (!raw.isFinal) this.counts.forming++;
    else if (this.#accept(lane, raw, nowMs)) this.#advance(nowMs, lane);
    return this.#taken();
  }

  /** The source answered a question, after every bar of the answer was pushed. */
  answer({ key, fromMs, toMs, knownToMs, reason }: BarAnswer, nowMs: number): readonly FeedEvent[] {
    const lane = this.#lanes.get(key);
    requireInput(lane !== undefined, 'market-unknown', 'key of an answer', 'one of the markets of the sequencer', key);
    if (lane.askedToMs === toMs) lane.askedToMs = null;
    if (lane.nextOpenMs !== null && lane.nextOpenMs < toMs) lane.askNotBeforeMs = nowMs + this.#options.askAgainMs;
    lane.trouble = knownToMs < toMs ? reason : '';
    if (knownToMs > fromMs) lane.markAbsent({ fromMs, toMs: knownToMs, reason });
    this.#scanAtMs = -Infinity;
    this.#advance(nowMs);
    return this.#taken();
  }

  /** Whether the source can be heard: patience runs only while it can. */
  connect(isConnected: boolean, nowMs: number): readonly FeedEvent[] {
    this.#connectedMs = isConnected ? nowMs : Infinity;
    this.#scanAtMs = -Infinity;
    this.#advance(nowMs);
    return this.#taken();
  }

  /** Time has passed. */
  tick(nowMs: number): readonly FeedEvent[] {
    this.#advance(nowMs);
    return this.#taken();
  }

  /** What the source is to be asked for now; each question is given once, and no bar of it is given up before its `answer`. */
  takeAsks(): readonly BarAsk[] {
    const asks = this.#asks;
    this.#asks = [];
    return asks;
  }

  /** When `tick` can do something next; Infinity while only a bar or an answer can. */
  dueAtMs(nowMs: number): number {
    if (this.#frontierMs > nowMs) return this.#frontierMs === Infinity ? this.#initialDueMs() : this.#frontierMs;
    let due = this.#pending.size === 0 ? this.#initialDueMs() : Infinity;
    for (const lane of this.#pending) {
      if (lane.askedToMs === null) due = Math.min(due, this.#askAtMs(lane));
      due = Math.min(due, this.#giveUpAtMs(lane));
    }
    return due;
  }

  #addLane(market: Market, position: FeedPosition): void {
    const key = marketKey(market);
    requireInput(!this.#lanes.has(key), 'market-repeated', 'markets', 'different from each other', key);
    const lane = new Lane(key, market, this.#options.keptBars);
    const lastOpenMs = position.get(key);
    if (lastOpenMs === undefined) this.#unstarted.add(lane);
    else lane.nextOpenMs = lastOpenMs + market.timeframeMs;
    this.#lanes.set(key, lane);
  }

  /** The bars of a close were written, but the close behind them was not. */
  #oweClose(timeframeMs: number, lastCloseMs: number | undefined): void {
    if (lastCloseMs === undefined) return;
    this.#lastClose.set(timeframeMs, lastCloseMs);
    const lanes = [...this.#lanes.values()].filter((lane) => lane.timeframeMs === timeframeMs && lane.nextOpenMs !== null);
    const reachedMs = Math.max(-Infinity, ...lanes.map((lane) => lane.nextOpenMs as number));
    if (reachedMs > lastCloseMs) this.#owed.set(timeframeMs, reachedMs);
  }

  /** Takes a final bar in; false where nothing can follow from it. */
  #accept(lane: Lane, raw: RawBar, nowMs: number): boolean {
    const isOnGrid = Number.isInteger(raw.openTimeMs) && (lane.nextOpenMs === null || (raw.openTimeMs - lane.nextOpenMs) % lane.timeframeMs === 0);
    const reason = isOnGrid ? badBar(raw) : `open time ${raw.openTimeMs} is beside the grid`;
    if (reason !== null) {
      this.counts.refused++;
      if (isOnGrid) lane.refuse(raw.openTimeMs, reason);
      return isOnGrid && lane.nextOpenMs !== null;
    }
    if (lane.nextOpenMs === null) this.#begin(lane, raw);
    if (lane.nextOpenMs === null || raw.openTimeMs < lane.nextOpenMs) {
      this.#afterthought(lane, raw, nowMs);
      return false;
    }
    lane.hold(raw);
    const isAhead = raw.openTimeMs > lane.nextOpenMs;
    if (this.#evidenceMs === Infinity && raw.openTimeMs + lane.timeframeMs >= this.#frontierMs) this.#evidenceMs = nowMs;
    else if (!isAhead) return true;
    this.#scanAtMs = -Infinity;
    return !isAhead || this.#pending.has(lane);
  }

  /** The first bar of a market says where it begins, unless its close is over. */
  #begin(lane: Lane, raw: RawBar): void {
    const closeMs = raw.openTimeMs + lane.timeframeMs;
    if (closeMs <= (this.#lastClose.get(lane.timeframeMs) ?? -Infinity) || (this.#frontierMs !== Infinity && closeMs < this.#frontierMs)) return;
    lane.nextOpenMs = raw.openTimeMs;
    this.#unstarted.delete(lane);
    if (closeMs === this.#frontierMs) {
      this.#pending.add(lane);
      this.#closing.add(lane.timeframeMs);
    } else if (this.#frontierMs === Infinity) this.#findFrontier();
  }

  #afterthought(lane: Lane, raw: RawBar, nowMs: number): void {
    const said = lane.afterthought(raw);
    if (said.kind === 'duplicate') this.counts.duplicates++;
    else if (said.kind === 'before-start') this.counts.beforeStart++;
    else {
      if (said.kind === 'late') this.counts.late++;
      else this.counts.revisions++;
      this.#out.push({ type: said.kind, bar: said.bar, atMs: nowMs });
    }
  }

  /** Completes as many closes as can be; `only` is the lane that has something new, if it is one. */
  #advance(nowMs: number, only?: Lane): void {
    while (this.#frontierMs <= nowMs) {
      if (only !== undefined && this.#openedMs === this.#frontierMs) {
        if (this.#pending.has(only)) this.#serve(only, nowMs);
      } else for (const lane of this.#pending) this.#serve(lane, nowMs);
      this.#openedMs = this.#frontierMs;
      if (this.#pending.size > 0 && nowMs >= this.#scanAtMs) this.#scan(nowMs);
      if (this.#pending.size > 0 || this.#awaitsOthers(nowMs)) return;
      this.#close(nowMs);
    }
  }

  #scan(nowMs: number): void {
    this.#ask(nowMs);
    this.#giveUp(nowMs);
    this.#scanAtMs = this.dueAtMs(nowMs);
  }

  /** The bar of the frontier, or that its source has none. */
  #serve(lane: Lane, nowMs: number): void {
    const bar = lane.take();
    if (bar !== null) {
      this.counts.given++;
      if (this.#evidenceMs === Infinity) this.#evidenceMs = nowMs;
      this.#out.push({ type: 'bar', bar, atMs: nowMs });
      this.#pending.delete(lane);
      return;
    }
    const reason = lane.absence();
    if (reason !== null) this.#gap(lane, reason, nowMs);
  }

  #gap(lane: Lane, because: string, nowMs: number): void {
    const { openTimeMs, reason } = lane.giveUp(because);
    this.counts.gaps++;
    this.#out.push({ type: 'gap', market: lane.market, fromMs: openTimeMs, toMs: openTimeMs + lane.timeframeMs, reason, atMs: nowMs });
    this.#pending.delete(lane);
  }

  #giveUp(nowMs: number): void {
    const onlyDormant = [...this.#pending].every((lane) => this.#isDormant(lane)) && this.#evidenceMs <= nowMs && this.#connectedMs <= nowMs;
    const reason = `not received within ${formatDuration(this.#options.patienceMs)}`;
    for (const lane of this.#pending) {
      if (!onlyDormant && this.#giveUpAtMs(lane) > nowMs) continue;
      lane.strikes++;
      this.#gap(lane, lane.strikes > MOST_STRIKES ? `no longer waited for after ${MOST_STRIKES} bars that did not come` : reason, nowMs);
    }
  }

  #isDormant(lane: Lane): boolean {
    return lane.strikes >= MOST_STRIKES && lane.askedToMs === null && lane.holds === 0;
  }

  #giveUpAtMs(lane: Lane): number {
    return lane.askedToMs === null ? Math.max(this.#frontierMs, this.#evidenceMs, this.#connectedMs) + this.#options.patienceMs : Infinity;
  }

  #askAtMs(lane: Lane): number {
    if (this.#isDormant(lane)) return Infinity;
    return Math.max(lane.holds > 0 ? -Infinity : this.#frontierMs + this.#options.graceMs, lane.askNotBeforeMs);
  }

  /** Before the first close, markets that have not begun get the same patience. */
  #awaitsOthers(nowMs: number): boolean {
    return this.#initialDueMs() > nowMs;
  }

  #initialDueMs(): number {
    return this.#hasClosed || this.#unstarted.size === 0 || this.#frontierMs === Infinity ? -Infinity : this.#evidenceMs + this.#options.patienceMs;
  }

  #ask(nowMs: number): void {
    for (const lane of this.#pending) {
      if (lane.askedToMs !== null || this.#askAtMs(lane) > nowMs) continue;
      const fromMs = lane.nextOpenMs as number;
      const closedToMs = fromMs + Math.floor((nowMs - fromMs) / lane.timeframeMs) * lane.timeframeMs;
      const toMs = Math.min(lane.firstHeldMs() ?? closedToMs, closedToMs, fromMs + this.#options.maxAskBars * lane.timeframeMs);
      lane.askedToMs = toMs;
      this.#asks.push({ key: lane.key, fromMs, toMs, hasLater: lane.firstHeldMs() === toMs });
    }
  }

  #close(nowMs: number): void {
    const closeTimeMs = this.#frontierMs;
    for (const timeframeMs of this.#timeframes) {
      if (!this.#closing.has(timeframeMs) || closeTimeMs <= (this.#lastClose.get(timeframeMs) ?? -Infinity)) continue;
      this.#lastClose.set(timeframeMs, closeTimeMs);
      this.#out.push({ type: 'close', timeframeMs, closeTimeMs, atMs: nowMs });
    }
    this.#hasClosed = true;
    this.#findFrontier(nowMs);
  }

  #findFrontier(nowMs = Infinity): void {
    let frontierMs = Math.min(Infinity, ...this.#owed.values());
    for (const lane of this.#lanes.values()) frontierMs = Math.min(frontierMs, lane.nextCloseMs);
    this.#frontierMs = frontierMs;
    this.#closing.clear();
    this.#evidenceMs = Infinity;
    this.#scanAtMs = -Infinity;
    for (const [timeframeMs, owedMs] of this.#owed) {
      if (owedMs !== frontierMs) continue;
      this.#closing.add(timeframeMs);
      this.#owed.delete(timeframeMs);
    }
    for (const lane of this.#lanes.values()) {
      if (lane.nextCloseMs === frontierMs && frontierMs !== Infinity) {
        this.#pending.add(lane);
        this.#closing.add(lane.timeframeMs);
      }
      if (lane.holds > 0) this.#evidenceMs = nowMs;
    }
  }

  #taken(): readonly FeedEvent[] {
    const events = this.#out;
    this.#out = [];
    return events;
  }
}
