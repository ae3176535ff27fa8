import type { Meta } from './types.ts';

const KEPT = 'assay-key';

/** An answer that is an error: status and the server's words. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** The key stays in this tab, and is sent as a header only. */
export function key(): string | null {
  return sessionStorage.getItem(KEPT);
}

export function keepKey(value: string): void {
  if (value === '') sessionStorage.removeItem(KEPT);
  else sessionStorage.setItem(KEPT, value);
}

/** Rows of an endpoint. @throws ApiError */
export async function ask<T>(path: string, query: Readonly<Record<string, string | number>> = {}): Promise<{ readonly data: readonly T[]; readonly meta: Meta }> {
  const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  const token = key();
  const response = await fetch(`${path}${asked === '' ? '' : `?${asked}`}`, { headers: token === null ? {} : { 'x-api-key': token } });
  const body = (await response.json()) as { data: T[]; meta: Meta; detail?: string; title?: string };
  if (!response.ok) throw new ApiError(response.status, body.detail ?? body.title ?? `status ${response.status}`);
  return body;
}
