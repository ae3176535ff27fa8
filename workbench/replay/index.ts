export { type Difference, differencesOf, differenceText, valueText } from './differences.ts';
export { optionsOfConfig, searchOfSpec } from './replay-options.ts';
export { specSchemas } from './spec-schema.ts';
