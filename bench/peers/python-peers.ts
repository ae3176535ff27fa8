import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bars } from '../../engine/market/index.ts';
import { type Timing, timingOf } from '../timing.ts';
import { FAST_BARS, INITIAL_CASH, SLOW_BARS } from './workload.ts';

/** What a peer made of the bars; five numbers a closed trade: entry bar, exit bar, size, entry price, exit price. */
export interface PeerRun {
  readonly version: string;
  readonly timing: Timing;
  readonly finalEquity: number;
  readonly trades: Float64Array;
}

export interface PeerOrder {
  readonly python: string;
  readonly script: string;
  readonly bars: number;
  readonly repeats: number;
  /** Where the bars lie and the trades go. */
  readonly folder: string;
}

/** Open, high, low and close, one after the other, for the peers to read. */
export function writeBars(folder: string, { open, high, low, close }: Bars): void {
  writeFileSync(join(folder, 'bars.f64'), Buffer.concat([open, high, low, close].map((column) => Buffer.from(Float64Array.from(column).buffer))));
}

export function hasPeer(python: string, module: string): boolean {
  return spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;
}

/** Runs a peer in its own process; it measures its own processor time, start of Python and reading of the bars left out. */
export function runPeer({ python, script, bars, repeats, folder }: PeerOrder): PeerRun {
  const tradesFile = join(folder, 'trades.f64');
  const args = [script, join(folder, 'bars.f64'), bars, FAST_BARS, SLOW_BARS, INITIAL_CASH, repeats, tradesFile];
  const { status, stdout } = spawnSync(python, args.map(String), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`${script} ended with ${status}`);
  const { version, seconds, finalEquity } = JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)) as { version: string; seconds: number[]; finalEquity: number };
  return { version, timing: timingOf(seconds), finalEquity, trades: new Float64Array(new Uint8Array(readFileSync(tradesFile)).buffer) };
}
