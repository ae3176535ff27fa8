import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importOfBars, openLake, writeDataset } from '../../../datasets/index.ts';
import { builtFile, HOUR_MS, InvariantError, runBacktest, simulationConfig } from '../../../engine/index.ts';
import { BUILT_IN } from '../../../strategies/index.ts';
import type { BenchCase, Prepared, Setting } from '../case.ts';
import { randomWalkBars } from '../data/candles.ts';
import { atMost } from '../goals.ts';
import { DifferenceMeter } from '../reference/difference.ts';
import { w2Workload } from './grids.ts';
import { prepareSweep } from './sweep.ts';

const file = (relative: string): string => fileURLToPath(builtFile(import.meta.url, relative));

function start(args: readonly string[], cwd: string): { readonly stdout: string; readonly seconds: number } {
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args], { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new InvariantError('bench-process-failed', `${args[0]} ended with ${status}: ${stderr}`);
  return { stdout, seconds: (performance.now() - from) / 1e3 };
}

/** From the start of the process to its end with the result on stdout. */
async function prepareColdStart({ size, folder }: Setting): Promise<Prepared> {
  const bars = randomWalkBars({ bars: size === 'full' ? 10_000 : 1_000, timeframeMs: HOUR_MS, volatility: 0.008, seed: 12 });
  const { instrument, timeframeMs, length } = bars;
  await writeDataset(openLake(join(folder, 'home/lake')), importOfBars(bars, 'bench/1', []), { id: 'bench', instrument, timeframeMs, importedAtMs: 0, replace: true });
  const once = () => start([file('../../cli/main.js'), 'backtest', 'ema-cross', '-d', 'bench', '--home', join(folder, 'home'), '--json', '--quiet'], folder);
  return {
    shape: `${length} bars`,
    units: 1,
    prove() {
      const { metrics } = JSON.parse(once().stdout) as { readonly metrics: Readonly<Record<string, number>> };
      const [{ strategy }] = BUILT_IN.filter((one) => one.strategy.id === 'ema-cross');
      const here = runBacktest({ strategy, codeHash: 'bench', markets: [bars], config: simulationConfig('spot') });
      const meter = new DifferenceMeter(1e-12);
      for (const name of ['totalReturn', 'sharpeAnn', 'maxDrawdown', 'trades'] as const) meter.compare(name, metrics[name], here.metrics[name] ?? Number.NaN);
      return meter.proof('the same run in this process');
    },
    run: () => once().seconds,
  };
}

/** Largest resident memory of a process that carries out W2 and nothing else. */
function prepareMemory(setting: Setting): Prepared {
  const sweep = prepareSweep(w2Workload(setting));
  const run = (): number => Number(start([file('../memory-of-sweep.js'), setting.size, setting.golden ?? ''], setting.folder).stdout);
  return { ...sweep, run };
}

export const PROCESS_CASES: readonly BenchCase[] = [
  {
    name: 'cold-start', what: 'process start to the result of a backtest on the command line', unit: 'starts', quantity: 'wall', isGated: false, goals: [atMost(0.4, '≤ 0.4 s')],
    prepare: prepareColdStart,
  },
  {
    name: 'memory-W2', what: 'most resident memory of a process that carries out W2', unit: 'bytes', quantity: 'bytes', isGated: false, goals: [atMost(250e6, '≤ 250 MB')],
    prepare: prepareMemory,
  },
];
