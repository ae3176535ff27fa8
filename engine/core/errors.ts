/** The class of an error decides the exit code: the caller's, the data's, or our own fault. */
abstract class AssayError extends Error {
  /** Stable, for scripts: kebab-case, never reworded. */
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The caller asked for something that cannot be done: `<parameter> must be <rule>, was <value>`. */
export class InputError extends AssayError {}

/** A dataset, a row or a bar breaks a rule; the message names the file, the line or the bar's time. */
export class DataError extends AssayError {}

/** A fault of Assay itself. */
export class InvariantError extends AssayError {}

export type { AssayError };

export function isAssayError(error: unknown): error is AssayError {
  return error instanceof AssayError;
}

/** Throws InputError `<code>` with the house's sentence unless the rule holds. */
export function requireInput(holds: boolean, code: string, parameter: string, rule: string, value: unknown): asserts holds {
  if (!holds) throw new InputError(code, `${parameter} must be ${rule}, was ${describe(value)}`);
}

/** Throws InvariantError when something that cannot happen has happened. */
export function invariant(holds: boolean, code: string, message: string): asserts holds {
  if (!holds) throw new InvariantError(code, message);
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value === undefined) return 'missing';
  return JSON.stringify(value) ?? typeof value;
}
