export { type CausalityOptions, proveCausality } from './prove.ts';
export { type CausalityProof, type Leak, LEAK_NAMES, type LeakName } from './types.ts';
export { causalityWords, leakWarnings, warmupWarnings } from './words.ts';
