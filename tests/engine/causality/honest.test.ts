import { describe, expect, test } from 'vitest';
import { type Params, proveCausality, simulationConfig, type Strategy } from '../../../engine/index.ts';
import { HONEST } from './honest.ts';
import { DAILY, TEST_MARKETS, type TestMarket } from './markets.ts';

const CONFIG = simulationConfig('perpetual', { funding: 'none' });

function proofOf(strategy: Strategy, { markets }: TestMarket, seed: number) {
  const params: Params = Object.fromEntries(Object.entries(strategy.params).map(([name, spec]) => [name, spec.default]));
  return proveCausality(strategy, params, strategy.legs === 1 ? [markets[0]] : markets, CONFIG, { seed });
}

describe('an honest strategy is not accused', () => {
  test('there are twenty of them, and more', () => {
    expect(HONEST.length).toBeGreaterThanOrEqual(20);
  });

  for (const [i, market] of [...TEST_MARKETS, DAILY].entries()) {
    test.each(HONEST.filter(({ onBar }) => i !== 1 || onBar === undefined).map((strategy) => [strategy.id, strategy] as const))(`%s, on ${market.name}`, (_, strategy) => {
      const { leaks, warmup, incremental, compared } = proofOf(strategy, market, 3);
      expect(leaks).toEqual([]);
      expect(compared).toBeGreaterThan(0);
      expect(incremental.changed).toBe(0);
      expect(warmup.changed / Math.max(1, warmup.compared)).toBeLessThanOrEqual(0.001);
    });
  }
});
