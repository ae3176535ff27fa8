import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { importOfBars, openLake, syntheticMarket, writeDataset } from '../../datasets/index.ts';
import { DAY_MS, type Bars } from '../../engine/index.ts';
import { builtInStrategies } from '../../workbench/index.ts';
import { modelVersion } from './model-version.ts';
import { promotedRegistry } from './promoted-registry.ts';
import { CLI } from './run-cli.ts';

export interface LiveHome {
  readonly home: string;
  readonly bars: Bars;
  /** Arguments of `assay serve` that replay the newest bars and stop. */
  readonly serve: readonly string[];
}

const MODEL_BARS = 301;

/** A home folder with a promoted model of ema-cross, and a daily market whose last bars are to be graded. */
export async function liveHome(home: string, { days = 60, historyDays = 420 } = {}): Promise<LiveHome> {
  const { bars } = syntheticMarket({ kind: 'momentum', seed: 3, bars: historyDays + days, timeframeMs: DAY_MS, startMs: Date.UTC(2023, 0, 1) });
  await writeDataset(openLake(join(home, 'lake')), importOfBars(bars, 'synthetic/1', ['for a test']), { id: 'graded', instrument: bars.instrument, timeframeMs: DAY_MS, importedAtMs: 0 });
  const codeHash = builtInStrategies().find(({ id }) => id === 'ema-cross')?.codeHash ?? '';
  const { strategy } = modelVersion();
  await promotedRegistry(home, { strategy: { ...strategy, codeHash, params: { fastBars: 5, slowBars: 30 } }, universe: 'any', timeframeMs: DAY_MS, memoryBars: MODEL_BARS });
  const from = new Date(bars.openTimeMs[historyDays]).toISOString();
  return { home, bars, serve: ['serve', '--home', home, '--sandbox', '--until-end', '--port', '0', '--quiet', '--feed', `replay:graded?from=${from}`] };
}

export const journalText = (home: string): string => readFileSync(join(home, 'grading', 'live.jsonl'), 'utf8');

export function journalBytes(home: string): number {
  return statSync(join(home, 'grading', 'live.jsonl'), { throwIfNoEntry: false })?.size ?? 0;
}

/** Runs `assay serve` to its end, or kills it with -9 as soon as the journal has so many bytes; tells whether it was killed. */
export function serveUntil({ home, serve }: LiveHome, killAtBytes = Infinity): Promise<{ readonly wasKilled: boolean; readonly code: number | null }> {
  mkdirSync(join(home, 'grading'), { recursive: true });
  const child: ChildProcess = spawn(process.execPath, [CLI, ...serve], { stdio: ['ignore', 'ignore', 'inherit'] });
  const watcher = watch(join(home, 'grading'), () => {
    if (journalBytes(home) >= killAtBytes) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      watcher.close();
      resolve({ wasKilled: signal === 'SIGKILL', code });
    });
  });
}
