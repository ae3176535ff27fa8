import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../engine/index.ts';
import { FeeMeter, type FeeSchedule } from '../../../engine/simulate/index.ts';

const START = Date.UTC(2024, 0, 1);
const day = (count: number): number => START + count * DAY_MS;

const SCHEDULE: FeeSchedule = {
  name: 'hand',
  tables: [
    { fromMs: day(0), tiers: [{ fromVolumeQuote: 0, takerFeeBps: 10, makerFeeBps: 8 }, { fromVolumeQuote: 1000, takerFeeBps: 6, makerFeeBps: 4 }, { fromVolumeQuote: 5000, takerFeeBps: 2, makerFeeBps: -1 }] },
    { fromMs: day(100), tiers: [{ fromVolumeQuote: 0, takerFeeBps: 20, makerFeeBps: 15 }, { fromVolumeQuote: 2000, takerFeeBps: 12, makerFeeBps: 9 }] },
  ],
};

const takerBps = (meter: FeeMeter, timeMs: number): number => Math.round(meter.ratesAt(timeMs).takerFrac * 1e8) / 1e4;

describe('the fee meter', () => {
  it('begins at the first tier, also before the first table', () => {
    expect(new FeeMeter(SCHEDULE).ratesAt(day(-500))).toEqual({ takerFrac: 0.001, makerFrac: 0.0008 });
    expect(new FeeMeter(SCHEDULE).ratesAt(day(1))).toEqual({ takerFrac: 0.001, makerFrac: 0.0008 });
  });

  it('reaches a tier at its volume, from the fill after', () => {
    const meter = new FeeMeter(SCHEDULE);
    expect(takerBps(meter, day(1))).toBe(10);
    meter.onFill(day(1), 999);
    expect(takerBps(meter, day(2))).toBe(10);
    meter.onFill(day(2), 1);
    expect(takerBps(meter, day(2))).toBe(6);
    meter.onFill(day(3), 4000);
    expect(meter.ratesAt(day(3))).toEqual({ takerFrac: 0.0002, makerFrac: -0.0001 });
  });

  it('counts a fill for 30 days to the millisecond', () => {
    const meter = new FeeMeter(SCHEDULE);
    meter.onFill(day(0), 1000);
    expect(takerBps(meter, day(30))).toBe(6);
    expect(takerBps(meter, day(30) + 1)).toBe(10);
  });

  it('forgets fills one by one', () => {
    const meter = new FeeMeter(SCHEDULE);
    meter.onFill(day(0), 4000);
    meter.onFill(day(10), 700);
    meter.onFill(day(20), 400);
    expect([day(20), day(31), day(41), day(51)].map((at) => takerBps(meter, at))).toEqual([2, 6, 10, 10]);
  });

  it('takes the table in force, with the volume traded under the one before', () => {
    const meter = new FeeMeter(SCHEDULE);
    meter.onFill(day(99), 2500);
    expect(takerBps(meter, day(100) - 1)).toBe(6);
    expect(takerBps(meter, day(100))).toBe(12);
    expect(takerBps(meter, day(130))).toBe(20);
  });

  it('agrees with a sum over all fills, however many lie in the window', () => {
    const meter = new FeeMeter(SCHEDULE);
    const fills: [number, number][] = [];
    for (let i = 0; i < 2000; i++) {
      const at = day(i * 0.05);
      const volume = fills.filter(([time]) => time >= at - 30 * DAY_MS).reduce((sum, [, notional]) => sum + notional, 0);
      const table = SCHEDULE.tables[at >= day(100) ? 1 : 0];
      const tier = table.tiers.findLast(({ fromVolumeQuote }) => volume >= fromVolumeQuote);
      expect(takerBps(meter, at), String(i)).toBe(tier?.takerFeeBps);
      const notional = (i * 7919) % 13;
      meter.onFill(at, notional);
      fills.push([at, notional]);
    }
  });

  it('gives the same object for the same tier', () => {
    const meter = new FeeMeter(SCHEDULE);
    expect(meter.ratesAt(day(1))).toBe(meter.ratesAt(day(2)));
  });
});
