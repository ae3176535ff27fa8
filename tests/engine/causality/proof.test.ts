import { describe, expect, test } from 'vitest';
import { above, defineStrategy, InputError, proveCausality, simulationConfig, sliceBars, type Strategy } from '../../../engine/index.ts';
import { emaCross } from '../../../strategies/trend/ema-cross.ts';
import { TEST_MARKETS } from './markets.ts';

const CONFIG = simulationConfig('perpetual', { funding: 'none' });
const [{ markets: [BARS] }] = TEST_MARKETS;
const EMA = { fastBars: 12, slowBars: 48 };

function emaWith(warmupBars: number): Strategy {
  return defineStrategy({
    id: 'short-memory', summary: 'an average', params: {}, warmupBars: () => warmupBars,
    targetExposure: ({ close }, _, ta) => above(ta.ema(close, 12), ta.ema(close, 48)),
  });
}

const tomorrow = defineStrategy({
  id: 'tomorrow', summary: 'planted', params: {}, warmupBars: () => 2,
  targetExposure: ({ close }) => close.map((price, t) => Math.sign((close[t + 1] ?? price) - price)),
});

describe('the proof', () => {
  test('states what it compared, and the same seed gives the same proof', () => {
    const proof = proveCausality(emaCross, EMA, [BARS], CONFIG, { seed: 5 });
    expect(proof).toEqual(proveCausality(emaCross, EMA, [BARS], CONFIG, { seed: 5 }));
    expect(proof).toMatchObject({ cuts: 24, seed: 5, leaks: [], incremental: { changed: 0 } });
    expect(proof.compared).toBeGreaterThan(1000);
    expect(proof.incremental.compared).toBeGreaterThanOrEqual(12);
    expect(proof.warmup.compared).toBeGreaterThan(200);
  });

  test('a leak is one sentence that names the strategy, the bar and the remedy', () => {
    const { leaks: [leak] } = proveCausality(tomorrow, {}, [BARS], CONFIG);
    expect(leak).toMatchInlineSnapshot(`
      {
        "changed": 37,
        "cutBar": 3798,
        "cutTimeMs": 1591509600000,
        "message": "decision of tomorrow at 2020-06-07T05:00:00Z changed when bars after it were cut off: it reads 1 bar ahead; use values up to the bar itself",
        "name": "reads-ahead",
        "reachBars": 1,
        "subject": "decision",
        "test": "truncate",
      }
    `);
    expect(BARS.openTimeMs[leak.cutBar]).toBe(leak.cutTimeMs);
  });

  test('bar-by-bar evaluation of a leaking strategy differs from that over all bars', () => {
    const { incremental } = proveCausality(tomorrow, {}, [BARS], CONFIG);
    expect(incremental.changed).toBeGreaterThan(0);
  });

  test('an average that declares one window of warm-up is caught by a longer history, one that declares five is not', () => {
    const short = proveCausality(emaWith(48), {}, [BARS], CONFIG).warmup;
    expect(short.changed / short.compared).toBeGreaterThan(0.001);
    expect(short.maxDifference).toBe(1);
    const long = proveCausality(emaWith(240), {}, [BARS], CONFIG).warmup;
    expect(long.changed).toBe(0);
    expect(long.compared).toBeGreaterThan(200);
  });

  test('the thorough mode looks at the whole series', () => {
    const bars = sliceBars(BARS, 0, 2000);
    const proof = proveCausality(emaCross, EMA, [bars], CONFIG, { cuts: 40, budgetBars: Infinity });
    expect(proof).toMatchObject({ cuts: 40, leaks: [], warmup: { changed: 0 }, incremental: { compared: 40, changed: 0 } });
    expect(proof.compared).toBeGreaterThan(40 * 1000);
  });

  test('data that are too short for a cut are said to prove nothing', () => {
    expect(proveCausality(emaCross, EMA, [sliceBars(BARS, 0, 241)], CONFIG)).toEqual({
      cuts: 0, seed: 1, compared: 0, leaks: [], warmup: { compared: 0, changed: 0, maxDifference: 0 }, incremental: { compared: 0, changed: 0 },
    });
    const few = proveCausality(emaCross, EMA, [sliceBars(BARS, 0, 250)], CONFIG);
    expect(few.cuts).toBe(10);
    expect(few.compared).toBeGreaterThan(0);
  });

  test('a rule that acts once in thousands of bars is looked at where it acts', () => {
    const rare = (ahead: number): Strategy =>
      defineStrategy({
        id: 'rare', summary: 'planted', params: {}, warmupBars: () => 2,
        signals: ({ openTimeMs, close }) => ({ enterLong: Uint8Array.from(close, (_, t) => (((openTimeMs[t] / 3_600_000) % 2400 === 7 && (close[t + ahead] ?? 0) > 0) ? 1 : 0)) }),
      });
    expect(proveCausality(rare(1), {}, [BARS], CONFIG).leaks[0]?.message).toContain('it reads 1 bar ahead');
    expect(proveCausality(rare(0), {}, [BARS], CONFIG).leaks).toEqual([]);
  });

  test('the number of cuts must be one', () => {
    expect(() => proveCausality(emaCross, EMA, [BARS], CONFIG, { cuts: 0 })).toThrow(InputError);
  });
});
