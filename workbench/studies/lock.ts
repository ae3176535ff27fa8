import { constants, copyFileSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../engine/index.ts';

/** Who holds a folder. */
interface Owner {
  readonly pid: number;
  /** When the process began, so that a later process of the same pid is not taken for it; null where the system does not say. */
  readonly startedAt: string | null;
}

let attempts = 0;

/** A killed process with many threads takes a moment to be gone: so long a new one waits for it, in steps. */
const PATIENCE_MS = 1_000;
const STEP_MS = 50;

/**
 * Holds a folder for one sweep until it is released; a lock whose process is gone is taken over.
 *
 * throws  InputError `sweep-in-use`
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'lock');
  const own = join(folder, `.lock.${process.pid}.${attempts++}.tmp`);
  writeFileSync(own, JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) } satisfies Owner));
  try {
    for (let waitedMs = 0; !tryLink(own, file); waitedMs += STEP_MS) {
      removeStale(file, `${own}.stale`);
      if (tryLink(own, file)) break;
      if (waitedMs >= PATIENCE_MS || readOwner(file)?.pid === process.pid) throw inUse(folder, readOwner(file));
      pause(STEP_MS);
    }
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(file, { force: true });
}

/** A hard link appears at once with its whole content, for one process only; disks that have none (FAT) get a copy. */
function tryLink(own: string, file: string, place: (from: string, to: string) => void = linkSync): boolean {
  try {
    place(own, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (place === linkSync && (code === 'EPERM' || code === 'ENOTSUP')) return tryLink(own, file, copyOnce);
    throw error;
  }
}

function copyOnce(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_EXCL);
}

/** Moves a dead process's lock aside; a lock that another process made in between is put back. */
function removeStale(file: string, aside: string): void {
  if (isAlive(readOwner(file))) return;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (isAlive(readOwner(aside))) tryLink(aside, file);
  rmSync(aside, { force: true });
}

/** Null where there is no lock, or one that a power cut left empty. */
function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(owner: Owner | null): boolean {
  if (owner === null || !Number.isInteger(owner.pid)) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return owner.startedAt === null || owner.startedAt === startOf(owner.pid);
}

/** Linux: clock ticks after boot at which a process began, field 22 of its stat line; null for one that is dead but not yet buried. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : fields[19];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function inUse(folder: string, owner: Owner | null): InputError {
  return new InputError('sweep-in-use', `${folder} must not be in use, is being written by ${owner === null ? 'another process' : `process ${owner.pid}`}`);
}
