export { calibrationReport, outcomesOfScores, segmentOf } from './calibration-report.ts';
export { calibrationTable } from './calibration-table.ts';
export { DECAY_LAGS } from './decay.ts';
export { contribution, numeraiCorr } from './numerai.ts';
export * from './types.ts';
