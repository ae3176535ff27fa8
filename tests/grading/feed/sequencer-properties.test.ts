import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, seededRandom } from '../../../engine/index.ts';
import { closeTimeMs, type FeedEvent, marketKey, type RawBar, Sequencer } from '../../../grading/index.ts';
import { FEED_START_MS as T0, feedBars, marketOf, rawBars } from '../../support/feed-market.ts';

const BARS = 14;
const markets = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT'].map((symbol) => feedBars(symbol, BARS)).concat(feedBars('BTC/USDT', 4, { timeframeMs: 4 * HOUR_MS }));
const truth = markets.map(rawBars);

interface Delivery { readonly bar: RawBar; readonly atMs: number }

/** What a bad connection makes of the bars: lost, late, repeated, corrected, forming, impossible. */
function dirty(seed: number, lossFrac: number): Delivery[] {
  const random = seededRandom(seed, 'dirty');
  return truth.flat().flatMap((bar): Delivery[] => {
    const market = markets.find((one) => marketKey(marketOf(one)) === bar.key) as (typeof markets)[number];
    const closeMs = bar.openTimeMs + market.timeframeMs;
    const delayMs = random() < 0.7 ? random() * 2_000 : random() * 3 * HOUR_MS;
    const deliveries: Delivery[] = [{ bar: { ...bar, isFinal: false, close: bar.low }, atMs: closeMs - 1_000 }];
    if (random() >= lossFrac) deliveries.push({ bar, atMs: closeMs + delayMs });
    if (random() < 0.2) deliveries.push({ bar, atMs: closeMs + random() * 5 * HOUR_MS });
    if (random() < 0.1) deliveries.push({ bar: { ...bar, high: bar.high + 1 }, atMs: closeMs + delayMs + random() * HOUR_MS });
    if (random() < 0.1) deliveries.push({ bar: { ...bar, low: Number.NaN }, atMs: closeMs + random() * HOUR_MS });
    if (random() < 0.1) deliveries.push({ bar, atMs: closeMs - random() * HOUR_MS });
    return deliveries;
  }).sort((a, b) => a.atMs - b.atMs);
}

/** Runs a delivery; the source answers a question with probability `answers`, in full or that it has none. */
function run(deliveries: readonly Delivery[], { seed, answers }: { readonly seed: number; readonly answers: number }): FeedEvent[] {
  const random = seededRandom(seed, 'answers');
  const sequencer = new Sequencer({ markets: markets.map(marketOf), position: new Map(markets.map((bars) => [marketKey(marketOf(bars)), T0 - bars.timeframeMs])), keptBars: 100 });
  const events: FeedEvent[] = [];
  const serve = (nowMs: number): void => {
    for (const ask of sequencer.takeAsks()) {
      const has = random() < answers;
      if (has) for (const bar of truth.flat()) if (bar.key === ask.key && bar.openTimeMs >= ask.fromMs && bar.openTimeMs < ask.toMs) events.push(...sequencer.push(bar, nowMs));
      events.push(...sequencer.answer({ ...ask, knownToMs: has || random() < 0.5 ? ask.toMs : ask.fromMs, reason: 'not there' }, nowMs));
    }
  };
  const ticks = Array.from({ length: (BARS + 30) * 6 }, (_, i) => ({ bar: null, atMs: T0 + i * (HOUR_MS / 6) + 1 }));
  for (const { bar, atMs } of [...deliveries, ...ticks].sort((a, b) => a.atMs - b.atMs)) {
    events.push(...(bar === null ? sequencer.tick(atMs) : sequencer.push(bar, atMs)));
    serve(atMs);
  }
  return events;
}

/** First editions and gaps of one market, in the order that they were given. */
const placesOf = (events: readonly FeedEvent[], key: string): { readonly openTimeMs: number; readonly kind: string }[] => events.flatMap((event) => {
  if (event.type === 'bar' && marketKey(event.bar) === key && event.bar.revision === 0) return [{ openTimeMs: event.bar.openTimeMs, kind: 'bar' }];
  return event.type === 'gap' && marketKey(event.market) === key ? [{ openTimeMs: event.fromMs, kind: 'gap' }] : [];
});

const inputs = fc.record({ seed: fc.integer({ min: 0, max: 1e6 }), lossFrac: fc.constantFrom(0, 0.1, 0.5), answers: fc.constantFrom(0, 0.5, 1) });

describe('whatever comes in, what comes out', () => {
  it('has each market in order, one place a bar, none twice and none left out', () => {
    fc.assert(fc.property(inputs, ({ seed, lossFrac, answers }) => {
      const events = run(dirty(seed, lossFrac), { seed, answers });
      for (const bars of markets) {
        const places = placesOf(events, marketKey(marketOf(bars)));
        expect(places.map(({ openTimeMs }) => openTimeMs)).toEqual(places.map((_, t) => T0 + t * bars.timeframeMs));
      }
    }), { numRuns: 25, seed: 1 });
  });

  it('gives no bar before its close, and none of a later close before an earlier one is closed', () => {
    fc.assert(fc.property(inputs, ({ seed, lossFrac, answers }) => {
      let closedMs = T0;
      for (const event of run(dirty(seed, lossFrac), { seed, answers })) {
        if (event.type === 'close') {
          expect(event.closeTimeMs).toBeGreaterThanOrEqual(closedMs);
          closedMs = event.closeTimeMs;
        }
        if (event.type === 'bar' || event.type === 'late') expect(event.atMs).toBeGreaterThanOrEqual(closeTimeMs(event.bar));
        if (event.type === 'bar' && event.bar.revision === 0) expect(closeTimeMs(event.bar)).toBeGreaterThanOrEqual(closedMs);
      }
    }), { numRuns: 25, seed: 2 });
  });

  it('closes each timeframe once a close, behind a bar or a gap of every market', () => {
    fc.assert(fc.property(inputs, ({ seed, lossFrac, answers }) => {
      const places = new Map<string, number>();
      const closes = new Map<number, number>();
      for (const event of run(dirty(seed, lossFrac), { seed, answers })) {
        if (event.type === 'bar' && event.bar.revision === 0) places.set(marketKey(event.bar), closeTimeMs(event.bar));
        if (event.type === 'gap') places.set(marketKey(event.market), event.toMs);
        if (event.type !== 'close') continue;
        expect(event.closeTimeMs).toBe((closes.get(event.timeframeMs) ?? T0) + event.timeframeMs);
        closes.set(event.timeframeMs, event.closeTimeMs);
        for (const bars of markets.filter(({ timeframeMs }) => timeframeMs === event.timeframeMs)) expect(places.get(marketKey(marketOf(bars)))).toBe(event.closeTimeMs);
      }
    }), { numRuns: 25, seed: 3 });
  });

  it('numbers the editions of a bar 0, 1, 2 …', () => {
    fc.assert(fc.property(inputs, ({ seed, lossFrac, answers }) => {
      const next = new Map<string, number>();
      for (const event of run(dirty(seed, lossFrac), { seed, answers })) {
        if (event.type !== 'bar' && event.type !== 'late') continue;
        const place = `${marketKey(event.bar)} ${event.bar.openTimeMs}`;
        expect(event.bar.revision).toBe(next.get(place) ?? 0);
        next.set(place, event.bar.revision + 1);
      }
    }), { numRuns: 25, seed: 4 });
  });

  it('is the stream of true bars where the source answers every question and corrects nothing', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(0, 0.2, 0.6), (seed, lossFrac) => {
      const honest = dirty(seed, lossFrac).filter(({ bar }) => truth.flat().includes(bar) || !bar.isFinal);
      const given = run(honest, { seed, answers: 1 }).flatMap((event) => (event.type === 'bar' ? [event.bar] : []));
      expect(given.every(({ revision }) => revision === 0)).toBe(true);
      for (const bars of truth) {
        const own = given.filter((bar) => marketKey(bar) === bars[0].key);
        expect(own.map(({ openTimeMs, open, high, low, close, volume }) => [openTimeMs, open, high, low, close, volume]))
          .toEqual(bars.map(({ openTimeMs, open, high, low, close, volume }) => [openTimeMs, open, high, low, close, volume]));
      }
    }), { numRuns: 15, seed: 5 });
  });

  it('is the same stream where it is cut off anywhere and continued from its position', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 60 }), (cut) => {
      const deliveries = truth.flat().map((bar) => ({ bar, atMs: T0 + BARS * HOUR_MS })).sort((a, b) => a.bar.openTimeMs - b.bar.openTimeMs);
      const play = (position: ReadonlyMap<string, number>): FeedEvent[] => {
        const sequencer = new Sequencer({ markets: markets.map(marketOf), position });
        return [...sequencer.tick(T0 + 2 * BARS * HOUR_MS), ...deliveries.flatMap(({ bar }) => sequencer.push(bar, T0 + 2 * BARS * HOUR_MS))];
      };
      const start = new Map(markets.map((bars) => [marketKey(marketOf(bars)), T0 - bars.timeframeMs]));
      for (const { timeframeMs } of markets) start.set(`close@${timeframeMs}`, T0);
      const whole = play(start);
      const position = new Map(start);
      for (const event of whole.slice(0, cut)) {
        if (event.type === 'bar') position.set(marketKey(event.bar), event.bar.openTimeMs);
        if (event.type === 'close') position.set(`close@${event.timeframeMs}`, event.closeTimeMs);
      }
      expect([...whole.slice(0, cut), ...play(position)]).toEqual(whole);
    }), { numRuns: 61, seed: 6 });
  });
});
