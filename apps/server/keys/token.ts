import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../../engine/index.ts';

/** `assay_<id>_<secret>`: 64 bits that name the key, 256 that prove it. */
export interface Token {
  readonly keyId: string;
  readonly secret: string;
}

const TOKEN = /^assay_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
/** Every token in a text, for redaction. */
export const TOKEN_IN_TEXT = /assay_[0-9a-f]{16}_[A-Za-z0-9_-]+/g;

export function newToken(): Token & { readonly text: string } {
  const keyId = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { keyId, secret, text: `assay_${keyId}_${secret}` };
}

export function parseToken(text: string): Token | null {
  const match = TOKEN.exec(text);
  return match === null ? null : { keyId: match[1], secret: match[2] };
}

/** A secret of 256 random bits needs no slow hash: there is nothing to guess. */
export function hashSecret(secret: string): string {
  return sha256(`assay-key:${secret}`);
}

/** Compares without telling by its time where two hashes part. */
export function isSecretOf(secret: string, secretSha256: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(secret), 'hex'), Buffer.from(secretSha256, 'hex'));
}
