import { describe, expect, it } from 'vitest';
import { syntheticMarket } from '../../../../datasets/index.ts';
import { DAY_MS, isMissing, robustnessEvidence, type SimulationOptions, type Strategy } from '../../../../engine/index.ts';
import { cointegratedPair } from '../../../../strategies/arbitrage/cointegrated-pair.ts';
import { grid } from '../../../../strategies/bots/grid.ts';
import { momentumRotation } from '../../../../strategies/portfolio/momentum-rotation.ts';
import { walkForwardStudy } from '../../../../workbench/index.ts';

const timeframeMs = DAY_MS / 4;
const { markets: coins } = syntheticMarket({ kind: 'correlated', seed: 5, bars: 1000, coins: 3, timeframeMs });
const { markets: pair } = syntheticMarket({ kind: 'cointegrated', seed: 5, bars: 1000, timeframeMs });

async function evidenceOf(strategy: Strategy, data: typeof coins, account: SimulationOptions['account'] = {}) {
  const walk = await walkForwardStudy({ strategy, data, ledger: null, axes: Object.fromEntries(Object.entries(strategy.params).map(([name, spec]) => [name, [spec.default]])), windows: { train: '100d', test: '50d' }, account });
  return () => robustnessEvidence({ walk, strategy, markets: data, seed: 1, randomDraws: 20, search: null });
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('the evidence of robustness', () => {
  it.each([
    ['a portfolio', momentumRotation, coins, {}],
    ['a pair', cointegratedPair, pair, { kind: 'margin', maxLeverage: 2 }],
    ['a bot that places orders', grid, coins.slice(0, 1), {}],
  ] as const)('of %s is complete, finite or missing for a reason, and the same twice', async (_, strategy, data, account) => {
    const gather = await evidenceOf(strategy, data, account);
    const evidence = gather();
    expect(numbersIn(evidence).every(Number.isFinite)).toBe(true);
    expect(evidence.plateau).toEqual({ missing: 'nothing was searched' });
    for (const part of [evidence.costs, evidence.latency, evidence.baselines, evidence.regimes, evidence.ruin, evidence.capacity]) expect(isMissing(part)).toBe(false);
    expect(isMissing(evidence.concentration.withoutBestMarket)).toBe(strategy !== momentumRotation);
    if (!isMissing(evidence.baselines)) expect(isMissing(evidence.baselines.random)).toBe(data.length > 1);
    expect(gather()).toEqual(evidence);
  });
});
