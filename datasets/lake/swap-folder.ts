import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { syncFolder } from './atomic-file.ts';

// `.new-<pid>-<random>` is being written; `.old-<id>` waits until its successor stands.
const NEW = '.new-';
const OLD = '.old-';

/** A new folder inside the lake, to be filled and swapped in. */
export function temporaryFolder(lakeDirectory: string): string {
  return mkdtempSync(path.join(lakeDirectory, `${NEW}${process.pid}-`));
}

/** Puts a finished folder in the place of `name`: whenever the process dies, the old or the new one is found again. */
export function swapFolder(lakeDirectory: string, finished: string, name: string): void {
  const target = path.join(lakeDirectory, name);
  const aside = path.join(lakeDirectory, OLD + name);
  recoverFolder(lakeDirectory, name);
  if (existsSync(target)) renameSync(target, aside);
  renameSync(finished, target);
  syncFolder(lakeDirectory);
  rmSync(aside, { recursive: true, force: true });
}

/** Takes back half-made swaps, and clears away what dead processes were writing. */
export function recoverFolders(lakeDirectory: string): void {
  for (const name of readdirSync(lakeDirectory)) {
    if (name.startsWith(OLD)) recoverFolder(lakeDirectory, name.slice(OLD.length));
    const writer = name.startsWith(NEW) ? Number.parseInt(name.slice(NEW.length), 10) : null;
    if (writer !== null && !isAlive(writer)) rmSync(path.join(lakeDirectory, name), { recursive: true, force: true });
  }
}

function recoverFolder(lakeDirectory: string, name: string): void {
  const target = path.join(lakeDirectory, name);
  const aside = path.join(lakeDirectory, OLD + name);
  if (!existsSync(aside)) return;
  if (existsSync(target)) rmSync(aside, { recursive: true, force: true });
  else renameSync(aside, target);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
