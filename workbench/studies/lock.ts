import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../engine/index.ts';

/**
 * Holds a folder for this process until it is released; a lock whose process is gone is taken over.
 *
 * throws  InputError `sweep-in-use`
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'lock');
  if (!tryCreate(file)) {
    const owner = Number(readFileSync(file, 'utf8'));
    if (owner !== process.pid && isAlive(owner)) {
      throw new InputError('sweep-in-use', `${folder} must not be in use, is being written by process ${owner}`);
    }
    rmSync(file, { force: true });
    if (!tryCreate(file)) throw new InputError('sweep-in-use', `${folder} must not be in use, was just taken by another process`);
  }
  return () => rmSync(file, { force: true });
}

function tryCreate(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
