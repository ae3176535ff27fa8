export { syntheticMarket } from './market.ts';
export {
  type CointegratedSpec, type CointegratedTruth, type CorrelatedSpec, type CorrelatedTruth, type MeanRevertingSpec,
  type MeanRevertingTruth, type MomentumSpec, type MomentumTruth, type NoiseSpec, type NoiseTruth, SYNTHETIC_KINDS, type SyntheticKind,
  type SyntheticMarket, type SyntheticOptions, type SyntheticSpec, type SyntheticTruth, type TruthOf,
} from './types.ts';
