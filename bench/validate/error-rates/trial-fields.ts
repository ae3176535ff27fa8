import { type Random, seededNormal, seededRandom } from '../../../engine/index.ts';

/** How the returns of the trials of one search hang together; `smooth` as neighbours on a grid do, by a Gaussian of their distance. */
export type Dependence = { readonly kind: 'equal'; readonly rho: number } | { readonly kind: 'smooth'; readonly neighbourRho: number };

export interface Grid {
  readonly columns: number;
  readonly rows: number;
}

export const GRID: Grid = { columns: 20, rows: 10 };
export const DAYS_PER_YEAR = 365;
/** Daily volatility of a trial: 38 % a year. */
const DAILY_VOLATILITY = 0.02;
/** A t with five degrees of freedom has variance 5/3. */
const UNIT_T5 = Math.sqrt(3 / 5);

/**
 * Daily returns of every trial with Student t5 noise and a true annual Sharpe ratio each.
 *
 * shape   out[trial * days + day]; trial = row + rows * column of the grid
 */
export function trialReturns(days: number, sharpesAnn: Float64Array, dependence: Dependence, seed: number): Float64Array {
  const random = seededRandom(seed, 'trial-returns');
  const out = new Float64Array(sharpesAnn.length * days);
  const today = new Float64Array(sharpesAnn.length);
  const draw = dayOf(dependence, random);
  for (let day = 0; day < days; day++) {
    draw(today);
    for (let k = 0; k < today.length; k++) out[k * days + day] = DAILY_VOLATILITY * (sharpesAnn[k] / Math.sqrt(DAYS_PER_YEAR) + today[k]);
  }
  return out;
}

/** Daily returns of one market of a true annual Sharpe ratio. */
export function marketReturns(days: number, sharpeAnn: number, seed: number): Float64Array {
  const [random, out] = [seededRandom(seed, 'market-returns'), new Float64Array(days)];
  const normal = seededNormal(random);
  for (let day = 0; day < days; day++) out[day] = 0.03 * (sharpeAnn / Math.sqrt(DAYS_PER_YEAR) + normal() * tailOf(normal, random));
  return out;
}

/** One day's noise of unit variance for all trials; trials that depend on each other share the day's fat tail. */
function dayOf(dependence: Dependence, random: Random): (into: Float64Array) => void {
  const normal = seededNormal(random);
  if (dependence.kind === 'smooth') return smoothDay(dependence.neighbourRho, normal, random);
  const { rho } = dependence;
  if (rho === 0) {
    return (into) => {
      for (let k = 0; k < into.length; k++) into[k] = normal() * tailOf(normal, random);
    };
  }
  const [shared, own] = [Math.sqrt(rho), Math.sqrt(1 - rho)];
  return (into) => {
    const tail = tailOf(normal, random);
    const common = shared * normal();
    for (let k = 0; k < into.length; k++) into[k] = (common + own * normal()) * tail;
  };
}

/** Correlated along both axes of the grid: noise times the Cholesky factors of the two axes. */
function smoothDay(neighbourRho: number, normal: Random, random: Random): (into: Float64Array) => void {
  const { columns, rows } = GRID;
  const [left, right] = [choleskyOfAxis(columns, neighbourRho), choleskyOfAxis(rows, neighbourRho)];
  const [noise, half] = [new Float64Array(columns * rows), new Float64Array(columns * rows)];
  return (into) => {
    const tail = tailOf(normal, random);
    for (let i = 0; i < noise.length; i++) noise[i] = normal();
    for (let c = 0; c < columns; c++) {
      for (let r = 0; r < rows; r++) {
        let sum = 0;
        for (let j = 0; j <= c; j++) sum += left[c * columns + j] * noise[j * rows + r];
        half[c * rows + r] = sum;
      }
    }
    for (let c = 0; c < columns; c++) {
      for (let r = 0; r < rows; r++) {
        let sum = 0;
        for (let j = 0; j <= r; j++) sum += right[r * rows + j] * half[c * rows + j];
        into[c * rows + r] = sum * tail;
      }
    }
  };
}

/** Lower factor L of the correlation rho^(d²) of points at distance d, L·Lᵀ; a ridge of 1e-9 keeps it positive. */
function choleskyOfAxis(size: number, rho: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = rho ** ((i - j) ** 2) + (i === j ? 1e-9 : 0);
      for (let k = 0; k < j; k++) sum -= factor[i * size + k] * factor[j * size + k];
      factor[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / factor[j * size + j];
    }
  }
  return factor;
}

/** √(5 ÷ χ²₅) of unit-variance t5: a normal times it. */
function tailOf(normal: Random, random: Random): number {
  const chiSquare = -2 * Math.log((1 - random()) * (1 - random())) + normal() ** 2;
  return UNIT_T5 * Math.sqrt(5 / chiSquare);
}
