import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScreener, createTrialArena, evaluateTrial, kernelFor, SCREEN_COLUMNS } from '../../../engine/index.ts';
import { drawnConfig, drawnMarketOf, drawnSpace, drawnStrategy } from '../../support/drawn-rules.ts';

describe('the event kernel', () => {
  it('gives the figures of the vector kernel and the event engine', () => {
    let walked = 0;
    let trades = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 100, max: 700 }), (seed, length) => {
        const config = drawnConfig(seed);
        const bars = drawnMarketOf(seed, length, config);
        const strategy = drawnStrategy(seed);
        const space = drawnSpace(strategy);
        expect(kernelFor(strategy, config, [bars])).toEqual({ kernel: 'event kernel', reasons: [] });
        const screener = createScreener({ strategy, space, markets: [bars], config, memoryBytes: 64e6 });
        const block = screener.evaluate(0, space.points, 0);
        const arena = createTrialArena([bars]);
        for (let i = 0; i < space.points; i++) {
          const { metrics } = evaluateTrial(strategy, space.pointAt(i), config, arena);
          SCREEN_COLUMNS.forEach((name, c) => {
            const got = block.values[c * block.count + i];
            const wanted = metrics[name] ?? Number.NaN;
            const where = `seed ${seed}, ${length} bars, ${name} at ${JSON.stringify(space.pointAt(i))}`;
            if (name === 'trades' || name === 'ambiguousBars' || name === 'exposure' || name === 'winRate') expect(got, where).toBe(wanted);
            else if (Number.isNaN(wanted)) expect(got, where).toBeNaN();
            else expect(Math.abs(got - wanted) / Math.max(1, Math.abs(wanted)), where).toBeLessThan(1e-9);
          });
          trades += metrics.trades ?? 0;
          walked++;
        }
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(walked).toBe(60 * 33);
    expect(trades).toBeGreaterThan(10_000);
  });
});
