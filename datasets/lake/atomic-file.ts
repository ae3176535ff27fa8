import { closeSync, fsyncSync, mkdtempSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/**
 * Fills a file under a temporary name on the same disk, then renames it: readers see the old file or the whole new one.
 * `makeWorkplace` makes the folder for the temporary file, by default beside the file itself.
 */
export async function replaceFile(
  file: string,
  fill: (temporary: string) => void | Promise<void>,
  makeWorkplace = (): string => mkdtempSync(path.join(path.dirname(file), '.tmp-')),
): Promise<void> {
  const workplace = makeWorkplace();
  try {
    const temporary = path.join(workplace, path.basename(file));
    await fill(temporary);
    syncFile(temporary);
    renameSync(temporary, file);
    syncFolder(path.dirname(file));
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
}

/** Writes parts one after another. */
export function writeParts(file: string, parts: readonly Uint8Array[]): void {
  const handle = openSync(file, 'wx');
  try {
    for (const part of parts) writeAll(handle, part);
  } finally {
    closeSync(handle);
  }
}

export function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes a rename survive a power cut; Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done, Math.min(bytes.length - done, 2 ** 26));
}
