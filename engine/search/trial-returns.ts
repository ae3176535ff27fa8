import { dailyReturns } from '../metrics/index.ts';
import type { Clock } from '../orders/index.ts';
import type { TrialArena } from '../run/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';

/** Bytes of a return at each precision that rows are kept at. */
export const RETURN_BYTES = { float64: 8, float32: 4 } as const;
export type ReturnPrecision = keyof typeof RETURN_BYTES;
export type ReturnValues = Float64Array | Float32Array;

/** Daily returns of trials, one row a trial of `days` values; NaN where a trial failed. In shared memory, so that every worker writes its own rows. */
export interface ReturnRows {
  readonly buffer: SharedArrayBuffer;
  readonly days: number;
  readonly precision: ReturnPrecision;
  /** Trial of the buffer's first row. */
  readonly firstTrial: number;
}

/** The returns that lie in a buffer at a precision, not copied. */
export function returnValues(buffer: SharedArrayBuffer, precision: ReturnPrecision, from = 0, length = buffer.byteLength / RETURN_BYTES[precision] - from): ReturnValues {
  return precision === 'float64' ? new Float64Array(buffer, from * RETURN_BYTES.float64, length) : new Float32Array(buffer, from * RETURN_BYTES.float32, length);
}

/** The days over which all trials of a job are measured: from the bar where their accounts open. */
export function trialDays({ openTimeMs, timeframeMs }: Clock, { firstDecisionBar }: SimulationConfig): Float64Array {
  const from = openTimeMs.subarray(firstDecisionBar);
  return dailyReturns(new Float64Array(from.length).fill(1), from, timeframeMs).timeMs;
}

/** Writes the daily returns of what lies in the arena's buffers as one trial's row. */
export function writeReturns(rows: ReturnRows, trial: number, { clock, buffers }: TrialArena, { firstDecisionBar }: SimulationConfig): void {
  const { returns } = dailyReturns(buffers.equity.subarray(firstDecisionBar), clock.openTimeMs.subarray(firstDecisionBar), clock.timeframeMs);
  rowOf(rows, trial).set(returns);
}

/** A failed trial has no return on any day. */
export function writeNoReturns(rows: ReturnRows, trial: number): void {
  rowOf(rows, trial).fill(Number.NaN);
}

function rowOf({ buffer, days, precision, firstTrial }: ReturnRows, trial: number): ReturnValues {
  return returnValues(buffer, precision, (trial - firstTrial) * days, days);
}
