export { createIndex, type IndexOptions } from './index-processor.ts';
export { INDEX_PRESETS, type IndexRule, indexRuleSchema } from './rule.ts';
export { closesByDay, type DailyCloses, type IndexStatistics, indexStatistics, survivorshipWarning } from './statistics.ts';
export { indexHistoryDays, type Member, type Universe, universeAt } from './universe.ts';
export { type Targets, targetWeights } from './weights.ts';
