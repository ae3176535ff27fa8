import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barsPerYear, canonicalJson, contentId, DAY_MS, formatDuration, HOUR_MS, nearestName, parseDurationMs, parseTimeMs, requireInput, seededNormal, seededRandom } from '../../../engine/core/index.ts';

describe('durations and times', () => {
  it('are read and written', () => {
    expect(parseDurationMs('365d')).toBe(365 * DAY_MS);
    expect(parseDurationMs('1.5h')).toBe(1.5 * HOUR_MS);
    expect(formatDuration(HOUR_MS)).toBe('1h');
    expect(formatDuration(7 * DAY_MS)).toBe('1w');
    expect(formatDuration(90_000)).toBe('90s');
    expect(() => parseDurationMs('soon', 'train')).toThrow('train must be a number and a unit');
    expect(() => parseDurationMs('0d')).toThrow(/duration/);
  });

  it('are UTC', () => {
    expect(parseTimeMs('2021')).toBe(Date.UTC(2021, 0, 1));
    expect(parseTimeMs('2021-06-01 12:30')).toBe(Date.UTC(2021, 5, 1, 12, 30));
    expect(parseTimeMs('2021-06-01T12:30+02:00')).toBe(Date.UTC(2021, 5, 1, 10, 30));
    expect(() => parseTimeMs('yesterday')).toThrow(/must be a date/);
  });

  it('make a year', () => {
    expect(barsPerYear(HOUR_MS, '24/7')).toBe(8760);
    expect(barsPerYear(DAY_MS, 'session')).toBe(252);
  });
});

describe('random numbers', () => {
  it('are the same stream for the same seed and name, for ever', () => {
    const draws = (seed: number, name: string): number[] => Array.from({ length: 3 }, seededRandom(seed, name));
    expect(draws(1, 'a')).toEqual(draws(1, 'a'));
    expect(draws(1, 'a')).not.toEqual(draws(2, 'a'));
    expect(draws(1, 'a')).not.toEqual(draws(1, 'b'));
    expect(draws(42, 'pinned')).toMatchInlineSnapshot(`
      [
        0.4666448993750768,
        0.17362256374460527,
        0.2801641482878907,
      ]
    `);
  });

  it('are uniform and normal', () => {
    const random = seededRandom(3, 'shape');
    const uniform = Array.from({ length: 20_000 }, random);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniform)).toBeLessThan(1);
    expect(Math.abs(uniform.reduce((a, b) => a + b, 0) / 20_000 - 0.5)).toBeLessThan(0.01);
    const normal = Array.from({ length: 20_000 }, seededNormal(random));
    expect(Math.abs(normal.reduce((a, b) => a + b, 0) / 20_000)).toBeLessThan(0.03);
    expect(Math.abs(normal.reduce((a, b) => a + b * b, 0) / 20_000 - 1)).toBeLessThan(0.05);
  });
});

describe('identities and errors', () => {
  it('do not depend on the order of keys', () => {
    expect(canonicalJson({ b: 1, a: [{ d: 1, c: 2 }] })).toBe('{"a":[{"c":2,"d":1}],"b":1}');
    expect(contentId({ a: 1, b: 2 })).toBe(contentId({ b: 2, a: 1 }));
    expect(contentId({ a: 1 })).not.toBe(contentId({ a: 2 }));
  });

  it('are those of a plain replacer that sorts, whatever the keys', () => {
    const plain = (value: unknown): string => JSON.stringify(value, (_, inner: unknown) => (
      inner === null || typeof inner !== 'object' || Array.isArray(inner) ? inner : Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
    ));
    fc.assert(fc.property(fc.jsonValue(), (value) => canonicalJson(value) === plain(value)), { seed: 1 });
    for (const text of ['{"b":1,"__proto__":{"d":1,"c":2},"a":0}', '{"10":1,"9":2,"01":3,"x":4}']) expect(canonicalJson(JSON.parse(text))).toBe(plain(JSON.parse(text)));
  });

  it('say what must be and what was', () => {
    expect(() => requireInput(false, 'code', 'fee', 'at least 0', -1)).toThrow('fee must be at least 0, was -1');
    expect(nearestName('bactest', ['backtest', 'sweep'])).toBe('backtest');
    expect(nearestName('zzz', ['backtest', 'sweep'])).toBeNull();
  });
});
