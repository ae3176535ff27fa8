import type { z } from 'zod';
import type { ServerOptions } from '../options.ts';
import type { KeyInfo, Scope } from '../keys/index.ts';

/** What an endpoint answers from. */
export interface Call {
  readonly server: ServerOptions;
  readonly key: KeyInfo;
  readonly nowMs: number;
  readonly idempotencyKey: string | null;
}

/** Rows, and what is true of all of them. */
export interface Answer {
  readonly data: readonly unknown[];
  /** Rows that the filter holds, over all pages; null where there are no pages. */
  readonly total?: number | null;
  readonly asOfMs?: number | null;
  readonly publishedAtMs?: number | null;
  readonly isStale?: boolean;
  /** Models that the rows rest on. */
  readonly models?: readonly string[];
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One operation of the API; the document, the validation, the matrix of the tests and the routes are made from it. */
export interface Endpoint {
  readonly id: string;
  readonly method: Method;
  /** `/v1/models/{id}` */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly scope: Scope;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  readonly bodyType: 'application/json' | 'text/html';
  readonly row: z.ZodType;
  /** `grades/1` */
  readonly schema: string;
  readonly status: 200 | 201;
  /** May be answered from the cache until the next entry. */
  readonly isCached: boolean;
  /** The header Idempotency-Key is read and must be there. */
  readonly isIdempotent: boolean;
  readonly answer: (call: Call, input: { readonly params: never; readonly query: never; readonly body: never }) => Answer | Promise<Answer>;
}

export interface Spec<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly id: string;
  readonly method?: Method;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly scope: Scope;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly bodyType?: Endpoint['bodyType'];
  readonly row: z.ZodType;
  readonly schema: string;
  readonly status?: 200 | 201;
  readonly isCached?: boolean;
  readonly isIdempotent?: boolean;
  readonly answer: (call: Call, input: { readonly params: z.output<P>; readonly query: z.output<Q>; readonly body: z.output<B> }) => Answer | Promise<Answer>;
}

/** An endpoint with its types forgotten: the schemas guard them from here on. */
export function endpointOf(empty: z.ZodObject) {
  return <P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(spec: Spec<P, Q, B>): Endpoint => ({
    method: 'GET', bodyType: 'application/json', status: 200, isCached: (spec.method ?? 'GET') === 'GET', isIdempotent: false,
    ...spec,
    params: spec.params ?? empty, query: spec.query ?? empty, body: spec.body ?? null,
    answer: spec.answer,
  });
}
