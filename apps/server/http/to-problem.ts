import type { FastifyError } from 'fastify';
import { z } from 'zod';
import { DataError, InputError } from '../../../engine/index.ts';
import { type FieldError, Problem, type ProblemCode } from './problem.ts';

const FASTIFY: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_HANDLER_TIMEOUT: 'timed-out',
};
const INPUT: Readonly<Record<string, ProblemCode>> = { 'model-unknown': 'not-found', 'key-unknown': 'not-found', 'alert-unknown': 'not-found' };

/** What an error is to whoever asked; faults of ours say nothing of themselves. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InputError) return new Problem(inputCode(error.code), error.message, { cause: error });
  if (error instanceof DataError && error.code === 'history-unavailable') return new Problem('history-unavailable', error.message, { cause: error });
  const { code = '', statusCode = 500, message } = error as Partial<FastifyError>;
  const known = FASTIFY[code];
  if (known !== undefined) return new Problem(known, message ?? '', { cause: error });
  if (statusCode >= 400 && statusCode < 500) return new Problem('bad-request', message ?? '', { cause: error });
  return new Problem('internal', 'the fault has been logged under the id of this request', { cause: error });
}

function inputCode(code: string): ProblemCode {
  if (INPUT[code] !== undefined) return INPUT[code];
  return /transition|conflict|in-use|exists|alias/.test(code) ? 'conflict' : 'invalid-parameters';
}

/** Parses a part of a request, and names every field that breaks a rule. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, where: FieldError['in']): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue): FieldError => ({ in: where, field: issue.path.join('.') || fieldsOf(issue), detail: issue.message }));
  throw new Problem('invalid-parameters', errors.map(({ field, detail }) => (field === '' ? detail : `${field}: ${detail}`)).join('; '), { errors });
}

function fieldsOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : '';
}
