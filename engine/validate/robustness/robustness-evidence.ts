import type { Bars } from '../../market/index.ts';
import type { ParamSpace } from '../../search/index.ts';
import type { Params, Strategy } from '../../strategy/index.ts';
import { retrader, type WalkForward } from '../../walkforward/index.ts';
import { blockLengthOf } from '../bootstrap/index.ts';
import type { Evidence } from '../evidence.ts';
import { baselinesOf } from './baselines.ts';
import { capacityOf } from './capacity.ts';
import { concentrationOf } from './concentration.ts';
import { costStress } from './cost-stress.ts';
import { curveOf, daysOf } from './curve.ts';
import { latencyCurve } from './latency-curve.ts';
import { plateauOf } from './plateau.ts';
import { regimesOf } from './regimes.ts';
import { ruinOf } from './ruin.ts';
import { sampleSize, walkForwardEvidence } from './sample-size.ts';

export interface RobustnessInput {
  readonly walk: WalkForward;
  readonly strategy: Strategy;
  /** Those that the walk-forward read. */
  readonly markets: readonly Bars[];
  readonly seed: number;
  /** Mean block of the bootstrap of ruin, in observations; by default what the daily returns ask for. */
  readonly blockDays?: number;
  /** Account size that capacity is asked for; the initial cash unless stated. */
  readonly targetQuote?: number;
  readonly randomDraws?: number;
  /** Sharpe ratios of all points over the whole window, and the chosen one; null where there was no search. */
  readonly search: { readonly space: ParamSpace; readonly sharpesAnn: readonly (number | null)[]; readonly winner: Params } | null;
}

export type RobustnessEvidence = Pick<Evidence, 'latency' | 'sample' | 'costs' | 'plateau' | 'walkForward' | 'concentration' | 'baselines' | 'regimes' | 'ruin' | 'capacity'>;

/** All that follows from one walk-forward, its strategy and its bars: the stored choices traded again, taken apart, and set beside simpler ones. */
export function robustnessEvidence(input: RobustnessInput): RobustnessEvidence {
  const { walk, strategy, markets, seed, search } = input;
  const { config } = walk.spec;
  const trade = retrader(walk, strategy, markets);
  const curve = curveOf(walk);
  const { returns } = daysOf(curve);
  const blockDays = input.blockDays ?? blockLengthOf(returns);
  return {
    latency: latencyCurve(walk, trade),
    sample: sampleSize(walk),
    costs: costStress(walk, trade),
    plateau: search === null ? { missing: 'nothing was searched' } : plateauOf(search.space, search.sharpesAnn, search.winner),
    walkForward: walkForwardEvidence(walk),
    concentration: concentrationOf(walk, strategy),
    baselines: baselinesOf(walk, strategy, markets, { seed, draws: input.randomDraws }),
    regimes: regimesOf(walk, markets),
    ruin: returns.length >= 2 ? ruinOf(curve, { seed, blockDays, liquidations: walk.metrics.liquidations ?? 0 }) : { missing: 'fewer than two daily returns' },
    capacity: capacityOf(walk, markets, input.targetQuote ?? config.account.initialCash),
  };
}
