import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circularIndices, drawStream, indicesOfBlocks, movingIndices, seededRandom, stationaryBlocks, stationaryIndices } from '../../../../engine/index.ts';

const SEED = { seed: 7 };

function drawOf(n: number, meanBlock: number, seed: number): { starts: Int32Array; lengths: Int32Array; count: number } {
  const [starts, lengths] = [new Int32Array(n), new Int32Array(n)];
  const count = stationaryBlocks(seededRandom(seed, 'test-draw'), n, meanBlock, starts, lengths);
  return { starts, lengths, count };
}

describe('a draw of the stationary bootstrap', () => {
  it('covers exactly the rows, in blocks that start within them', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 1, max: 500, noNaN: true }), fc.integer(), (n, meanBlock, seed) => {
      const { starts, lengths, count } = drawOf(n, meanBlock, seed);
      expect(lengths.subarray(0, count).reduce((sum, length) => sum + length, 0)).toBe(n);
      for (let i = 0; i < count; i++) {
        expect(lengths[i]).toBeGreaterThanOrEqual(1);
        expect(starts[i]).toBeGreaterThanOrEqual(0);
        expect(starts[i]).toBeLessThan(n);
      }
    }), SEED);
  });

  it('has blocks of a geometric law: mean and deviation', () => {
    const [starts, lengths] = [new Int32Array(200_000), new Int32Array(200_000)];
    const count = stationaryBlocks(seededRandom(1, 'long'), 200_000, 20, starts, lengths);
    const blocks = [...lengths.subarray(0, count - 1)];
    const mean = blocks.reduce((sum, length) => sum + length / blocks.length, 0);
    const deviation = Math.sqrt(blocks.reduce((sum, length) => sum + (length - mean) ** 2 / blocks.length, 0));
    expect(Math.abs(mean - 20)).toBeLessThan(3 * 0.2);
    expect(Math.abs(deviation - Math.sqrt(380))).toBeLessThan(1);
    expect(Math.abs(blocks.filter((length) => length === 1).length / blocks.length - 0.05)).toBeLessThan(0.007);
  });

  it('of blocks of one row is a plain draw with replacement, and of endless blocks one rotation', () => {
    expect(drawOf(300, 1, 5).count).toBe(300);
    const { starts, lengths, count } = drawOf(50, 1e12, 5);
    expect([count, lengths[0]]).toEqual([1, 50]);
    const indices = new Int32Array(50);
    indicesOfBlocks(starts, lengths, count, 50, indices);
    expect([...indices].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(indices[1]).toBe((indices[0] + 1) % 50);
  });

  it('takes every row equally often', () => {
    const counts = new Float64Array(40);
    const [starts, lengths, indices] = [new Int32Array(40), new Int32Array(40), new Int32Array(40)];
    for (let b = 0; b < 4000; b++) {
      indicesOfBlocks(starts, lengths, stationaryBlocks(drawStream(9, b), 40, 8, starts, lengths), 40, indices);
      for (const row of indices) counts[row] += 1 / 4000;
    }
    for (const count of counts) expect(Math.abs(count - 1)).toBeLessThan(0.15);
  });

  it('is the same for the same seed and number, and another for another', () => {
    const one = (seed: number, b: number): number[] => Array.from({ length: 3 }, drawStream(seed, b));
    expect(one(1, 2)).toEqual(one(1, 2));
    expect(one(1, 2)).not.toEqual(one(1, 3));
    expect(one(1, 2)).not.toEqual(one(2, 2));
  });
});

describe('indices from stated draws', () => {
  it('of the stationary bootstrap start anew at u ≤ p, and go around the end', () => {
    expect(stationaryIndices([4, 0, 6, 2, 2, 5, 1, 3], [0.9, 0.5, 0.05, 0.8, 0.2, 0.1, 0.95, 0.6], 0.25)).toEqual([4, 5, 6, 7, 2, 5, 6, 7]);
    expect(stationaryIndices([2, 0, 1], [1, 1, 0.5], 0.5)).toEqual([2, 0, 1]);
  });

  it('of circular blocks go around the end, of moving blocks never need to, and both are cut to the rows', () => {
    expect(circularIndices(10, 4, [8, 3, 6])).toEqual([8, 9, 0, 1, 3, 4, 5, 6, 6, 7]);
    expect(movingIndices(5, 2, [3, 0, 2])).toEqual([3, 4, 0, 1, 2]);
  });
});
