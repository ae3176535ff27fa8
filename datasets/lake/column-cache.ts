import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { replaceFile, writeParts } from './atomic-file.ts';
import { temporaryFolder } from './swap-folder.ts';

/**
 * Columns of a dataset as they lie in memory: a header of one JSON line padded to 512 bytes, then each column in turn.
 * It is made from the Parquet file and may be deleted at any time.
 */
interface Header {
  readonly schema: typeof SCHEMA;
  readonly contentHash: string;
  readonly rows: number;
  readonly crc32: number;
}

/** Which columns a cache must hold. */
export interface CachedColumns {
  /** Of what the columns are, by the manifest. */
  readonly contentHash: string;
  readonly rows: number;
  readonly columns: number;
}

const SCHEMA = 'assay-columns/1';
const HEADER_BYTES = 512;
const PIECE_BYTES = 2 ** 20;
/** Read-only, full, or removed by someone else meanwhile. */
const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOENT']);

/** Columns from the cache, one after the other, or null when there is none that fits the manifest and its own checksum. */
export function readColumnCache(file: string, { contentHash, rows, columns }: CachedColumns): SharedArrayBuffer | null {
  if (!existsSync(file)) return null;
  const bodyBytes = rows * columns * Float64Array.BYTES_PER_ELEMENT;
  if (statSync(file).size !== HEADER_BYTES + bodyBytes) return null;
  const handle = openSync(file, 'r');
  try {
    const header = readHeader(handle);
    if (header?.contentHash !== contentHash || header.rows !== rows) return null;
    const buffer = new SharedArrayBuffer(bodyBytes);
    return readBody(handle, new Uint8Array(buffer)) === header.crc32 ? buffer : null;
  } finally {
    closeSync(handle);
  }
}

/** Replaces a cache; says false where the disk does not allow it, for a cache may be missing. */
export async function writeColumnCache(file: string, buffer: SharedArrayBuffer, { contentHash, rows }: Omit<CachedColumns, 'columns'>): Promise<boolean> {
  const body = new Uint8Array(buffer);
  const header: Header = { schema: SCHEMA, contentHash, rows, crc32: crc32(body) };
  const head = Buffer.from(`${JSON.stringify(header)}\n`.padEnd(HEADER_BYTES, ' '));
  const lakeDirectory = path.dirname(path.dirname(file));
  try {
    await replaceFile(file, (temporary) => writeParts(temporary, [head, body]), () => temporaryFolder(lakeDirectory));
    return true;
  } catch (error) {
    if (UNWRITABLE.has((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function readHeader(handle: number): Header | null {
  const bytes = Buffer.alloc(HEADER_BYTES);
  readSync(handle, bytes, 0, HEADER_BYTES, 0);
  const line = bytes.toString('utf8').trimEnd();
  if (!line.startsWith(`{"schema":"${SCHEMA}"`)) return null;
  try {
    return JSON.parse(line) as Header;
  } catch {
    return null; // a damaged header is no header
  }
}

/** Fills the bytes from the file and returns their checksum, piece by piece while each is still in the processor's cache. */
function readBody(handle: number, bytes: Uint8Array): number {
  let checksum = 0;
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(handle, bytes, done, Math.min(PIECE_BYTES, bytes.length - done), HEADER_BYTES + done);
    if (read === 0) return -1;
    checksum = crc32(bytes.subarray(done, done + read), checksum);
    done += read;
  }
  return checksum;
}
