import { seededNormal, seededRandom } from '../../engine/core/index.ts';
import { buildCandles, recordedOnly } from './candles.ts';
import { barVolatility, check, checkPositive, decayPerBar, settingOf, syntheticInstrument } from './setting.ts';
import { decayedVariance, Shocks, STEPS_PER_BAR } from './shocks.ts';
import type { CointegratedSpec, CointegratedTruth, SyntheticMarket } from './types.ts';

/** Two coins, PAIRA and PAIRB: log B moves by hedgeRatio times log A, plus a spread that reverts. */
export function cointegratedMarket(spec: CointegratedSpec): SyntheticMarket<CointegratedTruth> {
  const setting = settingOf(spec);
  const { hedgeRatio = 1, halfLifeBars = 48, spreadSd = 0.03 } = spec;
  check('hedgeRatio', Number.isFinite(hedgeRatio), 'finite', hedgeRatio);
  checkPositive('halfLifeBars', halfLifeBars);
  checkPositive('spreadSd', spreadSd);
  const decay = decayPerBar(halfLifeBars);
  const keep = decay ** (1 / STEPS_PER_BAR);
  const shocks = new Shocks(setting.seed, [barVolatility(setting), spreadScale(spreadSd, decay)]);
  const start = Math.log(setting.startPrice);
  const spread = new Float64Array(setting.bars);
  let current = spreadSd * seededNormal(seededRandom(setting.seed, 'synthetic:spread'))();
  const { markets, recorded } = buildCandles(setting, ['PAIRA', 'PAIRB'].map(syntheticInstrument), (logPrices, bar, step) => {
    shocks.advance(step);
    current = keep * current + shocks.value[1];
    logPrices[0] += shocks.value[0] - shocks.variance[0] / 2;
    logPrices[1] = start + hedgeRatio * (logPrices[0] - start) + current;
    spread[bar] = current;
  });
  const truth = { kind: 'cointegrated', hasEdge: true, hedgeRatio, halfLifeBars, spreadSd, spread: recordedOnly(spread, recorded) } as const;
  return { bars: markets[0], markets, truth };
}

/** Shock of a bar that keeps the spread's long-run standard deviation as stated. */
function spreadScale(spreadSd: number, decay: number): number {
  return spreadSd * Math.sqrt((1 - decay ** 2) / decayedVariance(1, decay));
}
