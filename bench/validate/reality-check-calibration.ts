// Whether the Reality Check's p is uniform on noise: node scripts/bench.mjs bench/validate/reality-check-calibration.ts [searches].
import { realityCheckOfSharpe, seededRandom } from '../../engine/index.ts';
import { trialReturns } from './error-rates/trial-fields.ts';

const searches = Number(process.argv[2] ?? 300);
const [TRIALS, DAYS, DRAWS, MEAN_BLOCK] = [200, 1460, 299, 1.6];
const SIZES = [0.01, 0.05, 0.1, 0.2, 0.5];

process.stdout.write(`${TRIALS} trials of t5 noise over ${DAYS} days, ${DRAWS} draws, ${searches} searches a row; share of p at most\n`);
process.stdout.write(`${'correlation'.padEnd(14)}${SIZES.map((size) => String(size).padStart(8)).join('')}\n`);
for (const rho of [0, 0.5, 0.95]) {
  const seeds = seededRandom(1, `reality-check ${rho}`);
  const p = Array.from({ length: searches }, () => {
    const seed = Math.floor(seeds() * 2 ** 31);
    const values = trialReturns(DAYS, new Float64Array(TRIALS), { kind: 'equal', rho }, seed);
    return realityCheckOfSharpe({ trials: TRIALS, days: DAYS, values }, { draws: DRAWS, meanBlock: MEAN_BLOCK, seed }).p;
  });
  const shares = SIZES.map((size) => (p.filter((one) => one <= size).length / p.length).toFixed(3).padStart(8));
  process.stdout.write(`${String(rho).padEnd(14)}${shares.join('')}\n`);
}
