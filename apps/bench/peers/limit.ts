import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bars, ParamValue } from '../../../engine/index.ts';
import type { Setting } from '../case.ts';
import { w1Workload, w2Workload, w4Workload } from '../cases/grids.ts';
import { FEE_FRAC, type SweepWorkload } from '../cases/sweep.ts';
import { DifferenceMeter } from '../reference/difference.ts';
import type { PeerFigure } from '../results.ts';
import { spreadOf } from '../spread.ts';
import { allPoints, comparePeer, PEER_FIGURES, requireEqual, spaceOf, yearOf } from './workload-points.ts';

const WORKLOADS: Readonly<Record<string, { readonly of: (setting: Setting) => SweepWorkload; readonly program: 'cross' | 'levels' }>> = {
  W1: { of: w1Workload, program: 'cross' },
  W2: { of: w2Workload, program: 'cross' },
  W4: { of: w4Workload, program: 'levels' },
};

/** The C program built for this machine, or why there is none. */
export function buildLimit(packageRoot: string): { readonly program: string } | { readonly why: string } {
  const sources = join(packageRoot, 'bench/limit');
  if (!existsSync(join(sources, 'main.c'))) return { why: 'C: its source is not part of the package, only of the repository' };
  if (spawnSync('cc', ['--version'], { stdio: 'ignore' }).status !== 0) return { why: 'C: no compiler (cc) on this machine' };
  const folder = join(packageRoot, 'node_modules/.cache/assay-limit');
  const program = join(folder, 'limit');
  const files = readdirSync(sources).filter((name) => /\.[ch]$/.test(name)).map((name) => join(sources, name));
  const isFresh = existsSync(program) && files.every((file) => statSync(file).mtimeMs < statSync(program).mtimeMs);
  if (!isFresh) {
    mkdirSync(folder, { recursive: true });
    execFileSync('cc', ['-O3', '-march=native', '-o', program, ...files.filter((file) => file.endsWith('.c')), '-lm']);
  }
  return { program };
}

/** The C program's times of those of the cases that it knows, once its figures of every point are equal. */
export function measureLimit(program: string, names: readonly string[], setting: Setting, repeats: number): PeerFigure[] {
  return names.filter((name) => name in WORKLOADS).map((name) => measureWorkload(program, name, setting, repeats));
}

function measureWorkload(program: string, name: string, setting: Setting, repeats: number): PeerFigure {
  const { of, program: kind } = WORKLOADS[name];
  const workload = of(setting);
  const points = allPoints(spaceOf(workload));
  const meter = new DifferenceMeter(1e-9);
  let [isa, seconds] = ['', [] as number[]];
  workload.markets.forEach((bars, market) => {
    const figuresFile = join(setting.folder, 'limit.f64');
    const run = JSON.parse(execFileSync(program, argumentsOf(kind, workload, writeBars(bars, setting.folder), repeats, figuresFile, bars.length), { encoding: 'utf8' })) as { isa: string; seconds: number[] };
    isa = run.isa;
    seconds = run.seconds.map((one, i) => one + (seconds[i] ?? 0));
    comparePeer(workload, market, points, withWinRates(new Float64Array(new Uint8Array(readFileSync(figuresFile)).buffer)), meter);
  });
  const proof = meter.proof('a plain loop on all points');
  requireEqual(proof);
  return { case: name, peer: 'C', version: isa, seconds: spreadOf(seconds), share: 1, compared: proof.compared, largestDifference: proof.largestDifference, note: 'one thread, cc -O3 -march=native' };
}

export function writeBars({ open, high, low, close }: Bars, folder: string, name = 'bars.f64'): string {
  const file = join(folder, name);
  writeFileSync(file, Buffer.concat([open, high, low, close].map((column) => Buffer.from(Float64Array.from(column).buffer))));
  return file;
}

function argumentsOf(kind: 'cross' | 'levels', workload: SweepWorkload, barsFile: string, repeats: number, figuresFile: string, bars: number): string[] {
  const { axes, stops } = workload;
  const ends = (name: string): ParamValue[] => [axes[name][0], axes[name][axes[name].length - 1]];
  const stepped = (name: string): ParamValue[] => [...ends(name), Number(axes[name][1]) - Number(axes[name][0])];
  const grid = kind === 'cross' ? [...ends('fast'), ...ends('slow')] : [...ends('window'), ...stepped('lower'), ...stepped('upper'), stops.stopFrac, stops.targetFrac];
  return [kind, barsFile, bars, FEE_FRAC, Math.sqrt(yearOf(workload)), repeats, figuresFile, ...grid].map(String);
}

/** The program gives trades that earned; as a share of trades they compare with the others. */
function withWinRates(rows: Float64Array): Float64Array {
  for (let i = 0; i < rows.length; i += PEER_FIGURES.length) rows[i + 4] /= rows[i + 3];
  return rows;
}
