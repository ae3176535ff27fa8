import { describe, expect, it } from 'vitest';
import { runBacktest, simulationConfig, type SimulationOptions } from '../../../engine/index.ts';
import { emaCross } from '../../../strategies/trend/ema-cross.ts';
import { randomWalk } from '../../support/small-market.ts';

const run = (options: SimulationOptions) => runBacktest({ strategy: emaCross, codeHash: 'c', markets: [randomWalk(600, 5)], config: simulationConfig('spot', options) });

describe('a run', () => {
  it('refuses prices that it is to look at and that the bars do not carry', () => {
    expect(() => run({ intrabar: 'lower-timeframe' })).toThrow(/must have finer bars of .*--finer/);
    expect(() => run({ execution: { triggerOn: 'mark' } })).toThrow(/must have mark prices of .*--mark/);
  });

  it('refuses under a peer’s profile what that peer does not know, rather than leave it out', () => {
    for (const profile of ['vectorbt', 'backtesting.py'] as const) {
      expect(() => run({ profile, execution: { volumeCapFrac: 0.1 } })).toThrow(/must have no volume cap, was 0.1/);
      expect(() => run({ profile, execution: { stopDelayBars: 2 } })).toThrow(/must have no delay of stops/);
      expect(() => run({ profile, caps: { gross: 0.5 } })).toThrow(/must have no gross cap/);
      expect(() => run({ profile, rules: { tickSize: 0.01 } })).toThrow(/must have no tick size/);
      expect(run({ profile }).spec.config.profile).toBe(profile);
    }
  });
});
