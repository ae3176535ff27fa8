export { type LedgerThenAndNow } from './compare.ts';
export { isLoaded, loadModel, type UnloadableModel } from './load-model.ts';
export { promote } from './promote.ts';
export { type ReadReport, readReport } from './read-report.ts';
export { registeredReturns } from './registered-returns.ts';
export { type PromotionRegistry } from './registry-port.ts';
export type { Check, Promoted, PromoteOptions, Promotion, PromotionFacts, Refused } from './types.ts';
