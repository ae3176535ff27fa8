import { describe, expect, it } from 'vitest';
import { axesOf, bool, choice, defineStrategy, float, int, paramSpace, stepped } from '../../../engine/index.ts';

const strategy = defineStrategy({
  id: 'two',
  summary: 'Two windows.',
  params: { fast: int({ min: 1, max: 4, default: 2, step: 1 }), slow: int({ min: 2, max: 4, default: 3, step: 1 }), side: choice({ options: ['long', 'both'], default: 'long' }), on: bool({ default: true }) },
  admissible: ({ fast, slow }) => fast < slow,
  warmupBars: () => 1,
  targetExposure: ({ close }) => close,
});

describe('a grid', () => {
  const space = paramSpace(strategy, axesOf(strategy.params, { side: ['long'], on: [true] }), { kind: 'grid' });

  it('holds the admissible points alone, the last parameter fastest', () => {
    expect(space.points).toBe(6);
    const points = Array.from({ length: 6 }, (_, i) => space.pointAt(i));
    expect(points.map(({ fast, slow }) => [fast, slow])).toEqual([[1, 2], [1, 3], [1, 4], [2, 3], [2, 4], [3, 4]]);
  });

  it('visits in one object the same points, and knows where each lies in the full grid', () => {
    const seen: [number, string][] = [];
    const objects = new Set<object>();
    space.visit((point, index) => {
      objects.add(point);
      seen.push([index, JSON.stringify(point)]);
    });
    expect(seen).toEqual(Array.from({ length: 6 }, (_, i) => [i, JSON.stringify(space.pointAt(i))]));
    expect(objects.size).toBe(1);
    expect(Array.from({ length: 6 }, (_, i) => space.grid.pointAt(space.gridIndexAt(i)))).toEqual(Array.from({ length: 6 }, (_, i) => space.pointAt(i)));
  });

  it('takes a strategy’s own ranges where none is stated', () => {
    expect(axesOf(strategy.params)).toEqual({ fast: [1, 2, 3, 4], slow: [2, 3, 4], side: ['long', 'both'], on: [false, true] });
    expect(axesOf({ n: int({ min: 2, max: 100, default: 2, scale: 'log' }) }).n).toEqual([2, 3, 6, 11, 19, 33, 57, 100]);
    expect(axesOf({ f: float({ min: 0, max: 1, default: 0, step: 0.25 }) }).f).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('refuses an unknown parameter with the name that was meant', () => {
    expect(() => axesOf(strategy.params, { fas: [1] })).toThrow(/did you mean "fast"/);
  });

  it('refuses an empty one', () => {
    expect(() => paramSpace(strategy, axesOf(strategy.params, { fast: [4], slow: [2] }), { kind: 'grid' })).toThrow(/must hold an admissible point/);
  });
});

describe('random points', () => {
  /** As drawn before spaces were visited without objects. */
  const PINNED = [[2, 3, 'both', true], [2, 4, 'both', true], [1, 2, 'long', true], [1, 2, 'both', false]];
  const axes = axesOf(strategy.params);
  const draw = (seed: number, points = 10) => {
    const space = paramSpace(strategy, axes, { kind: 'random', points, seed });
    return Array.from({ length: space.points }, (_, i) => JSON.stringify(space.pointAt(i)));
  };

  it('are the same for a seed, others for another, and all different', () => {
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(new Set(draw(1)).size).toBe(10);
  });

  it('of a seed stay what they were', () => {
    const space = paramSpace(strategy, axesOf(strategy.params), { kind: 'random', points: 4, seed: 1 });
    expect(Array.from({ length: 4 }, (_, i) => Object.values(space.pointAt(i)))).toEqual(PINNED);
    const visited: unknown[] = [];
    space.visit((point) => visited.push(Object.values(point)));
    expect(visited).toEqual(PINNED);
  });

  it('are all there are when more are asked for', () => {
    expect(draw(1, 1000).length).toBe(24);
  });
});

describe('steps', () => {
  it('do not gather rounding errors', () => {
    expect(stepped(0.1, 0.5, 0.1)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(stepped(5, 20, 5)).toEqual([5, 10, 15, 20]);
    expect(stepped(0, 1, 0.3)).toEqual([0, 0.3, 0.6, 0.9]);
    expect(stepped(1e-7, 3e-7, 1e-7)).toEqual([1e-7, 2e-7, 3e-7]);
  });

  it('stay inside the range when a default axis is rounded', () => {
    const { f } = axesOf({ f: float({ min: 0.12345678, max: 0.98765432, default: 0.5 }) });
    expect(f.every((value) => Number(value) >= 0.12345678 && Number(value) <= 0.98765432)).toBe(true);
    expect(axesOf({ f: float({ min: 0, max: 0.12345649, default: 0.1 }) }).f.at(-1)).toBeLessThanOrEqual(0.12345649);
  });
});
