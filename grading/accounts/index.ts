export { accountDayOf, createModelDays, modelDayBars, type ModelDays, type ModelDaysOptions } from './model-days.ts';
export { createPaperAccount, PAPER_RULE, type PaperAccountOptions, type PaperRule } from './paper.ts';
export type { PaperSizing } from './paper-sizing.ts';
