export { bundleStrategyFile, type BundledStrategy, hashBuiltIn } from './bundle.ts';
export { newStrategyFile } from './new-strategy.ts';
export { resolveStrategy } from './resolve-strategy.ts';
