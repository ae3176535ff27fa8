import { describe, expect, it } from 'vitest';
import { blockLengthOf, optimalBlockLength } from '../../../../engine/index.ts';
import { normals } from '../../../support/market-of-returns.ts';

function autoregression(count: number, rho: number, seed: number): Float64Array {
  let level = 0;
  return normals(count, seed).map((shock) => (level = rho * level + shock));
}

describe('the optimal block length', () => {
  it('is longer by the cube root of 3/2 for circular blocks', () => {
    const { stationary, circular } = optimalBlockLength(autoregression(800, 0.3, 1)) as { stationary: number; circular: number };
    expect(circular / stationary).toBeCloseTo(Math.cbrt(1.5), 12);
  });

  it('grows with memory up to its cap', () => {
    const lengths = [0, 0.3, 0.6, 0.9].map((rho) => optimalBlockLength(autoregression(4000, rho, 7))?.stationary ?? Number.NaN);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(lengths[0]).toBeLessThan(4);
    const cycle = Array.from({ length: 400 }, (_, t) => Math.cos(1.3 * t));
    expect(optimalBlockLength(cycle)).toEqual({ stationary: 60, circular: 60 });
  });

  it('is near the theoretical one of a first-order autoregression', () => {
    // (2 G² ÷ (2 g²))^⅓ n^⅓ with G ÷ g = 2ρ ÷ (1 − ρ²): 9.5 rows for ρ = 0.3 and n = 2000
    const theory = Math.cbrt((0.6 / 0.91) ** 2 * 2000);
    const measured = Array.from({ length: 20 }, (_, seed) => optimalBlockLength(autoregression(2000, 0.3, seed + 1))?.stationary ?? Number.NaN);
    expect(measured.reduce((sum, length) => sum + length / 20, 0) / theory).toBeGreaterThan(0.8);
    expect(measured.reduce((sum, length) => sum + length / 20, 0) / theory).toBeLessThan(1.25);
  });

  it('does not change with scale or level', () => {
    const values = autoregression(500, 0.4, 3);
    expect(optimalBlockLength(values.map((v) => 7 + 100 * v))?.stationary).toBeCloseTo(optimalBlockLength(values)?.stationary as number, 8);
  });

  it('does not exist for a constant or a few rows', () => {
    expect([optimalBlockLength(new Float64Array(100)), optimalBlockLength([1, 2, 3]), optimalBlockLength([])]).toEqual([null, null, null]);
  });
});

describe('the block length of returns', () => {
  it('is at least one row', () => {
    expect([blockLengthOf([]), blockLengthOf(new Float64Array(50))]).toEqual([1, 1]);
    expect(blockLengthOf(normals(1000, 2))).toBeGreaterThanOrEqual(1);
  });

  it('holds the memory of volatility that returns themselves do not show', () => {
    const calmThenWild = normals(2000, 4).map((r, t) => r * (Math.floor(t / 100) % 2 === 0 ? 0.3 : 2));
    expect(blockLengthOf(calmThenWild)).toBeGreaterThan(10);
    expect(optimalBlockLength(calmThenWild)?.stationary).toBeLessThan(10);
  });
});
