import type { CaseResult } from '../../../apps/bench/case.ts';
import { type BenchResults, RESULTS_SCHEMA } from '../../../apps/bench/results.ts';
import { spreadOf } from '../../../apps/bench/spread.ts';

/** A gated case whose every run took the same time. */
export function caseOf(name: string, seconds: number, loopSeconds = 0.01): CaseResult {
  const [time, loop] = [spreadOf([seconds]), spreadOf([loopSeconds])];
  return {
    name, what: 'made up', unit: 'bars', quantity: 'processor', isGated: true, shape: '10 bars', units: 10, proof: null, error: null,
    measurement: { repeats: 1, runsPerRepeat: 1, processor: time, wall: time, bytes: null, ratio: spreadOf([seconds / loopSeconds]), calibration: loop },
  };
}

export function resultsOf(...cases: readonly CaseResult[]): BenchResults {
  return { schema: RESULTS_SCHEMA, engineVersion: '0', node: 'v20', processor: 'made up', size: 'quick', cases, peers: [], notes: [] };
}
