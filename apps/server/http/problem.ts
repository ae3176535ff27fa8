/** What can go wrong, by a stable name; statuses and titles as RFC 9457 wants them. */
export const PROBLEMS = {
  'bad-request': [400, 'The request could not be read'],
  unauthorized: [401, 'A valid key is needed'],
  forbidden: [403, 'The key lacks a scope'],
  'not-found': [404, 'There is no such resource'],
  'method-not-allowed': [405, 'The resource does not know this method'],
  conflict: [409, 'The state of the resource does not allow this'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The body has another media type than the resource reads'],
  'invalid-parameters': [422, 'A parameter breaks a rule'],
  'not-promoted': [422, 'The report does not pass'],
  'idempotency-key-reused': [422, 'The idempotency key belongs to another request'],
  'too-many-requests': [429, 'Too many requests'],
  'quota-exceeded': [429, 'The quota of the month is used up'],
  internal: [500, 'A fault of the service'],
  'not-configured': [501, 'The service has no provider for this'],
  'history-unavailable': [503, 'The service does not hold rows so old'],
  'timed-out': [503, 'The request took too long'],
  unavailable: [503, 'The service cannot answer now'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type ProblemCode = keyof typeof PROBLEMS;

export interface FieldError {
  /** `query`, `body`, `params` or `headers`. */
  readonly in: string;
  readonly field: string;
  readonly detail: string;
}

/** An answer that is an error: thrown anywhere in a handler. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, { errors = [], headers = {}, cause }: { readonly errors?: readonly FieldError[]; readonly headers?: Readonly<Record<string, string>>; readonly cause?: unknown } = {}) {
    super(detail, { cause });
    this.name = 'Problem';
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }

  get status(): number {
    return PROBLEMS[this.code][0];
  }
}

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly request_id: string;
  readonly errors?: readonly FieldError[];
}

export const PROBLEM_TYPE = 'application/problem+json';

export function problemBody({ code, message, errors }: Problem, instance: string, requestId: string): ProblemBody {
  const [status, title] = PROBLEMS[code];
  return { type: `urn:assay:problem:${code}`, title, status, detail: message, instance, request_id: requestId, ...(errors.length > 0 ? { errors } : {}) };
}
