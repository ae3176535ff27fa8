import { describe, expect, it } from 'vitest';
import { DEFAULT_EXECUTION, isMissing, latencyCurve, retrader, simulationConfig, type Strategy, withLatency } from '../../../../engine/index.ts';
import { marketOfReturns, normals } from '../../../support/market-of-returns.ts';
import { planted, scheduled } from '../../../support/planted-walk.ts';

const noise = normals(600, 2, { sd: 0.004 });
/** Rises one per cent on every fourth day and falls a little on the others. */
const market = marketOfReturns(noise.map((r, day) => r + (day % 4 === 1 ? 0.01 : -0.002)));
const costs = { takerFeeBps: 1, makerFeeBps: 1, halfSpreadBps: 0, slippageBps: 0, impactBps: 0 };
/** Holds every fourth day; half a year in a year. */
const quick = scheduled('quick', (day) => (day % 4 === 0 ? 1 : 0));
const slow = scheduled('slow', (day) => (day % 300 < 150 ? 1 : 0));

async function curve(strategy: Strategy) {
  const walk = await planted(strategy, market, { costs });
  const points = latencyCurve(walk, retrader(walk, strategy, [market]));
  if (isMissing(points)) throw new Error(points.missing);
  return { walk, points };
}

describe('latency', () => {
  it('adds bars to those that the configuration states', () => {
    const config = simulationConfig('spot');
    expect(withLatency(withLatency(config, 2), 3).execution).toMatchObject({ latencyBars: 5 });
    expect(() => withLatency(config, -1)).toThrow(/lag must be a whole number of bars, at least 0, was -1/);
  });

  it('is missing where nothing is traded, and under rules that know none', async () => {
    const walk = await planted(scheduled('idle', () => 0), market);
    expect(latencyCurve(walk, retrader(walk, quick, [market]))).toEqual({ missing: 'no trade out of sample' });
    const peer = { ...walk, trades: [{} as (typeof walk.trades)[number]], spec: { ...walk.spec, config: { ...walk.spec.config, profile: 'vectorbt' as const } } };
    expect(latencyCurve(peer, retrader(walk, quick, [market]))).toEqual({ missing: 'rules of vectorbt know no latency' });
  });

  describe('of every decision', () => {
    it('kills a rule that trades on the bar it must trade on', async () => {
      const { walk, points } = await curve(quick);
      expect(points.map(({ lagBars }) => lagBars)).toEqual([1, 2, 5]);
      expect(walk.metrics.sharpeAnn as number).toBeGreaterThan(3);
      for (const { sharpeAnn, ratio, pairedT } of points) {
        expect(sharpeAnn as number).toBeLessThan(0);
        expect(ratio as number).toBeLessThan(0);
        expect(pairedT as number).toBeGreaterThan(2.33);
      }
    });

    it('leaves a slow rule nearly what it was', async () => {
      for (const { ratio, pairedT, totalReturn } of (await curve(slow)).points) {
        expect(ratio === null || Math.abs(ratio - 1) < 0.5).toBe(true);
        expect(Math.abs(pairedT ?? 0)).toBeLessThan(2.33);
        expect(totalReturn).not.toBeNull();
      }
    });
  });
});
