// Time and memory of the tests over a whole search, as built: npm run build && node scripts/bench.mjs bench/validate/search-tests.ts [trials days draws].
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BootstrapPlan, Panel } from '../../engine/index.ts';
import { trialReturns } from './error-rates/trial-fields.ts';

/** Workers load built files, so this measures those. */
const built = pathToFileURL(resolve(process.env.BENCH_SOURCE ?? '', '../../dist/engine/index.js')).href;
const { bootstrapMaxima, createPool, cscvOnPool, overfitEvidence, overfitProbability, rowOf, seededDraws, sharpe, sharpeScores, snoopingOnPool, SPA_BOUNDS, spaStatistics } =
  (await import(built)) as typeof import('../../engine/index.ts');

const [trials = 1000, days = 2000, draws = 10_000] = process.argv.slice(2).map(Number);

function noise(count: number, length: number): Panel {
  const values = new Float64Array(new SharedArrayBuffer(8 * count * length));
  values.set(trialReturns(length, new Float64Array(count), { kind: 'equal', rho: 0.5 }, 1));
  return { trials: count, days: length, values };
}

/** The fast maxima against rows drawn one by one, and the fast splits against halves cut from the rows. */
function requireAgreement(): void {
  const panel = noise(6, 64);
  const source = seededDraws(64, { draws: 20, meanBlock: 4, seed: 2 });
  const { statistic } = sharpeScores(panel, 4);
  const [maxima] = bootstrapMaxima(panel, [statistic], source);
  const [starts, lengths] = [new Int32Array(64), new Int32Array(64)];
  for (let b = 0; b < 20; b++) {
    const count = source.blocksOf(b, starts, lengths);
    const rows = Array.from({ length: count }, (_, i) => Array.from({ length: lengths[i] }, (__, j) => (starts[i] + j) % 64)).flat();
    const plain = Math.max(...Array.from({ length: 6 }, (_, k) => statistic.scale[k] * ((sharpe(rows.map((t) => rowOf(panel, k)[t]), 1) ?? 0) - (sharpe(rowOf(panel, k), 1) ?? 0))));
    if (Math.abs(plain - maxima[b]) > 1e-9) throw new Error(`draw ${b}: ${maxima[b]} is not ${plain}`);
  }
  const { splits } = overfitProbability(panel, { blocks: 2 });
  const halves = [0, 32].map((from) => Array.from({ length: 6 }, (_, k) => sharpe(rowOf(panel, k).subarray(from, from + 32), 1) ?? 0));
  const winner = halves[0].indexOf(Math.max(...halves[0]));
  if (splits.winner[0] !== winner || Math.abs(splits.outOfSample[0] - halves[1][winner]) > 1e-12) throw new Error('the first split is not that of its halves');
}

async function measure(name: string, call: () => Promise<unknown>): Promise<void> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await call();
  const { user, system } = process.cpuUsage(before);
  const cells = [`${((performance.now() - start) / 1000).toFixed(2)} s`, `${((user + system) / 1e6).toFixed(2)} s`, `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`];
  process.stdout.write(`${name.padEnd(44)}${cells.map((cell) => cell.padStart(12)).join('')}\n`);
}

requireAgreement();
process.stdout.write(`${trials} trials × ${days} days, ${draws} draws\n${''.padEnd(44)}${['wall', 'processor', 'peak so far'].map((title) => title.padStart(12)).join('')}\n`);
const panel = noise(trials, days);
for (const workers of [1, 2]) {
  const pool = await createPool(workers);
  await measure(`workers ${workers}: PBO, 16 blocks`, () => overfitEvidence(panel, 365, cscvOnPool(pool)));
  for (const meanBlock of [1, 5, 20]) {
    const plan: BootstrapPlan = { draws, meanBlock, seed: 1 };
    const { byBound } = spaStatistics(panel, plan);
    const statistics = [sharpeScores(panel, meanBlock).statistic, ...SPA_BOUNDS.map((bound) => byBound[bound])];
    await measure(`workers ${workers}: Reality Check and SPA, blocks of ${meanBlock}`, () => snoopingOnPool(pool)(panel, statistics, plan));
  }
  await pool.close();
}
