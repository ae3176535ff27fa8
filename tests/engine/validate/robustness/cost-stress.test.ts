import { describe, expect, it } from 'vitest';
import { costStress, isMissing, retrader, simulationConfig, withCosts } from '../../../../engine/index.ts';
import { marketOfReturns, normals } from '../../../support/market-of-returns.ts';
import { planted, scheduled } from '../../../support/planted-walk.ts';

const noise = normals(600, 2, { sd: 0.001 });
/** Rises half a per cent on odd days and gives 0.4 back on even ones. */
const market = marketOfReturns(noise.map((r, day) => r + (day % 2 === 1 ? 0.005 : -0.004)));
const churner = scheduled('churner', (day) => (day % 2 === 0 ? 1 : 0));
const holder = scheduled('holder', () => 1);
/** 15 bps a side: 0.3 % of the 0.5 % that a trade makes. */
const costs = { takerFeeBps: 10, makerFeeBps: 10, halfSpreadBps: 1, slippageBps: 4, impactBps: 0 };

async function stressed(strategy: typeof churner, given: typeof costs) {
  const walk = await planted(strategy, market, { costs: given });
  const stress = costStress(walk, retrader(walk, strategy, [market]));
  return isMissing(stress) ? stress.missing : stress;
}

describe('cost stress', () => {
  it('finds that a churner dies between once and twice its costs, where a round trip costs what it makes', async () => {
    const stress = await stressed(churner, costs);
    if (typeof stress === 'string') throw new Error(stress);
    expect(stress.points.map(({ multiple }) => multiple)).toEqual([1, 1.5, 2, 3]);
    expect(stress.points[0].totalReturn as number).toBeGreaterThan(0);
    expect(stress.points[2].totalReturn as number).toBeLessThan(0);
    expect(stress.points[2].sharpeAnn as number).toBeLessThan(0);
    expect(stress.breakEvenMultiple as number).toBeCloseTo(0.5 / 0.3, 1);
    expect(stress.largestTried).toBe(3);
  });

  it('looks up to ten times where the account still gains, and states no break-even there', async () => {
    const stress = await stressed(holder, costs);
    if (typeof stress === 'string') throw new Error(stress);
    expect(stress.points.map(({ multiple }) => multiple)).toEqual([1, 1.5, 2, 3, 5, 10]);
    expect(stress.breakEvenMultiple).toBeNull();
  });

  it('states a break-even below one, and zero where the account loses without costs', async () => {
    const dear = await stressed(churner, { ...costs, takerFeeBps: 30 });
    expect(typeof dear === 'string' ? dear : dear.breakEvenMultiple).toBeCloseTo(0.5 / 0.7, 1);
    const wrong = await stressed(scheduled('wrong', (day) => (day % 2 === 1 ? 1 : 0)), costs);
    expect(typeof wrong === 'string' ? wrong : wrong.breakEvenMultiple).toBe(0);
  });

  it('is missing where nothing is traded or nothing costs', async () => {
    expect(await stressed(scheduled('idle', () => 0), costs)).toBe('no trade out of sample');
    expect(await stressed(churner, { takerFeeBps: 0, makerFeeBps: 0, halfSpreadBps: 0, slippageBps: 0, impactBps: 0 })).toBe('the configuration states no costs to multiply');
  });

  it('scales fee schedules, not their rebates', () => {
    const config = simulationConfig('spot', { venue: 'okx-spot' });
    const [{ tiers }] = withCosts(config, 2).fees?.tables ?? [];
    const [{ tiers: plain }] = config.fees?.tables ?? [];
    expect(tiers.map(({ takerFeeBps }) => takerFeeBps)).toEqual(plain.map(({ takerFeeBps }) => 2 * takerFeeBps));
    expect(tiers[7].makerFeeBps).toBe(-0.5);
  });
});
