import { buildCandles } from './candles.ts';
import { barVolatility, check, settingOf, syntheticInstrument } from './setting.ts';
import { Shocks } from './shocks.ts';
import type { CorrelatedSpec, CorrelatedTruth, SyntheticMarket } from './types.ts';

/** Coins, each a martingale in price, whose log returns share one factor; later coins are a little wilder. */
export function correlatedMarket(spec: CorrelatedSpec): SyntheticMarket<CorrelatedTruth> {
  const setting = settingOf(spec);
  const { coins = 4, correlation = 0.6 } = spec;
  check('coins', Number.isSafeInteger(coins) && coins >= 2, 'a whole number of at least 2', coins);
  check('correlation', correlation >= 0 && correlation <= 1, 'inside 0 … 1', correlation);
  const wildness = Array.from({ length: coins }, (_, coin) => 1 + (0.5 * coin) / (coins - 1));
  const shocks = new Shocks(setting.seed, wildness.map((factor) => factor * barVolatility(setting)), correlation);
  const instruments = wildness.map((_, coin) => syntheticInstrument(`COIN${coin + 1}`));
  const { markets } = buildCandles(setting, instruments, (logPrices, _bar, step) => {
    shocks.advance(step);
    for (let i = 0; i < coins; i++) logPrices[i] += shocks.value[i] - shocks.variance[i] / 2;
  });
  const volatilityAnn = wildness.map((factor) => factor * setting.volatilityAnn);
  return { bars: markets[0], markets, truth: { kind: 'correlated', hasEdge: false, correlation, volatilityAnn } };
}
