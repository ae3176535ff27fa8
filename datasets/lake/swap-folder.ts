import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DataError } from '../../engine/core/index.ts';
import { syncFile, syncFolder } from './atomic-file.ts';

// `.new-<pid>-<random>` is being written; `.old-<id>` waits until its successor stands.
const NEW = '.new-';
const OLD = '.old-';

/** A new folder inside the lake, to be filled and swapped in. */
export function temporaryFolder(lakeDirectory: string): string {
  return mkdtempSync(path.join(lakeDirectory, `${NEW}${process.pid}-`));
}

/**
 * Puts a finished folder in the place of `name`: whenever the process dies, the old or the new one is found again.
 * A reader that saw the place empty for a moment may have put the old one back meanwhile, so the swap is tried again.
 *
 * throws  DataError `dataset-busy`
 */
export function swapFolder(lakeDirectory: string, finished: string, name: string): void {
  const target = path.join(lakeDirectory, name);
  const aside = path.join(lakeDirectory, OLD + name);
  for (const file of readdirSync(finished)) syncFile(path.join(finished, file));
  syncFolder(finished);
  let isIn = false;
  for (let attempt = 0; attempt < 10 && !isIn; attempt++) {
    recoverFolder(lakeDirectory, name);
    moveIfThere(target, aside);
    isIn = moveIfFree(finished, target);
  }
  if (!isIn) throw new DataError('dataset-busy', `dataset "${name}" must not be written by others at the same time; try again`);
  syncFolder(lakeDirectory);
  rmSync(aside, { recursive: true, force: true });
}

/** Takes a folder out of sight in one step, then deletes it. */
export function discardFolder(lakeDirectory: string, name: string): void {
  const workplace = temporaryFolder(lakeDirectory);
  moveIfThere(path.join(lakeDirectory, name), path.join(workplace, name));
  syncFolder(lakeDirectory);
  rmSync(workplace, { recursive: true, force: true });
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
  if (existsSync(target)) rmSync(aside, { recursive: true, force: true });
  else moveIfThere(aside, target);
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** False when something stands at the target. */
function moveIfFree(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to someone else.
    return codeOf(error) === 'EPERM';
  }
}
