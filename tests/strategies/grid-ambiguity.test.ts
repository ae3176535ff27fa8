import { describe, expect, it } from 'vitest';
import { syntheticMarket } from '../../datasets/index.ts';
import { runBacktest } from '../../engine/index.ts';
import { simulationConfig } from '../../engine/simulate/index.ts';
import { renderReport } from '../../reports/index.ts';
import { grid } from '../../strategies/bots/grid.ts';

const market = syntheticMarket({ kind: 'noise', seed: 5, bars: 4_000 }).bars;
/** Lines half a percent apart, which one bar often crosses both ways. */
const params = { gridCount: 20, widthFrac: 0.05, stopLossFrac: 0.02 };
const costs = { takerFeeBps: 5, makerFeeBps: 2, halfSpreadBps: 1, slippageBps: 4 };
const under = (intrabar: 'pessimistic' | 'optimistic') =>
  runBacktest({ strategy: grid, codeHash: '0'.repeat(64), params, markets: [market], config: simulationConfig('spot', { costs, intrabar }) });

describe('a tight grid on a market without an edge', () => {
  const [worst, best] = [under('pessimistic'), under('optimistic')];

  it('loses when undecidable bars are taken at their worst and gains when they are taken at their best', () => {
    expect(worst.totals.ambiguousBars).toBeGreaterThan(200);
    expect(worst.totals.waterfall.netQuote).toBeLessThan(-1_000);
    expect(best.totals.waterfall.netQuote).toBeGreaterThan(1_000);
  });

  it('says so in the run, whichever of the two was asked for', () => {
    for (const run of [worst, best]) {
      expect(run.band.pessimistic.totalReturn).toBe(worst.metrics.totalReturn);
      expect(run.band.optimistic.totalReturn).toBe(best.metrics.totalReturn);
      expect(run.warnings.join()).toMatch(/^\d+ bars could have filled either way; resolved (pessimistic|optimistic)/);
    }
  });

  it('names the ambiguous bars in the report, with both results', async () => {
    const page = await renderReport({ kind: 'run', run: worst }, { script: '' });
    const text = page.replaceAll(/<[^>]*>/g, ' ');
    expect(text).toMatch(/\d\s+ambiguous bars/);
    expect(text).toMatch(/with all of them at their worst … at their best/);
    expect(text).toMatch(/bars could have filled either way; resolved pessimistic/);
  });
});
