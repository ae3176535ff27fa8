import { describe, expect, it } from 'vitest';
import { type BarColumns, DAY_MS, HOUR_MS } from '../../../engine/index.ts';
import { planWindows, walkForwardEfficiency, type WindowPlan } from '../../../engine/walkforward/index.ts';
import { stitch } from '../../../engine/walkforward/stitch.ts';

function barsEvery(stepMs: number, count: number, skip: (t: number) => boolean = () => false): BarColumns {
  const openTimeMs = Float64Array.from(Array.from({ length: count }, (_, t) => t).filter((t) => !skip(t)).map((t) => t * stepMs));
  const any = new Float64Array(openTimeMs.length);
  return { openTimeMs, open: any, high: any, low: any, close: any, volume: any };
}

const plan = (more: Partial<WindowPlan>): WindowPlan => ({ kind: 'rolling', trainMs: 36 * DAY_MS, testMs: 12 * DAY_MS, purgeMs: 0, stepMs: 12 * DAY_MS, keepShort: false, ...more });

describe('walk-forward windows', () => {
  it('are 17 over 240 periods of 36 train and 12 test', () => {
    const windows = planWindows(barsEvery(DAY_MS, 240), plan({}));
    expect(windows.length).toBe(17);
    expect(windows[0]).toEqual({ trainFrom: 0, trainTo: 36, testFrom: 36, testTo: 48 });
    expect(windows[16]).toEqual({ trainFrom: 192, trainTo: 228, testFrom: 228, testTo: 240 });
  });

  it('begin at the first bar when they are anchored', () => {
    const windows = planWindows(barsEvery(DAY_MS, 240), plan({ kind: 'anchored' }));
    expect(new Set(windows.map(({ trainFrom }) => trainFrom))).toEqual(new Set([0]));
    expect(windows.at(-1)?.trainTo).toBe(228);
  });

  it('leave the purge between train and test', () => {
    for (const { trainTo, testFrom } of planWindows(barsEvery(DAY_MS, 240), plan({ purgeMs: 5 * DAY_MS }))) expect(testFrom - trainTo).toBe(5);
  });

  it('drop a last test that is short unless it is asked for', () => {
    const bars = barsEvery(DAY_MS, 245);
    expect(planWindows(bars, plan({})).length).toBe(17);
    const kept = planWindows(bars, plan({ keepShort: true }));
    expect(kept.length).toBe(18);
    expect(kept[17]).toMatchObject({ testFrom: 240, testTo: 245 });
  });

  it('follow the clock and not the count of bars across an outage', () => {
    const windows = planWindows(barsEvery(HOUR_MS, 240 * 24, (t) => t > 1000 && t < 1100), plan({}));
    expect(windows.length).toBe(17);
    for (let k = 1; k < windows.length; k++) expect(windows[k].testFrom).toBe(windows[k - 1].testTo);
  });

  it('refuse a plan that cannot be, with the remedy', () => {
    expect(() => planWindows(barsEvery(DAY_MS, 40), plan({}))).toThrow(/must fit into the bars/);
    expect(() => planWindows(barsEvery(DAY_MS, 240), plan({ stepMs: DAY_MS }))).toThrow(/do not overlap/);
    expect(() => planWindows(barsEvery(DAY_MS, 240), plan({ trainMs: 0 }))).toThrow(/train must be above 0/);
  });
});

describe('the stitched curve', () => {
  const trade = { entryBar: 11, exitBar: 12, pnlQuote: 10, qtyBase: 2, feesQuote: 1, spreadQuote: 1, slippageQuote: 1, fundingQuote: 0 };

  it('lets each window grow from where the one before ended', () => {
    const { equity, rows, trades } = stitch(
      [
        { testFrom: 10, equity: Float64Array.of(100, 110, 120), exposure: Float64Array.of(0, 1, 0), trades: [] },
        { testFrom: 12, equity: Float64Array.of(100, 90), exposure: Float64Array.of(0, 1), trades: [{ ...trade, entryBar: 12, exitBar: 12 } as never] },
      ],
      1000,
    );
    expect([...equity]).toEqual([1000, 1100, 1200, 1080]);
    expect([...rows]).toEqual([9, 10, 11, 12]);
    expect(trades[0]).toMatchObject({ entryBar: 3, exitBar: 3, pnlQuote: 120, qtyBase: 24 });
  });
});

describe('walk-forward efficiency', () => {
  it('is the ratio of annualised totals', () => {
    const { value } = walkForwardEfficiency([{ profitQuote: 100, years: 1 }, { profitQuote: 300, years: 1 }], [{ profitQuote: 20, years: 0.25 }, { profitQuote: 30, years: 0.25 }]);
    expect(value).toBe(0.5);
  });

  it('does not exist where nothing was earned in sample', () => {
    expect(walkForwardEfficiency([{ profitQuote: -1, years: 1 }], [{ profitQuote: 5, years: 1 }])).toEqual({ value: null, reason: 'in-sample profit is not positive' });
    expect(walkForwardEfficiency([], []).value).toBeNull();
  });
});
