import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DataError, errorMessage, InputError, sha256 } from '../../../engine/core/index.ts';
import type { SourceFile } from '../../types.ts';
import { readZipEntry } from './read-zip.ts';

/** One file as it lies on disk, and what is inside its gz or zip wrapping. */
export interface Source {
  readonly identity: SourceFile;
  /** The file as errors name it; a zip entry is added as `a.zip:b.csv`. */
  readonly label: string;
  /** Names that a format may read: the file's own, and the zip entry's. */
  readonly names: readonly string[];
  readonly path: string;
  readonly wrapped: boolean;
  readonly bytes: Uint8Array;
}

/**
 * Reads a file, unwraps gz and zip by content, and hashes the file as it is on disk.
 *
 * throws  InputError `file-unreadable`; DataError `file-empty`, `gzip-broken`, `zip-…`
 */
export async function readSource(path: string, entry?: string): Promise<Source> {
  const raw = await readBytes(path);
  const file = basename(path);
  const identity = { file, sha256: sha256(raw), bytes: raw.length };
  requireContent(raw, path);
  if (isZip(raw)) {
    const inner = await readZipEntry(raw, path, entry);
    requireContent(inner.bytes, `${path}:${inner.name}`);
    return { identity, path, label: `${path}:${inner.name}`, names: [file, basename(inner.name)], wrapped: true, bytes: inner.bytes };
  }
  const bytes = isGzip(raw) ? gunzip(raw, path) : raw;
  requireContent(bytes, path);
  return { identity, path, label: path, names: [file], wrapped: bytes !== raw, bytes };
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new InputError('file-unreadable', `file must be readable, was ${path}: ${errorMessage(cause)}`, { cause });
  }
}

function requireContent(bytes: Uint8Array, label: string): void {
  if (bytes.length === 0) throw new DataError('file-empty', `${label} is empty; export or download it again`);
}

function gunzip(raw: Uint8Array, path: string): Uint8Array {
  try {
    return gunzipSync(raw);
  } catch (cause) {
    throw new DataError('gzip-broken', `${path} is a damaged or cut gzip file (${errorMessage(cause)}); download it again`, { cause });
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] <= 0x08 && bytes[3] <= 0x08;
}
