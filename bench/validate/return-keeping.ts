// Time and memory of the tests over a whole search by how its returns are kept: npm run build && node scripts/bench.mjs bench/validate/return-keeping.ts [trials days draws].
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ReturnPrecision, Rows } from '../../engine/index.ts';

/** Workers load built files, so this measures those. */
const built = (file: string): string => pathToFileURL(resolve(process.env.BENCH_SOURCE ?? '', '../../dist', file)).href;
const { createPool, cscvOnPool, overfitEvidence, returnPlan, returnValues, searchEvidence, seededNormal, seededRandom, snoopingOnPool, takeRows } =
  (await import(built('engine/index.js'))) as typeof import('../../engine/index.ts');
const { withReturnFile } = (await import(built('workbench/research/return-file.js'))) as typeof import('../../workbench/research/return-file.ts');

const WAYS: readonly (readonly [ReturnPrecision, number])[] = [['float64', Infinity], ['float32', Infinity], ['float64', 64], ['float32', 64]];
const [trials = 40_000, days = 2000, draws = 100] = process.argv.slice(2, 5).map(Number);

/** Rows of noise, kept as a search keeps them: a tile at a time. */
function noise({ precision, rowBytes, tileRows, store }: ReturnType<typeof returnPlan>): Rows {
  const normal = seededNormal(seededRandom(1, 'returns'));
  store?.reserve(trials * rowBytes);
  const tile = new SharedArrayBuffer(tileRows * rowBytes);
  const values = returnValues(tile, precision);
  for (let from = 0; from < trials; from += tileRows) {
    const count = Math.min(tileRows, trials - from) * days;
    for (let i = 0; i < count; i++) values[i] = 0.01 * normal();
    store?.append(new Uint8Array(tile, 0, (count / days) * rowBytes));
  }
  return store === null ? { trials, days, values } : { trials, days, precision, store, rows: Int32Array.from({ length: trials }, (_, k) => k), tile };
}

async function measure(precision: ReturnPrecision, memoryMb: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-returns-'));
  const pool = await createPool(2);
  await withReturnFile(folder, async (store) => {
    const rows = noise(returnPlan(trials, days, { precision, store, returnMemoryBytes: memoryMb * 2 ** 20 }));
    const [start, before] = [performance.now(), process.cpuUsage()];
    const { matrix, rows: points, dropped } = takeRows(Float64Array.from({ length: days }, (_, t) => t), rows);
    const search = await searchEvidence({
      kept: { matrix, rows: points, dropped }, paramsAt: () => ({}), periodsPerYear: 365, ledgerTrials: { missing: 'none' }, hold: null, seed: 1, draws,
      permutation: { missing: 'none' }, run: snoopingOnPool(pool),
    });
    const overfit = await overfitEvidence(matrix, 365, cscvOnPool(pool));
    if ('missing' in search || 'missing' in overfit) throw new Error('the tests are missing');
    const held = 'values' in rows ? rows.values.byteLength : rows.tile.byteLength;
    const { user, system } = process.cpuUsage(before);
    const cells = [`${((performance.now() - start) / 1000).toFixed(1)} s`, `${((user + system) / 1e6).toFixed(1)} s`, `${(held / 2 ** 20).toFixed(0)} MiB`, `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`, `p ${search.realityCheck.p.toFixed(6)}`, `PBO ${overfit.pbo.toFixed(6)}`];
    process.stdout.write(`${`${precision}, ${'values' in rows ? 'memory' : 'file'}`.padEnd(18)}${cells.map((cell) => cell.padStart(20)).join('')}\n`);
  });
  await pool.close();
  rmSync(folder, { recursive: true });
}

const way = process.env.BENCH_WAY;
if (way === undefined) {
  process.stdout.write(`${trials} trials × ${days} days, ${draws} draws, 2 workers\n${''.padEnd(18)}${['wall', 'processor', 'returns in memory', 'peak of the process', 'Reality Check', 'overfitting'].map((title) => title.padStart(20)).join('')}\n`);
  WAYS.forEach((_, i) => spawnSync(process.execPath, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, BENCH_WAY: String(i) } }));
} else await measure(...WAYS[Number(way)]);
