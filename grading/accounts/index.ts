export { createModelDays, modelDayBars, type ModelDays, type ModelDaysOptions } from './model-days.ts';
