export * from './artefacts/index.ts';
export { type BuiltInStrategy, builtInStrategies } from './built-ins.ts';
export * from './journal/index.ts';
export * from './ledger/index.ts';
export * from './research/index.ts';
export * from './screens/index.ts';
export * from './strategy-files/index.ts';
export * from './studies/index.ts';
