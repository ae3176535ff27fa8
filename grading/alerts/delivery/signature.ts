import { createHmac, timingSafeEqual } from 'node:crypto';
import { SECOND_MS } from '../../../engine/index.ts';

export const SIGNATURE_HEADERS = { timestamp: 'X-Assay-Timestamp', signature: 'X-Assay-Signature', delivery: 'X-Assay-Delivery' } as const;
const TOLERANCE_MS = 300 * SECOND_MS;

/** `v1=` and the hex HMAC-SHA256 of `<timestamp>.<body>`; the timestamp is in epoch seconds. */
export function signBody(secret: string, timestamp: number, body: string | Uint8Array): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;
}

export interface SignedRequest {
  readonly secret: string;
  /** Of the two headers, as they came. */
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  /** As it came, before it is parsed. */
  readonly body: string | Uint8Array;
  readonly nowMs: number;
  readonly toleranceMs?: number;
}

/** For receivers: whether a body is from who knows the secret, and not older than the tolerance (five minutes); compared in constant time. */
export function verifySignature({ secret, timestamp, signature, body, nowMs, toleranceMs = TOLERANCE_MS }: SignedRequest): boolean {
  if (timestamp === undefined || signature === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs - Number(timestamp) * SECOND_MS) > toleranceMs) return false;
  const expected = Buffer.from(signBody(secret, Number(timestamp), body));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
