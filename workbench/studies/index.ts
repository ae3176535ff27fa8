export { listSweeps, loadSweep, readStoredBlock, readTrial, readTrials, topTrials } from './read-trials.ts';
export { runSweep, type StoredSweep, type SweepInput } from './run-sweep.ts';
