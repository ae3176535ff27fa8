import { buildCandles } from './candles.ts';
import { barVolatility, checkPositive, decayPerBar, settingOf, syntheticInstrument } from './setting.ts';
import { decayedVariance, Shocks, STEPS_PER_BAR } from './shocks.ts';
import type { MeanRevertingSpec, MeanRevertingTruth, SyntheticMarket } from './types.ts';

/** One coin whose log price is pulled back to its start with a stated half-life. */
export function meanRevertingMarket(spec: MeanRevertingSpec): SyntheticMarket<MeanRevertingTruth> {
  const setting = settingOf(spec);
  const { halfLifeBars = 24 } = spec;
  checkPositive('halfLifeBars', halfLifeBars);
  const decay = decayPerBar(halfLifeBars);
  const keep = decay ** (1 / STEPS_PER_BAR);
  const anchor = Math.log(setting.startPrice);
  const scale = barVolatility(setting);
  const shocks = new Shocks(setting.seed, [scale]);
  const { markets } = buildCandles(setting, [syntheticInstrument('REVERT')], (logPrices, _bar, step) => {
    shocks.advance(step);
    logPrices[0] = anchor + keep * (logPrices[0] - anchor) + shocks.value[0];
  });
  const deviationSd = Math.sqrt(decayedVariance(scale, decay) / (1 - decay ** 2));
  const truth = { kind: 'mean-reverting', hasEdge: true, halfLifeBars, anchorPrice: setting.startPrice, deviationSd } as const;
  return { bars: markets[0], markets, truth };
}
