import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, InputError, InvariantError, type ReturnStore } from '../../engine/index.ts';

/** Returns of a search in a file that has no name from the moment it is open: however the process ends, nothing is left that could be read as whole. */
export interface ReturnFile extends ReturnStore {
  /** Gives the space on the disk back; of a file that was never needed, nothing. */
  close(): void;
}

/** Bytes that are read or written by one call at most. */
const CALL_BYTES = 2 ** 30;

/**
 * A file in a folder that is made where there is none; opened when it is first needed.
 *
 * throws  InputError `return-store-full`, `return-store-unwritable`
 */
export function returnFile(folder: string): ReturnFile {
  let file: number | null = null;
  const opened = (): number => {
    if (file === null) throw new InvariantError('return-store-closed', 'returns are written and read between reserve and close');
    return file;
  };
  return {
    reserve(bytes) {
      file = writable(folder, () => namelessFile(folder));
      requireSpace(folder, bytes);
    },
    append: (bytes) => writable(folder, () => writeAll(opened(), bytes)),
    read: (at, into) => readAll(opened(), at, into),
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

/** Work with a file that is closed however it ends. */
export async function withReturnFile<T>(folder: string, work: (file: ReturnFile) => Promise<T>): Promise<T> {
  const file = returnFile(folder);
  try {
    return await work(file);
  } finally {
    file.close();
  }
}

/** Runs a step of writing; what the disk refuses becomes an error that names the folder. */
export function writable<T>(folder: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof InvariantError) throw error;
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new InputError(full ? 'return-store-full' : 'return-store-unwritable', `the folder for returns must ${full ? 'have room for all of them' : 'be one that can be written'}, was ${folder}: ${errorMessage(error)}; allow more memory (--memory-mb) or state another folder (cacheDir)`, { cause: error });
  }
}

/** Appends all of the bytes to an open file. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, Math.min(CALL_BYTES, bytes.length - at));
}

function readAll(file: number, from: number, into: Uint8Array): void {
  for (let at = 0; at < into.length; ) {
    const got = readSync(file, into, at, Math.min(CALL_BYTES, into.length - at), from + at);
    if (got === 0) throw new InvariantError('return-store-short', `${into.length} bytes of returns were asked for at ${from}, ${at} are there`);
    at += got;
  }
}

function namelessFile(folder: string): number {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${randomUUID()}.tmp`);
  const file = openSync(path, 'wx+', 0o600);
  rmSync(path);
  return file;
}

function requireSpace(folder: string, bytes: number): void {
  const { bavail, bsize, blocks } = statfsSync(folder);
  if (blocks === 0 || bytes <= bavail * bsize) return; // some file systems do not say
  throw new InputError('return-store-full', `the folder for returns must have ${mebibytes(bytes)} MiB free, had ${mebibytes(bavail * bsize)} MiB at ${folder}; allow more memory (--memory-mb), state another folder (cacheDir) or search fewer points`);
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}
