import type { Bars } from '../../market/index.ts';
import { tradesTogether, type Strategy } from '../../strategy/index.ts';
import type { WalkForward } from '../../walkforward/index.ts';
import type { Baselines, Missing } from '../evidence.ts';
import { curveOf } from './curve.ts';
import { emaBaseline } from './ema-baseline.ts';
import { holdIntercept } from './hold-intercept.ts';
import { randomBaseline, type RandomOptions } from './random-baseline.ts';

/** The out-of-sample account beside holding, a rule that nobody searched for, and random entries. */
export function baselinesOf(walk: WalkForward, strategy: Strategy, markets: readonly Bars[], options: RandomOptions): Baselines {
  const hold = holdIntercept(curveOf(walk), curveOf(walk, walk.benchmark), walk.benchmark.name);
  if (tradesTogether(strategy)) {
    const several: Missing = { missing: `${strategy.id} trades several markets on one account` };
    return { hold, emaCross: several, random: several };
  }
  const [bars] = markets;
  return { hold, emaCross: emaBaseline(bars, walk.openTimeMs, walk.spec.config), random: randomBaseline(walk, bars, options) };
}
