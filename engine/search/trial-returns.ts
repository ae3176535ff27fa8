import { dailyReturns } from '../metrics/index.ts';
import type { Clock } from '../orders/index.ts';
import type { TrialArena } from '../run/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';

/** Daily returns of trials, one row a trial of `days` values; NaN where a trial failed. In shared memory, so that every worker writes its own rows. */
export interface ReturnRows {
  readonly buffer: SharedArrayBuffer;
  readonly days: number;
}

/** The days over which all trials of a job are measured: from the bar where their accounts open. */
export function trialDays({ openTimeMs, timeframeMs }: Clock, { firstDecisionBar }: SimulationConfig): Float64Array {
  const from = openTimeMs.subarray(firstDecisionBar);
  return dailyReturns(new Float64Array(from.length).fill(1), from, timeframeMs).timeMs;
}

/** Writes the daily returns of what lies in the arena's buffers as one trial's row. */
export function writeReturns({ buffer, days }: ReturnRows, trial: number, { clock, buffers }: TrialArena, { firstDecisionBar }: SimulationConfig): void {
  const { returns } = dailyReturns(buffers.equity.subarray(firstDecisionBar), clock.openTimeMs.subarray(firstDecisionBar), clock.timeframeMs);
  rowOf({ buffer, days }, trial).set(returns);
}

/** A failed trial has no return on any day. */
export function writeNoReturns(rows: ReturnRows, trial: number): void {
  rowOf(rows, trial).fill(Number.NaN);
}

function rowOf({ buffer, days }: ReturnRows, trial: number): Float64Array {
  return new Float64Array(buffer, trial * days * Float64Array.BYTES_PER_ELEMENT, days);
}
