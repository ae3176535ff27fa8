import { expect } from 'vitest';
import type { Bars } from '../../engine/index.ts';
import {
  type BarBook, closeTimeMs, type ClosedBar, createBarBook, type Entry, type EntryDraft, type EntryType, type HistoryColumns, type Market, marketKey, type Processor,
} from '../../grading/index.ts';

/** The service's own book over histories that are kept in memory. */
export function createTestBook(histories: readonly Bars[] = [], keepBars = 20_000): { readonly book: () => BarBook & Processor; readonly arrivals: readonly Arrival[] } {
  const columns = new Map(histories.map((bars) => [bars.dataHash, bars]));
  const history = (hash: string): HistoryColumns => {
    const bars = columns.get(hash);
    if (bars === undefined) throw new Error(`no history ${hash}`);
    return { openTimeMs: [...bars.openTimeMs], open: [...bars.open], high: [...bars.high], low: [...bars.low], close: [...bars.close], volume: [...bars.volume] };
  };
  return { book: () => createBarBook({ keepBars, history }), arrivals: histories.map(historyArrival) };
}

function historyArrival({ instrument: { venue, symbol }, timeframeMs, length, openTimeMs, dataHash }: Bars): Arrival {
  const payload = { market: { venue, symbol, timeframeMs }, sha256: dataHash, bars: length, firstOpenMs: openTimeMs[0], lastOpenMs: openTimeMs[length - 1] };
  return { type: 'history_loaded', model: null, payload, tsMs: openTimeMs[length - 1] + timeframeMs };
}

export function marketOf({ venue, symbol, timeframeMs }: Market): Market {
  return { venue, symbol, timeframeMs };
}

/** The rows of bars as a feed gives them. */
export function closedBars({ instrument: { venue, symbol }, timeframeMs, openTimeMs, open, high, low, close, volume }: Bars): ClosedBar[] {
  return Array.from(openTimeMs, (time, t) => ({
    venue, symbol, timeframeMs, openTimeMs: time, open: open[t], high: high[t], low: low[t], close: close[t], volume: Number.isNaN(volume[t]) ? null : volume[t], revision: 0,
  }));
}

/** An event as it enters: what is written, and when. */
export type Arrival = EntryDraft & { readonly tsMs: number };

/** Bars of several markets as they arrive: all that close at one time, in order of their keys, then the close. */
export function arrivalsOf(markets: readonly Bars[]): Arrival[] {
  const bars = markets.flatMap(closedBars).sort((a, b) => closeTimeMs(a) - closeTimeMs(b) || a.timeframeMs - b.timeframeMs || (marketKey(a) < marketKey(b) ? -1 : 1));
  return bars.flatMap((bar, i) => {
    const tsMs = closeTimeMs(bar);
    const next = bars[i + 1];
    const isLast = next === undefined || closeTimeMs(next) !== tsMs || next.timeframeMs !== bar.timeframeMs;
    const arrival: Arrival = { type: 'bar_received', model: null, payload: bar, tsMs };
    return isLast ? [arrival, { type: 'close', model: null, payload: { timeframeMs: bar.timeframeMs, closeTimeMs: tsMs }, tsMs }] : [arrival];
  });
}

/** Processors of one service; books come first, as they must have applied an entry before others read them. */
export type Assembly = () => readonly Processor[];

/** Lets arrivals through fresh processors; every batch is one arrival with all that followed from it. */
export function drive(assemble: Assembly, arrivals: readonly Arrival[]): Entry[][] {
  const step = stepper(assemble(), 0);
  return arrivals.map(step);
}

function stepper(processors: readonly Processor[], firstSeq: number): (arrival: Arrival) => Entry[] {
  let seq = firstSeq;
  return (arrival) => {
    const batch: Entry[] = [];
    const waiting: EntryDraft[] = [arrival];
    for (let i = 0; i < waiting.length; i++) {
      const { type, model, payload } = waiting[i];
      const entry = { type, model, payload, seq: seq++, tsMs: arrival.tsMs } as Entry;
      batch.push(entry);
      for (const processor of processors) processor.apply(entry);
      for (const processor of processors) waiting.push(...processor.respond(entry));
    }
    return batch;
  };
}

/** Entries of one type, in order. */
export function entriesOf<T extends EntryType>(batches: readonly Entry[][], type: T): Entry<T>[] {
  return batches.flat().filter((entry) => entry.type === type) as Entry<T>[];
}

export function payloadsOf<T extends EntryType>(batches: readonly Entry[][], type: T): Entry<T>['payload'][] {
  return entriesOf(batches, type).map(({ payload }) => payload);
}

/**
 * Proves that processors restored by `apply` alone go on as if they had never stopped: at every `every`-th batch they are made anew from what was
 * written, and the next batches (all, or so many) must be the same. What is written must also survive JSON.
 */
export function expectRestorable(assemble: Assembly, arrivals: readonly Arrival[], { every = 1, batches: count = Infinity }: { readonly every?: number; readonly batches?: number } = {}): Entry[][] {
  const whole = drive(assemble, arrivals);
  const written = JSON.parse(JSON.stringify(whole)) as Entry[][];
  expect(written).toEqual(whole);
  for (let cut = every; cut < arrivals.length; cut += every) {
    const processors = assemble();
    const before = written.slice(0, cut).flat();
    for (const entry of before) for (const processor of processors) processor.apply(entry);
    const step = stepper(processors, before.length);
    const end = Math.min(arrivals.length, cut + count);
    for (let i = cut; i < end; i++) expect(step(arrivals[i])).toEqual(whole[i]);
  }
  return whole;
}
