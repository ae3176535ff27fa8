import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../engine/index.ts';

/** Who holds a folder. */
interface Owner {
  readonly pid: number;
  /** When the process began, so that a later process of the same pid is not taken for it; null where the system does not say. */
  readonly startedAt: string | null;
}

const ASIDE_MS = 20;

export interface LockOptions {
  /** How long a living holder is waited for. */
  readonly patienceMs?: number;
  readonly stepMs?: number;
  /** A holder in this process is waited for too: only where it holds the lock for moments, in another thread. */
  readonly waitsForOwnProcess?: boolean;
  /** Code of the error when the folder stays in use. */
  readonly code?: string;
}

/**
 * Holds a folder for one writer until it is released; a lock whose process is gone is taken over.
 *
 * A killed process with many threads takes a moment to be gone: a new one waits for it a second, in steps, where nothing else is asked.
 *
 * throws  InputError `sweep-in-use`, or the code that is given
 */
export function lockFolder(folder: string, { patienceMs = 1_000, stepMs = 50, waitsForOwnProcess = false, code = 'sweep-in-use' }: LockOptions = {}): () => void {
  const file = join(folder, 'lock');
  const own = join(folder, `.lock.${randomUUID()}.tmp`);
  writeFileSync(own, JSON.stringify({ pid: process.pid, startedAt: OWN_START } satisfies Owner));
  try {
    for (let waitedMs = 0; !tryLink(own, file); waitedMs += stepMs) {
      removeStale(file, `${own}.stale`);
      if (tryLink(own, file)) break;
      if (waitedMs >= patienceMs || (!waitsForOwnProcess && readOwner(file)?.pid === process.pid)) throw inUse(code, folder, readOwner(file));
      pause(stepMs);
    }
  } finally {
    unlinkSync(own);
  }
  return () => releaseLock(file);
}

/** A process that took ours for stale has it aside for a moment and puts it back: then it is removed once it is there again. */
function releaseLock(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    pause(ASIDE_MS);
    if (readOwner(file)?.pid === process.pid) rmSync(file, { force: true });
  }
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
  const owner = readOwner(file);
  if (owner === undefined || isAlive(owner)) return; // released in between: what is there now is another's
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (isAlive(readOwner(aside) ?? null)) tryLink(aside, file);
  rmSync(aside, { force: true });
}

/** Undefined where there is no lock, null for one that a power cut left empty. */
function readOwner(file: string): Owner | null | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
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

const OWN_START = startOf(process.pid);

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function inUse(code: string, folder: string, owner: Owner | null | undefined): InputError {
  return new InputError(code, `${folder} must not be in use, is being written by ${owner ? `process ${owner.pid}` : 'another process'}`);
}
