import { canonicalJson, sha256 } from '../../../engine/index.ts';
import { createLru } from './lru.ts';
import { Problem } from './problem.ts';

interface Known<T> {
  readonly request: string;
  /** Null while the first request is answered. */
  answer: T | null;
}

const KEPT = 1_000;

/** Answers of requests that may be sent again: the same key and the same request get the first answer. */
export interface Idempotency<T> {
  once(name: string, request: unknown, answer: () => Promise<T>): Promise<{ readonly answer: T; readonly isReplay: boolean }>;
}

/** A request that failed is forgotten, so that it can be tried again. */
export function createIdempotency<T>(): Idempotency<T> {
  const known = createLru<Known<T>>(KEPT);
  return {
    async once(name, body, answer) {
      const request = sha256(canonicalJson(body));
      const before = known.get(name);
      if (before !== undefined && before.request !== request) throw new Problem('idempotency-key-reused', 'Idempotency-Key must be new for a new request');
      if (before?.answer === null) throw new Problem('conflict', 'the first request of this Idempotency-Key is still being answered', { headers: { 'retry-after': '5' } });
      if (before !== undefined) return { answer: before.answer as T, isReplay: true };
      const entry: Known<T> = { request, answer: null };
      known.set(name, entry);
      try {
        entry.answer = await answer();
        return { answer: entry.answer, isReplay: false };
      } catch (error) {
        known.delete(name);
        throw error;
      }
    },
  };
}
