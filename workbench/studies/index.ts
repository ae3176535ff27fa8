export { listSweeps, loadSweep, readTrials, topTrials } from './read-trials.ts';
export { runSweep, type StoredSweep, type SweepInput } from './run-sweep.ts';
