// How often the gates let luck through and hold back skill: simulated studies judged by the product's own evidence and gates.
import { fork } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { calibrationSpec, svgOf } from './error-rates/charts.ts';
import { type Cell, cells } from './error-rates/cells.ts';
import { calibrationTable, ratesTable } from './error-rates/table.ts';
import { type CellResult, tally } from './error-rates/tally.ts';
import type { StudyResult } from './error-rates/study.ts';

const { values } = parseArgs({
  options: {
    studies: { type: 'string', default: '40' },
    'planted-studies': { type: 'string', default: '' },
    calibrate: { type: 'string', default: '0' },
    draws: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    workers: { type: 'string', default: '1' },
    out: { type: 'string', default: '' },
    plot: { type: 'string', default: '' },
  },
});

interface Task {
  readonly cell: number;
  readonly options: { readonly studies: number; readonly calibrate: number; readonly draws: number; readonly seed: number };
}

if (process.send === undefined) await main();
else process.on('message', (task: Task) => void runCell(task).then((result) => process.send?.(result)));

async function runCell({ cell: index, options: { studies, calibrate, draws, seed } }: Task): Promise<CellResult> {
  const cell = cells()[index];
  const results: StudyResult[] = [];
  for (let i = 0; i < studies; i++) results.push(await cell.study({ seed: seed * 1_000_000 + i, draws, isWhole: i < calibrate }));
  return tally(cell, results, calibrate);
}

async function main(): Promise<void> {
  const all = cells();
  const done = new Map(stored().map((result) => [keyOf(result), result]));
  const queue = all.flatMap((cell, index) => (isAsked(cell) && !done.has(keyOf(cell)) ? [index] : []));
  const finish = (result: CellResult): void => {
    done.set(keyOf(result), result);
    process.stderr.write(`${keyOf(result)}: shadow ${(100 * result.shadow.share).toFixed(1)} %, live ${(100 * result.live.share).toFixed(1)} %\n`);
    if (values.out !== '') writeFileSync(values.out, `${JSON.stringify({ draws: Number(values.draws), seed: Number(values.seed), cells: ordered(all, done) }, shortened)}\n`);
  };
  await Promise.all(Array.from({ length: Math.min(Number(values.workers), queue.length) }, () => drain(all, queue, finish)));
  const results = ordered(all, done);
  process.stdout.write(`${ratesTable(results)}\n${calibrationTable(results)}\n`);
  if (values.plot !== '') writeFileSync(values.plot, await svgOf(calibrationSpec(results)));
}

/** One process that takes cells until none is left. */
async function drain(all: readonly Cell[], queue: number[], finish: (result: CellResult) => void): Promise<void> {
  const worker = fork(process.argv[1], process.argv.slice(2));
  for (let cell = queue.shift(); cell !== undefined; cell = queue.shift()) {
    const isPlanted = all[cell].kind !== 'noise' && all[cell].kind !== 'drift';
    const studies = Number(isPlanted && values['planted-studies'] !== '' ? values['planted-studies'] : values.studies);
    const task: Task = { cell, options: { studies, calibrate: all[cell].kind === 'noise' ? Number(values.calibrate) : 0, draws: Number(values.draws), seed: Number(values.seed) } };
    finish(await new Promise<CellResult>((resolve, reject) => {
      worker.once('message', resolve).once('exit', (code) => reject(new Error(`a process ended with code ${code}`)));
      worker.send(task);
    }));
    worker.removeAllListeners('exit');
  }
  worker.disconnect();
}

/** Cells of an earlier run that was cut short. */
function stored(): readonly CellResult[] {
  return values.out !== '' && existsSync(values.out) ? (JSON.parse(readFileSync(values.out, 'utf8')) as { readonly cells: readonly CellResult[] }).cells : [];
}

function ordered(all: readonly Cell[], done: ReadonlyMap<string, CellResult>): CellResult[] {
  return all.flatMap((cell) => done.get(keyOf(cell)) ?? []);
}

function isAsked(cell: Cell): boolean {
  return values.only === '' || values.only.split(';').some((part) => keyOf(cell).includes(part));
}

/** Four digits say all that so many studies can. */
function shortened(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}

function keyOf({ name, years }: Pick<Cell, 'name' | 'years'>): string {
  return `${name}, ${years} years`;
}
