// Whether P(true Sharpe > 0) means what it says on noise: node scripts/bench.mjs bench/validate/psr-calibration.ts [curves a row].
import { populationShape, probabilisticSharpe, type Random, seededNormal, seededRandom, sharpe } from '../../engine/index.ts';

/** Fills a curve of returns whose true Sharpe ratio is 0. */
type Noise = (returns: Float64Array, random: Random, normal: Random) => void;

const t5: Noise = (returns, _random, normal) => {
  for (let t = 0; t < returns.length; t++) {
    let squares = 0;
    for (let i = 0; i < 5; i++) squares += normal() ** 2;
    returns[t] = normal() / Math.sqrt(squares / 5);
  }
};
const autoregression: Noise = (returns, random, normal) => {
  t5(returns, random, normal);
  for (let t = 1; t < returns.length; t++) returns[t] += 0.1 * returns[t - 1];
};
/** Many small gains and a few large losses, as of sold options; skewness −2, kurtosis 9. */
const shortTail: Noise = (returns, random) => {
  for (let t = 0; t < returns.length; t++) returns[t] = 1 + Math.log(1 - random());
};
const MARKETS: Readonly<Record<string, Noise>> = { 'iid t5': t5, 'AR(0.1) of t5': autoregression, 'skewed −2': shortTail };
const DAYS = [180, 365, 730, 1460];
const curves = Number(process.argv[2] ?? 4000);

interface Calibration {
  /** Greatest distance of the distribution of PSR from the uniform one. */
  readonly distance: number;
  readonly above95: number;
  readonly above99: number;
}

function calibrationOf(values: number[]): Calibration {
  const sorted = values.toSorted((a, b) => a - b);
  const distance = sorted.reduce((most, value, i) => Math.max(most, value - i / sorted.length, (i + 1) / sorted.length - value), 0);
  const share = (limit: number): number => values.filter((value) => value >= limit).length / values.length;
  return { distance, above95: share(0.95), above99: share(0.99) };
}

function simulate(name: string, noise: Noise, days: number): void {
  const random = seededRandom(1, `${name} ${days}`);
  const normal = seededNormal(random);
  const returns = new Float64Array(days);
  const [observed, atNull]: [number[], number[]] = [[], []];
  for (let i = 0; i < curves; i++) {
    noise(returns, random, normal);
    const sample = { sharpe: sharpe(returns, 1) ?? 0, observations: days, ...(populationShape(returns) ?? { skewness: 0, kurtosis: 3 }) };
    observed.push(probabilisticSharpe(sample) ?? 0);
    atNull.push(probabilisticSharpe(sample, 0, 'null') ?? 0);
  }
  const cells = [observed, atNull].map(calibrationOf).flatMap(({ distance, above95, above99 }) => [distance.toFixed(3), percent(above95), percent(above99)]);
  row([name, String(days), ...cells]);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

function row(cells: readonly string[]): void {
  process.stdout.write(`${cells.map((cell, i) => (i === 0 ? cell.padEnd(16) : cell.padStart(10))).join('')}\n`);
}

process.stdout.write(`PSR of ${curves} curves without skill a row; a distance above ${(1.358 / Math.sqrt(curves)).toFixed(3)} is not chance (Kolmogorov–Smirnov, 5 %)\n`);
row(['', '', 'observed', '', '', 'null', '', '']);
row(['noise', 'days', 'distance', '≥ 0.95', '≥ 0.99', 'distance', '≥ 0.95', '≥ 0.99']);
for (const [name, noise] of Object.entries(MARKETS)) for (const days of DAYS) simulate(name, noise, days);
