import { barsPerYear, seededRandom } from '../../engine/core/index.ts';
import { buildCandles, recordedOnly } from './candles.ts';
import { barVolatility, check, type Setting, settingOf, syntheticInstrument } from './setting.ts';
import { returnVariance, Shocks, STEPS_INSIDE } from './shocks.ts';
import type { MomentumSpec, MomentumTruth, SyntheticMarket } from './types.ts';

/** One coin with a planted, persistent drift of either sign on top of the noise. */
export function momentumMarket(spec: MomentumSpec): SyntheticMarket<MomentumTruth> {
  const setting = settingOf(spec);
  const { sharpeAnn = 4, persistenceBars = 240, edgeBars = setting.bars } = spec;
  check('sharpeAnn', Number.isFinite(sharpeAnn) && sharpeAnn >= 0, 'zero or more', sharpeAnn);
  check('persistenceBars', persistenceBars >= 1, 'at least 1', persistenceBars);
  const edgeReturnFrac = followedEdge(sharpeAnn, setting);
  const state = hiddenStates(setting, persistenceBars, edgeBars);
  const shocks = new Shocks(setting.seed, [barVolatility(setting)]);
  const { markets, recorded } = buildCandles(setting, [syntheticInstrument('MOMENTUM')], (logPrices, bar, step) => {
    shocks.advance(step);
    const drift = step > 0 ? Math.log1p(state[bar] * edgeReturnFrac) / STEPS_INSIDE : 0;
    logPrices[0] += shocks.value[0] - shocks.variance[0] / 2 + drift;
  });
  const hasEdge = sharpeAnn > 0 && edgeBars > 0;
  const truth = { kind: 'momentum', hasEdge, sharpeAnn, persistenceBars, edgeReturnFrac, state: recordedOnly(state, recorded) } as const;
  return { bars: markets[0], markets, truth };
}

/**
 * Expected simple return μ of an up bar such that following the state earns `sharpeAnn`.
 * The follower gets s·((1 + sμ)·M − 1) with E[M] = 1: mean μ, variance (1 + μ²)·var M over both states.
 */
function followedEdge(sharpeAnn: number, setting: Setting): number {
  const variance = returnVariance(barVolatility(setting));
  const squared = (sharpeAnn ** 2 / barsPerYear(setting.timeframeMs, '24/7')) * variance;
  check('sharpeAnn', squared < 0.25, 'small against the volatility of one bar', sharpeAnn);
  return Math.sqrt(squared / (1 - squared));
}

function hiddenStates({ seed, bars }: Setting, persistenceBars: number, edgeBars: number): Int8Array {
  const random = seededRandom(seed, 'synthetic:state');
  const state = new Int8Array(bars);
  let current: 1 | -1 = random() < 0.5 ? 1 : -1;
  for (let bar = 0; bar < Math.min(bars, edgeBars); bar++) {
    if (random() < 1 / persistenceBars) current = current === 1 ? -1 : 1;
    state[bar] = current;
  }
  return state;
}
