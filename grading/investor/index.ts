export { componentPercentiles, INVESTOR_DAYS, INVESTOR_HISTORY_DAYS, type InvestorSubject, rawComponents, type RawComponents } from './components.ts';
export { GIVEN_COLUMNS, type GivenColumn, givenAt, type GivenGrades, parseGivenGrades } from './given-columns.ts';
export { createInvestor, type InvestorOptions } from './investor.ts';
export { crossPercentiles } from './percentiles.ts';
export { CLASS_RULE, TOKEN_CLASSES, type TokenClass, tokenClassOf } from './token-class.ts';
export { isWeeklyUpdate } from './weekly.ts';
export { componentEvidence, componentWeights, INVESTOR_PRIOR, type WeekEvidence, weekEvidence, type Weighting } from './weights.ts';
