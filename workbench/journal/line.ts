import { canonicalJson, errorMessage, sha256 } from '../../engine/index.ts';
import type { ChainHead, ChainLine } from './types.ts';

/** `prev` of the first line. */
export const NO_HASH = '0'.repeat(64);
const HASH_AT_END = /^,"hash":"([0-9a-f]{64})"\}$/;
const END_BYTES = ',"hash":""}'.length + 64;

/** A record as a line of the file, chained to the line before. */
export function encodeLine<T extends object>(record: T, before: ChainHead): { readonly text: string; readonly line: T & ChainLine } {
  const chained = { ...record, seq: before.seq + 1, prev: before.hash };
  const body = canonicalJson(chained);
  const hash = sha256(body);
  return { text: `${body.slice(0, -1)},"hash":"${hash}"}\n`, line: { ...chained, hash } };
}

/** A line's content where its own hash is right; otherwise what is wrong with it. */
export function decodeLine(bytes: Buffer): { readonly line: ChainLine } | { readonly wrong: string } {
  const end = Math.max(0, bytes.length - END_BYTES);
  const match = HASH_AT_END.exec(bytes.toString('latin1', end));
  if (match === null) return { wrong: 'does not end with its hash' };
  if (sha256(bytes.subarray(0, end), '}') !== match[1]) return { wrong: 'does not have the content of its hash' };
  try {
    return { line: JSON.parse(bytes.toString('utf8')) as ChainLine };
  } catch (error) {
    return { wrong: errorMessage(error) };
  }
}
