import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtFile, DataError } from '../../../engine/index.ts';
import type { ProfileReport } from '../../../reports/index.ts';
import { callTree } from './call-tree.ts';
import { readProfiles } from './cpu-profile.ts';
import { sourceNames } from './source-names.ts';

export interface Profiled {
  readonly report: ProfileReport;
  /** Of the profiled command. */
  readonly exitCode: number;
}

/**
 * Runs a command line of Assay, its workers included, under V8's sampling profiler.
 *
 * throws  DataError `profile-missing` where the command left none
 */
export async function profileCommand(words: readonly string[], { intervalUs, isQuiet }: { readonly intervalUs: number; readonly isQuiet: boolean }): Promise<Profiled> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-profile-'));
  try {
    const { pid, exitCode } = await run(words, folder, intervalUs, isQuiet);
    const threads = readProfiles(folder, pid);
    if (threads.length === 0) throw new DataError('profile-missing', `assay ${words.join(' ')} must leave a profile, left none and ended with ${exitCode}`);
    const assay = fileURLToPath(new URL('../../../../', builtFile(import.meta.url, './profile-command.js')));
    return { report: { command: words.join(' '), intervalUs, ...callTree(threads, sourceNames({ assay, user: process.cwd() })) }, exitCode };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The command in a process of its own; its output goes where this one's does, as notes where stdout is ours. */
async function run(words: readonly string[], folder: string, intervalUs: number, isQuiet: boolean): Promise<{ readonly pid: number; readonly exitCode: number }> {
  const preload = new URL(builtFile(import.meta.url, '../../../engine/pool/profile-workers.js'));
  preload.search = String(new URLSearchParams({ folder, interval: String(intervalUs) }));
  const main = fileURLToPath(builtFile(import.meta.url, '../main.js'));
  const flags = ['--import', preload.href, '--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-interval=${intervalUs}`];
  const child = spawn(process.execPath, [...flags, main, ...words], { stdio: ['inherit', isQuiet ? 'ignore' : process.stderr, 'inherit'] });
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  return { pid: child.pid ?? 0, exitCode };
}
