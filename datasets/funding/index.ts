export { fundedBars, markedBars } from './attach-to-bars.ts';
export { importFunding } from './import-funding.ts';
export { LARGEST_RATE } from './payments.ts';
export type { FundingImport, FundingOptions, FundingSteps } from './types.ts';
