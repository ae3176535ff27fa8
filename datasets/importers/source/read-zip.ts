import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { DataError, errorMessage, InputError } from '../../../engine/core/index.ts';

const ENCRYPTED_FLAG = 1;

/**
 * The one file inside a zip, or the one that was named.
 *
 * throws  DataError `zip-broken`, `zip-empty`, `zip-several-entries`, `zip-encrypted`, `zip-crc-mismatch`; InputError `zip-entry-unknown`
 */
export async function readZipEntry(raw: Uint8Array, path: string, wanted?: string): Promise<{ name: string; bytes: Uint8Array }> {
  const yauzl = await import('yauzl');
  try {
    const zip = await yauzl.fromBufferPromise(Buffer.from(raw.buffer, raw.byteOffset, raw.length), { lazyEntries: true });
    const entry = chooseEntry(await listEntries(zip), path, wanted);
    if ((entry.generalPurposeBitFlag & ENCRYPTED_FLAG) !== 0) {
      throw new DataError('zip-encrypted', `${path}:${entry.fileName} is encrypted; unpack it with its password first`);
    }
    return { name: entry.fileName, bytes: await readChecked(zip, entry, path) };
  } catch (cause) {
    if (cause instanceof DataError || cause instanceof InputError) throw cause;
    throw new DataError('zip-broken', `${path} is a damaged or cut zip file (${errorMessage(cause)}); download it again`, { cause });
  }
}

function listEntries(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      if (isCandidate(entry.fileName)) entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

function isCandidate(name: string): boolean {
  return !name.endsWith('/') && !name.startsWith('__MACOSX/') && !/(^|\/)\.|\.checksum$/i.test(name);
}

function chooseEntry(entries: readonly Entry[], path: string, wanted?: string): Entry {
  const names = entries.map((entry) => entry.fileName);
  if (wanted !== undefined) {
    const named = entries.find((entry) => entry.fileName === wanted);
    if (named) return named;
    throw new InputError('zip-entry-unknown', `entry must be one of ${names.join(', ')} of ${path}, was "${wanted}"`);
  }
  if (entries.length === 1) return entries[0];
  if (entries.length === 0) throw new DataError('zip-empty', `${path} holds no file`);
  throw new DataError('zip-several-entries', `${path} holds ${entries.length} files: ${names.slice(0, 20).join(', ')}; name one with the option entry`);
}

async function readChecked(zip: ZipFile, entry: Entry, path: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  // yauzl does not check the sum of what it unpacks
  if (crc32(bytes) >>> 0 !== entry.crc32) {
    throw new DataError('zip-crc-mismatch', `${path}:${entry.fileName} does not match its checksum; download the zip again`);
  }
  return bytes;
}
