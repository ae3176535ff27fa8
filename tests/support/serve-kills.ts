import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../engine/index.ts';
import { serveArguments, type ServeHome } from './serve-home.ts';

export interface Kills {
  readonly kills: number;
  readonly restarts: number;
  /** Kills before the service had written anything since its start. */
  readonly beforeWriting: number;
  /** Kills after which the journal's last line was not whole. */
  readonly tornLines: number;
}

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  /** Size of the whole journal: kills are spread over it. */
  readonly bytes: number;
  readonly onKill?: (done: number, bytes: number) => void;
}

/** One kill in ten comes at a random moment of a start, the others as the journal grows past a random place. */
const SHARE_AT_START = 0.1;
const MOST_START_MS = 1_500;
/** After the place, so that it falls anywhere in a batch. */
const MOST_LAG_MS = 5;

export function journalFile(home: string): string {
  return join(home, 'grading', 'live.jsonl');
}

function bytesOf(home: string): number {
  const file = journalFile(home);
  return existsSync(file) ? statSync(file).size : 0;
}

interface Serving {
  readonly child: ChildProcess;
  /** With what it ended: a code, or the signal. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  readonly stderr: () => string;
}

function serve(home: ServeHome): Serving {
  const child = spawn(process.execPath, [home.cli, ...serveArguments(home)], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => void (text += part));
  return { child, ended: new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal))), stderr: () => text };
}

/** A service that hears its feed to the end. */
export async function serveWhole(home: ServeHome): Promise<void> {
  const { ended, stderr } = serve(home);
  const code = await ended;
  if (code !== 0) throw new Error(`assay serve ended with ${code}: ${stderr()}`);
}

/** Kills the service with SIGKILL at seeded places of its run, begins it again after each, and lets the last one end by itself. */
export async function serveThroughKills(home: ServeHome, { kills, seed, bytes, onKill }: KillOptions): Promise<Kills> {
  const random = seededRandom(seed, 'kills');
  const places = Array.from({ length: kills }, () => random() * bytes).sort((a, b) => a - b);
  let done = 0;
  let beforeWriting = 0;
  let tornLines = 0;
  for (const place of places) {
    const before = bytesOf(home.home);
    const serving = serve(home);
    await killMoment(serving, random() < SHARE_AT_START ? { afterMs: random() * MOST_START_MS } : { place: Math.max(place, before + 1), home: home.home, lagMs: random() * MOST_LAG_MS });
    serving.child.kill('SIGKILL');
    const end = await serving.ended;
    if (end === 0) break;
    if (end !== 'SIGKILL') throw new Error(`assay serve ended with ${end}: ${serving.stderr()}`);
    const after = bytesOf(home.home);
    done++;
    if (after === before) beforeWriting++;
    if (isTorn(home.home)) tornLines++;
    onKill?.(done, after);
  }
  await serveWhole(home);
  return { kills: done, restarts: done, beforeWriting, tornLines };
}

type Moment = { readonly afterMs: number } | { readonly place: number; readonly home: string; readonly lagMs: number };

/** Waits for a moment, or for the end of the service where that comes first. */
async function killMoment({ child, ended }: Serving, moment: Moment): Promise<void> {
  const wait = (ms: number): Promise<unknown> => Promise.race([ended, new Promise((resolve) => setTimeout(resolve, ms))]);
  if ('afterMs' in moment) return void (await wait(moment.afterMs));
  while (child.exitCode === null && child.signalCode === null && bytesOf(moment.home) < moment.place) await wait(1);
  await wait(moment.lagMs);
}

function isTorn(home: string): boolean {
  const size = bytesOf(home);
  return size > 0 && lastByte(journalFile(home), size) !== 0x0a;
}

function lastByte(file: string, size: number): number {
  const handle = openSync(file, 'r');
  try {
    const byte = Buffer.alloc(1);
    readSync(handle, byte, 0, 1, size - 1);
    return byte[0];
  } finally {
    closeSync(handle);
  }
}
