import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRing, createSignalAccount, createView, type GradeRow, gradeRows, type ModelBook, type TraderGrade, type View } from '../../../grading/index.ts';
import { gradingEntries } from '../../support/grading-entries.ts';

const stream = gradingEntries({ days: 4 });

function viewOf(upTo = stream.entries.length): View {
  const books = stream.freshBooks();
  const view = createView(books);
  for (const entry of stream.entries.slice(0, upTo)) [books.bars, books.models, view].forEach((part) => part.apply(entry));
  return view;
}

describe('a ring', () => {
  it('keeps the newest, as a list that is cut would', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.integer()), fc.nat(10), (capacity, values, count) => {
      const ring = createRing<number>(capacity);
      for (const value of values) ring.push(value);
      const kept = values.slice(-capacity);
      expect([...ring.values()]).toEqual(kept);
      expect([ring.length, ring.dropped]).toEqual([kept.length, values.length - kept.length]);
      expect([ring.first(), ring.last()]).toEqual([kept[0] ?? null, kept[kept.length - 1] ?? null]);
      expect(ring.newest(count)).toEqual(kept.toReversed().slice(0, count));
    }));
  });
});

describe('the view', () => {
  it('is the same after a restart at any entry', async () => {
    const whole = viewOf();
    const again = viewOf();
    expect(await gradeRows(again, { fromMs: 0 })).toEqual(await gradeRows(whole, { fromMs: 0 }));
    expect([again.state.seq, again.state.alerts.length, [...again.state.moonshots.keys()]]).toEqual([whole.state.seq, whole.state.alerts.length, [...whole.state.moonshots.keys()]]);
    expect(whole.respond(stream.entries[0])).toEqual([]);
  });

  it('as known at a time is what it was at that time', async () => {
    const whole = viewOf();
    const bare = ({ seq, tsMs, value }: GradeRow) => ({ seq, tsMs, value });
    for (const n of [200, 400, 700]) {
      const { tsMs } = stream.entries[n];
      const end = stream.entries.findLastIndex((entry) => entry.tsMs <= tsMs) + 1;
      const then = await gradeRows(viewOf(end), { fromMs: 0, asKnownAtMs: tsMs });
      expect((await gradeRows(whole, { fromMs: 0, asKnownAtMs: tsMs })).map(bare)).toEqual(then.map(bare));
    }
  });

  it('holds every grade once by market, symbol and venue', async () => {
    const view = viewOf();
    const published = stream.entries.filter(({ type }) => type === 'grade_published').length;
    expect(await gradeRows(view, { fromMs: 0 })).toHaveLength(published);
    expect(await gradeRows(view, { symbols: ['BTC'] })).toHaveLength(1);
    expect(await gradeRows(view, { symbols: ['BTC/USDT'], venues: ['binance'] })).toHaveLength(1);
    expect(await gradeRows(view, { venues: ['elsewhere'] })).toEqual([]);
    expect(await gradeRows(view, { timeframeMs: 60_000 })).toEqual([]);
  });
});

describe('the account of signals', () => {
  const models = { get: () => ({ version: { grade: { roundTripCost: 0.002 } } }) } as unknown as ModelBook;
  const grade = (signal: -1 | 0 | 1 | null): TraderGrade => ({ signal, models: [{ model: 'a@1', weight: 1 }] }) as unknown as TraderGrade;
  const bar = (open: number, close: number) => ({ venue: 'v', symbol: 'A/B', timeframeMs: 1, openTimeMs: 0, open, high: 0, low: 0, close, volume: null, revision: 0 });

  it('enters at the next open, pays half the round trip a side, and holds beside it', () => {
    const account = createSignalAccount(models);
    account.bar(bar(100, 100));
    account.grade(grade(1));
    expect([account.signalReturn, account.holdReturn]).toEqual([null, null]);
    account.bar(bar(101, 110));
    expect(account.signalReturn).toBeCloseTo(0.999 * (110 / 101) - 1, 12);
    expect(account.holdReturn).toBeCloseTo(0.999 * (110 / 101) - 1, 12);
    account.grade(grade(-1));
    account.bar(bar(112, 100));
    expect(account.signalReturn).toBeCloseTo(0.999 * (110 / 101) * (112 / 110) * 0.998 * (1 - (100 / 112 - 1)) - 1, 12);
    expect(account.holdReturn).toBeCloseTo(0.999 * (100 / 101) - 1, 12);
    account.grade(grade(null));
    account.bar(bar(100, 500));
    expect(account.signalReturn).toBeCloseTo(0.999 * (112 / 101) * 0.998 * (2 - 100 / 112) * 0.999 - 1, 12);
  });
});
