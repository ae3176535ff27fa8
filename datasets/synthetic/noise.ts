import { barsPerYear } from '../../engine/core/index.ts';
import { buildCandles } from './candles.ts';
import { barVolatility, check, type Setting, settingOf, syntheticInstrument } from './setting.ts';
import { returnVariance, Shocks, STEPS_INSIDE } from './shocks.ts';
import type { NoiseSpec, NoiseTruth, SyntheticMarket } from './types.ts';

/** One coin whose price is a martingale with volatility regimes and jumps, or drifts by a stated Sharpe ratio. */
export function noiseMarket(spec: NoiseSpec): SyntheticMarket<NoiseTruth> {
  const setting = settingOf(spec);
  const holdSharpeAnn = spec.holdSharpeAnn ?? 0;
  const expectedReturnFrac = edgeReturn(holdSharpeAnn, setting);
  const drift = Math.log1p(expectedReturnFrac) / STEPS_INSIDE;
  const shocks = new Shocks(setting.seed, [barVolatility(setting)]);
  const { markets } = buildCandles(setting, [syntheticInstrument('NOISE')], (logPrices, _bar, step) => {
    shocks.advance(step);
    logPrices[0] += shocks.value[0] - shocks.variance[0] / 2 + (step > 0 ? drift : 0);
  });
  return { bars: markets[0], markets, truth: { kind: 'noise', hasEdge: false, holdSharpeAnn, expectedReturnFrac } };
}

/**
 * Expected simple return μ of a bar that gives whoever collects it a Sharpe ratio.
 * A bar's return is (1 + μ)·M − 1 with E[M] = 1, so the ratio a bar is μ / ((1 + μ)·sd M), solved for μ.
 */
export function edgeReturn(sharpeAnn: number, setting: Setting): number {
  const sharpeBar = (sharpeAnn / Math.sqrt(barsPerYear(setting.timeframeMs, '24/7'))) * Math.sqrt(returnVariance(barVolatility(setting)));
  check('Sharpe ratio', Number.isFinite(sharpeBar) && Math.abs(sharpeBar) < 0.5, 'small against the volatility of one bar', sharpeAnn);
  return sharpeBar / (1 - sharpeBar);
}
