import { describe, expect, test } from 'vitest';
import { causalityWords, proveCausality, simulationConfig, type Strategy } from '../../../engine/index.ts';
import { TEST_MARKETS, type TestMarket } from './markets.ts';
import { PLANTED } from './planted-leaks.ts';

const CONFIG = simulationConfig('perpetual', { funding: 'none' });

function proofOf(strategy: Strategy, { markets }: TestMarket, seed = 1) {
  return proveCausality(strategy, {}, strategy.legs === 1 ? [markets[0]] : markets, CONFIG, { seed });
}

describe('a planted look-ahead is caught by its name', () => {
  test('a score that leaks accuses the score alone, in words too', () => {
    const { strategy } = PLANTED.find(({ strategy: { id } }) => id === 'shifted-score') as (typeof PLANTED)[number];
    const proof = proofOf(strategy, TEST_MARKETS[0]);
    expect(proof.leaks.map(({ subject }) => subject)).toEqual(['score']);
    expect(proof.leaks[0].message).toMatch(/^score of shifted-score at /);
    expect(causalityWords(proof)).toBe('look-ahead in score (reads-ahead)');
  });

  for (const [i, market] of TEST_MARKETS.entries()) {
    test.each(PLANTED.filter(({ strategy: { id } }) => i === 0 || /-(side|signals)$/.test(id)).map((planted) => [planted.strategy.id, planted] as const))(`%s, on ${market.name}`, (_, { strategy, name, says, subject = 'decision' }) => {
      const leak = proofOf(strategy, market).leaks.find((one) => one.subject === subject);
      expect(leak?.message).toContain(`: ${says}`);
      expect(leak?.name).toBe(name);
    });
  }
});
