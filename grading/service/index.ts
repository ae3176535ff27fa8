export { type BarBookOptions, createBarBook } from './bar-book.ts';
export { createGrader, type GraderOptions } from './grader.ts';
export { createModelBook } from './model-book.ts';
export { createOutcomes } from './outcomes.ts';
export { createService, type EntryJournal, journalled, type RegistryChange, type Service, type ServiceOptions } from './service.ts';
export { nextSignal, SIGNAL_RULE } from './signal.ts';
export { INPUT_TYPES, type JournalReplay, replayJournal } from './replay-journal.ts';
