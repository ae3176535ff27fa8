import { describe, expect, it } from 'vitest';
import { alignBars, barAtOrAfter, barsFromHandle, DAY_MS, hashBars, sliceBars, toArrowTable } from '../../../engine/index.ts';
import { randomWalk } from '../../support/small-market.ts';

describe('bars', () => {
  const bars = randomWalk(50);

  it('slice and travel without a copy', () => {
    const slice = sliceBars(bars, 10, 20);
    expect(slice.close.buffer).toBe(bars.close.buffer);
    expect([...barsFromHandle(structuredClone(slice.handle)).close]).toEqual([...bars.close.subarray(10, 20)]);
    expect(() => sliceBars(bars, 5, 60)).toThrow(/slice must be inside/);
  });

  it('find a bar by time', () => {
    expect(barAtOrAfter(bars, bars.openTimeMs[7])).toBe(7);
    expect(barAtOrAfter(bars, bars.openTimeMs[7] + 1)).toBe(8);
    expect(barAtOrAfter(bars, Infinity)).toBe(50);
  });

  it('hash by content and instrument', () => {
    expect(hashBars(randomWalk(50))).toBe(bars.dataHash);
    expect(hashBars(randomWalk(50, 2))).not.toBe(bars.dataHash);
    expect(hashBars(randomWalk(50, 1, { symbol: 'OTHER/USDT' }))).not.toBe(bars.dataHash);
  });

  it('are an Arrow table over the same memory', async () => {
    const own = randomWalk(5);
    const table = await toArrowTable(own);
    own.close[3] = 12345;
    expect(table.getChild('close')?.get(3)).toBe(12345);
    expect(table.numRows).toBe(5);
  });

  it('align on the open times that all have', () => {
    const a = randomWalk(10);
    const b = sliceBars(randomWalk(10, 2), 3, 9);
    const [x, y] = alignBars([a, b]);
    expect([...x.openTimeMs]).toEqual([...b.openTimeMs]);
    expect([...x.close]).toEqual([...a.close.subarray(3, 9)]);
    expect([...y.close]).toEqual([...b.close]);
    const later = { ...a, openTimeMs: a.openTimeMs.map((time) => time + DAY_MS / 2) };
    expect(() => alignBars([a, later])).toThrow(/share none/);
  });
});
