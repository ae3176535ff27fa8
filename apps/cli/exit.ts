import { DataError, errorMessage, InputError, isAssayError } from '../../engine/index.ts';

/** 0 ok, 1 our bug, 2 the caller, 3 the data, 4 a gate failed. */
export const EXIT = { ok: 0, bug: 1, input: 2, data: 3, gate: 4, interrupted: 130 } as const;

/** A check that the caller asked for does not hold; the command has printed what there is to say. */
export class GateFailure extends Error {}

export function exitCodeOf(error: unknown): number {
  if (error instanceof InputError) return EXIT.input;
  if (error instanceof DataError) return EXIT.data;
  if (error instanceof GateFailure) return EXIT.gate;
  if (error instanceof Error && error.name === 'AbortError') return EXIT.interrupted;
  return EXIT.bug;
}

/** One line for what the caller can mend; the stack for our own faults. */
export function explain(error: unknown): string {
  if (isAssayError(error) && exitCodeOf(error) !== EXIT.bug) return `error: ${error.message} [${error.code}]`;
  if (error instanceof GateFailure) return `failed: ${error.message}`;
  if (exitCodeOf(error) === EXIT.interrupted) return 'interrupted: the same command goes on from here';
  return `this is a fault of Assay, please report it: ${error instanceof Error ? (error.stack ?? error.message) : errorMessage(error)}`;
}
