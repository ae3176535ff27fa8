export { bundleStrategyFile, type BundledStrategy, hashBuiltIn } from './bundle.ts';
export { newStrategyFile, STRATEGY_TEMPLATES, type StrategyTemplate } from './new-strategy.ts';
export { installPortable, portableStrategy } from './portable.ts';
export { resolveStrategy } from './resolve-strategy.ts';
