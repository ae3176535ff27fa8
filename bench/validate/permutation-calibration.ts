// Whether the permutation test's p is uniform on markets without an edge: node scripts/bench.mjs bench/validate/permutation-calibration.ts [markets].
import { inPlacePool, isMissing, permutationOnPool, simulationConfig, ZERO_COSTS } from '../../engine/index.ts';
import { emaCross } from '../../strategies/trend/ema-cross.ts';
import { driftingWalk } from './error-rates/market-study.ts';

const markets = Number(process.argv[2] ?? 400);
const [DAYS, PERMUTATIONS] = [500, 19];
const AXES = { fastBars: [3, 5, 8, 12], slowBars: [20, 30, 45, 60] };

const p: number[] = [];
for (let seed = 1; seed <= markets; seed++) {
  const input = { strategy: emaCross, markets: [driftingWalk(DAYS, 0, seed)], config: simulationConfig('spot', { costs: ZERO_COSTS }), axes: AXES, sampler: { kind: 'grid' as const } };
  const test = await permutationOnPool(inPlacePool(emaCross), { url: 'in-process:', exportName: null, codeHash: '' }, input, { permutations: PERMUTATIONS, seed: 1000 * seed });
  if (!isMissing(test)) p.push(test.p);
}
// p takes the values 1/20 … 20/20, each with the same probability.
const shares = Array.from({ length: PERMUTATIONS + 1 }, (_, i) => p.filter((one) => one <= (i + 1) / (PERMUTATIONS + 1) + 1e-9).length / p.length);
const distance = Math.max(...shares.map((share, i) => Math.abs(share - (i + 1) / (PERMUTATIONS + 1))));
process.stdout.write(`${p.length} random walks of ${DAYS} days, ${Object.values(AXES).reduce((n, axis) => n * axis.length, 1)} points searched, ${PERMUTATIONS} permutations each\n`);
process.stdout.write(`share of p at most  0.05: ${shares[0].toFixed(3)}  0.10: ${shares[1].toFixed(3)}  0.20: ${shares[3].toFixed(3)}  0.50: ${shares[9].toFixed(3)}\n`);
process.stdout.write(`KS distance ${distance.toFixed(3)}; above ${(1.36 / Math.sqrt(p.length)).toFixed(3)} is not chance\n`);
