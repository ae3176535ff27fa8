import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** Writes a file for the running test under its own folder, so that its name is exactly the given one. */
export function file(name: string, content: string | Uint8Array): string {
  const own = mkdtempSync(join(tmpdir(), 'assay-importers-'));
  onTestFinished(() => rmSync(own, { recursive: true, force: true }));
  const path = join(own, name);
  writeFileSync(path, content);
  return path;
}

export function gz(name: string, text: string): string {
  return file(name, gzipSync(text));
}

export interface ZipEntrySpec {
  readonly name: string;
  readonly text: string;
  /** Write a wrong checksum. */
  readonly wrongCrc?: boolean;
  readonly encrypted?: boolean;
}

/** A small zip of deflated entries. */
export function zip(name: string, ...entries: readonly ZipEntrySpec[]): string {
  return file(name, zipBytes(entries));
}

export function zipBytes(entries: readonly ZipEntrySpec[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, text, wrongCrc = false, encrypted = false } of entries) {
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain);
    const sum = wrongCrc ? 12345 : crc32(plain);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(encrypted ? 1 : 0, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(sum, 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(plain.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), shared, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
