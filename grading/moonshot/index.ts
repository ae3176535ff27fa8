export { type Candidate, candidatesAt, moonshotHistoryDays } from './candidates.ts';
export { createMoonshot, type MoonshotOptions } from './moonshot.ts';
export { MOONSHOT_RULE, type MoonshotRule, moonshotRuleHash, moonshotRuleSchema } from './rule.ts';
export { type MoonshotSummary, moonshotSummary } from './summary.ts';
