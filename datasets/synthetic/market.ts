import { unknownName } from '../../engine/core/index.ts';
import { cointegratedMarket } from './cointegrated.ts';
import { correlatedMarket } from './correlated.ts';
import { meanRevertingMarket } from './mean-reverting.ts';
import { momentumMarket } from './momentum.ts';
import { noiseMarket } from './noise.ts';
import { SYNTHETIC_KINDS, type SyntheticMarket, type SyntheticSpec, type TruthOf } from './types.ts';

/**
 * A crypto market made from a seed, with what is true of it. Same spec, same bytes.
 *
 * throws  InputError `synthetic-kind-unknown`, `synthetic-invalid`
 */
export function syntheticMarket<const Spec extends SyntheticSpec>(spec: Spec): SyntheticMarket<TruthOf<Spec>> {
  return marketOf(spec) as SyntheticMarket<TruthOf<Spec>>;
}

function marketOf(spec: SyntheticSpec): SyntheticMarket {
  switch (spec.kind) {
    case 'noise': return noiseMarket(spec);
    case 'momentum': return momentumMarket(spec);
    case 'mean-reverting': return meanRevertingMarket(spec);
    case 'correlated': return correlatedMarket(spec);
    case 'cointegrated': return cointegratedMarket(spec);
    default: throw unknownName('synthetic-kind-unknown', 'kind', String((spec as { kind: unknown }).kind), SYNTHETIC_KINDS);
  }
}
