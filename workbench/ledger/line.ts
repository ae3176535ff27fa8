import { canonicalJson, errorMessage, sha256 } from '../../engine/index.ts';
import type { LedgerEntry, LedgerHead, LedgerLine } from './types.ts';

/** `prev` of the first line. */
export const NO_HASH = '0'.repeat(64);
const HASH_AT_END = /,"hash":"([0-9a-f]{64})"\}$/;

/** An entry as a line of the file, chained to the line before. */
export function encodeLine(entry: LedgerEntry, timeMs: number, before: LedgerHead): { readonly text: string; readonly head: LedgerHead } {
  const seq = before.seq + 1;
  const body = canonicalJson({ ...entry, seq, timeMs, prev: before.hash });
  const hash = sha256(body);
  return { text: `${body.slice(0, -1)},"hash":"${hash}"}\n`, head: { seq, hash } };
}

/** A line's content where its own hash is right; otherwise what is wrong with it. */
export function decodeLine(text: string): { readonly line: LedgerLine } | { readonly wrong: string } {
  const match = HASH_AT_END.exec(text);
  if (match === null) return { wrong: 'does not end with its hash' };
  if (sha256(`${text.slice(0, match.index)}}`) !== match[1]) return { wrong: 'does not have the content of its hash' };
  try {
    return { line: JSON.parse(text) as LedgerLine };
  } catch (error) {
    return { wrong: errorMessage(error) };
  }
}
