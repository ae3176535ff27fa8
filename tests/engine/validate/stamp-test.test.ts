import { describe, expect, test } from 'vitest';
import { seededNormal, seededRandom } from '../../../engine/core/index.ts';
import { stampTest } from '../../../engine/validate/index.ts';

const DAYS = 1500;

/** Daily returns, and a column that follows their level with a lag (in days) plus its own noise; a part of its own day where `own` is above 0. */
function joined(seed: number, own: number, lag = 1) {
  const normal = seededNormal(seededRandom(seed, 'stamp'));
  const returns = Array.from({ length: DAYS }, () => 0.03 * normal());
  const column = new Float64Array(DAYS);
  for (let t = lag; t < DAYS; t++) column[t] = 0.97 * column[t - 1] + 2 * returns[t - lag] + own * returns[t] + 0.1 * normal();
  return { returns, column };
}

describe('the stamp test', () => {
  test('a column whose row holds a part of its own day fails', () => {
    const { column, returns } = joined(1, 1);
    const result = stampTest('search-volume', column, returns);
    expect(result).toMatchObject({ column: 'search-volume', observations: DAYS - 4, state: 'fail' });
    expect(Math.abs(result.t ?? 0)).toBeGreaterThan(4);
    expect(Math.abs(result.partialR ?? 0)).toBeGreaterThan(0.08);
  });

  test('a column that knows the days before it and not its own passes, over many draws', () => {
    const states = Array.from({ length: 40 }, (_, seed) => joined(100 + seed, 0)).map(({ column, returns }) => stampTest('flows', column, returns).state);
    expect(states.filter((state) => state !== 'pass')).toEqual([]);
  });

  test('a column that leads the return of the day after passes: it is what one looks for', () => {
    const normal = seededNormal(seededRandom(5, 'leads'));
    const news = Array.from({ length: DAYS }, normal);
    const returns = news.map((_, t) => 0.01 * (news[t - 1] ?? 0) + 0.03 * normal());
    expect(stampTest('news', Float64Array.from(news).map((_, t) => news.slice(0, t + 1).reduce((sum, v) => sum + v, 0)), returns).state).toBe('pass');
  });

  test('a loading that is sure and small warns', () => {
    const normal = seededNormal(seededRandom(2, 'small'));
    const returns = Array.from({ length: 40_000 }, normal);
    let level = 0;
    const column = returns.map((r) => (level += 0.04 * r + normal()));
    const { state, partialR } = stampTest('weak', column, returns);
    expect(state).toBe('warn');
    expect(partialR ?? 0).toBeLessThan(0.08);
  });

  test('rows with missing values are left out; what cannot be tested warns', () => {
    const { column, returns } = joined(1, 0);
    column[700] = Number.NaN;
    expect(stampTest('holes', column, returns).observations).toBe(DAYS - 6);
    expect(stampTest('still', new Float64Array(50).fill(3), returns.slice(0, 50))).toMatchObject({ t: null, state: 'warn' });
    expect(stampTest('short', [1, 2, 3], [0, 0, 0])).toMatchObject({ observations: 0, t: null, partialR: null, state: 'warn' });
  });
});
