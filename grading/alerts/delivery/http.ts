import { errorMessage, requireInput, SECOND_MS } from '../../../engine/index.ts';
import { notSent, type SendResult, sent } from './channel.ts';
import type { Secrets } from './secrets.ts';

export interface HttpRequest {
  readonly url: string;
  readonly method: 'POST' | 'PUT' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface HttpOptions {
  readonly timeoutMs: number;
  readonly secrets: Pick<Secrets, 'redact'>;
  /** Wall clock, for a `Retry-After` that is a date. */
  readonly atMs: number;
  /** Seconds that the body of a 429 asks for, where it says so. */
  readonly retryAfterOf?: (body: string) => number | null;
}

const MAX_RESPONSE_BYTES = 64 * 1024;
const SHOWN = 200;
/** Others between 400 and 499 do not get better by asking again. */
const PASSING = [408, 409, 423, 425, 429];

/**
 * An address that a message may be sent to: http or https, without a name and a password in it.
 *
 * throws  InputError `channel-invalid`
 */
export function checkUrl(text: string, parameter: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  requireInput(url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.host !== '', 'channel-invalid', parameter, 'an address that begins with https:// or http://', schemeOf(text));
  requireInput(url.username === '' && url.password === '', 'channel-invalid', parameter, 'an address without a name or a password in it', 'one with them');
  return text;
}

/** Sends one request and says what came of it: redirects are not followed, and no more than 64 KiB of an answer are read. */
export async function sendHttp({ url, method, headers, body }: HttpRequest, { timeoutMs, secrets, atMs, retryAfterOf }: HttpOptions): Promise<SendResult> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    const response = await fetch(url, { method, headers, body, redirect: 'manual', signal: abort.signal });
    const answer = await readBody(response);
    if (response.ok) return sent();
    const error = secrets.redact(`answered ${response.status}${answer === '' ? '' : `: ${answer.slice(0, SHOWN).replaceAll(/\s+/g, ' ')}`}`);
    if (response.status >= 300 && response.status < 400) return notSent(`${error} (redirects are not followed)`, { isPermanent: true });
    const seconds = retryAfterOf?.(answer) ?? null;
    return notSent(error, {
      isPermanent: response.status < 500 && !PASSING.includes(response.status),
      retryAfterMs: seconds === null ? parseRetryAfter(response.headers.get('retry-after'), atMs) : seconds * SECOND_MS,
    });
  } catch (error) {
    return notSent(abort.signal.aborted ? `did not answer within ${timeoutMs} ms` : secrets.redact(causeOf(error)));
  } finally {
    clearTimeout(timer);
  }
}

/** Milliseconds that a `Retry-After` asks for: seconds, or a date; null where it says neither. */
export function parseRetryAfter(text: string | null, atMs: number): number | null {
  if (text === null) return null;
  if (/^\d+$/.test(text.trim())) return Number(text) * SECOND_MS;
  const dateMs = Date.parse(text);
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - atMs);
}

async function readBody(response: Response): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MAX_RESPONSE_BYTES) break; // leaving the loop cancels the rest
  }
  return Buffer.concat(chunks).subarray(0, MAX_RESPONSE_BYTES).toString('utf8');
}

/** fetch hides what happened below its own "fetch failed". */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AggregateError && cause.errors.length > 0) return errorMessage(cause.errors[0]);
  return errorMessage(cause ?? error);
}

function schemeOf(text: string): string {
  const end = text.indexOf(':');
  return end < 0 ? 'no address' : `${text.slice(0, Math.min(end, 20))}:…`;
}
