import { mkdirSync } from 'node:fs';
import { syntheticMarket } from '../../../datasets/index.ts';
import { type Bars, HOUR_MS } from '../../../engine/index.ts';
import { type Entry, type Feed, type Live, openLive, type Registry, replayFeed } from '../../../grading/index.ts';
import { promotedRegistry } from '../../../tests/support/promoted-registry.ts';

export const HISTORY_BARS = 500;
const START_MS = Date.UTC(2025, 8, 1);

export interface GradedMarket {
  readonly live: Live;
  readonly registry: Registry;
  readonly feed: Feed;
  /** Lets the next close through, and gives the milliseconds until it, and all that follows from it, was on the disk. */
  step(): Promise<Step>;
  /** Hears the feed until it is stopped. */
  run(): Promise<void>;
  stop(): void;
}

export interface Step {
  readonly ms: number;
  readonly committedAtMs: number;
  readonly entries: readonly Entry[];
}

export interface MarketOptions {
  readonly home: string;
  readonly symbols: number;
  readonly bars: number;
  /** `steps`: every close waits for `step`. */
  readonly pace: 'steps' | 'max';
}

export function coins({ symbols, bars }: Pick<MarketOptions, 'symbols' | 'bars'>): readonly Bars[] {
  return syntheticMarket({ kind: 'correlated', coins: symbols, seed: 3, bars: HISTORY_BARS + bars, timeframeMs: HOUR_MS, startMs: START_MS - HISTORY_BARS * HOUR_MS }).markets;
}

/** A live service as `assay serve` has it, all parts, over coins graded by one ema-cross. */
export async function gradedMarket({ home, symbols, bars, pace }: MarketOptions): Promise<GradedMarket> {
  mkdirSync(home, { recursive: true });
  const markets = coins({ symbols, bars });
  const { registry, loadModel } = await promotedRegistry(home, { universe: 'any', memoryBars: 300 });
  const traded = markets.map(({ instrument: { venue, symbol }, timeframeMs }) => ({ venue, symbol, timeframeMs }));
  const settings = { sandbox: true, timeframeMs: HOUR_MS, indices: ['blue-chip', 'low-cap'], moonshot: true, paper: { cash: 10_000, markets: traded } } as const;
  const live = await openLive({ home, registry, loadModel, settings, onNotice: console.error });
  const gate = gateOf();
  const feed = replayFeed(markets, { fromMs: START_MS, ...(pace === 'steps' ? { speed: 1, timer: gate.timer } : {}) });
  const controller = new AbortController();
  let heard: ((step: Step) => void) | null = null;
  let releasedMs = 0;
  live.subscribe((entries) => {
    if (heard === null || !entries.some(({ type }) => type === 'close')) return;
    const done = heard;
    heard = null;
    done({ ms: performance.now() - releasedMs, committedAtMs: performance.timeOrigin + performance.now(), entries });
  });
  return {
    live, registry, feed,
    async step() {
      await gate.isWaiting();
      const stepped = new Promise<Step>((resolve) => { heard = resolve; });
      releasedMs = performance.now();
      gate.open();
      return stepped;
    },
    run: () => live.run(feed, HISTORY_BARS, controller.signal),
    stop(): void {
      controller.abort();
      gate.open();
    },
  };
}

/** A timer whose waits end when it is opened, one by one. */
function gateOf() {
  let open: () => void = () => undefined;
  let arrived: () => void = () => undefined;
  let waiting = new Promise<void>((resolve) => { arrived = resolve; });
  return {
    timer: {
      wait: () => new Promise<void>((resolve) => {
        open = resolve;
        arrived();
      }),
    },
    isWaiting: () => waiting,
    open(): void {
      waiting = new Promise((resolve) => { arrived = resolve; });
      open();
    },
  };
}
