import { createHash } from 'node:crypto';

/** A strong validator of a body. */
export function etagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** Whether a client has this body: a list, weak or not, or `*`. */
export function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').map((text) => text.trim().replace(/^W\//, '')).some((text) => text === '*' || text === etag);
}
