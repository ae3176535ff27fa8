import { type Random, seededNormal, seededRandom } from '../../engine/core/index.ts';

/** Steps of a bar: one from the previous close to the open, then the path inside. */
export const STEPS_INSIDE = 8;
export const STEPS_PER_BAR = STEPS_INSIDE + 1;

// Shares of a bar's diffusion that fall between close and open: hardly any, but now and then a gap.
const USUAL_OPENING = 0.001;
const GAP_OPENING = 0.1;
const GAP_CHANCE = 0.01;
const MEAN_OPENING = (1 - GAP_CHANCE) * USUAL_OPENING + GAP_CHANCE * GAP_OPENING;
const INSIDE_WEIGHT = (1 - MEAN_OPENING) / STEPS_INSIDE;

/** Jumps carry this share of the variance, in one bar of a hundred: the fat tails. */
const JUMP_SHARE = 0.15;
const JUMPS_PER_BAR = 0.01;
const JUMP_CHANCE = JUMPS_PER_BAR / STEPS_INSIDE;

/** Calm for 200 bars and stormy for 50 on average; squared factors average to 1 with the weights 0.8 and 0.2. */
const MEAN_SQUARE = 0.8 * 0.6 ** 2 + 0.2 * 1.8 ** 2;
const REGIMES = [
  { weight: 0.8, variance: 0.6 ** 2 / MEAN_SQUARE, leaveChance: 1 / 200 },
  { weight: 0.2, variance: 1.8 ** 2 / MEAN_SQUARE, leaveChance: 1 / 50 },
];

/**
 * Zero-mean shocks of several series: a volatility regime, jumps, and one common factor.
 * Regime, gaps and jump times are independent of every sign, and are shared by the series.
 *
 * shape   scales[n] (standard deviation of a bar) → value[n], variance[n] of each step
 * units   log price
 */
export class Shocks {
  readonly value: Float64Array;
  /** Of the value, given all that was known before the step: exp(value − variance/2) has the mean 1. */
  readonly variance: Float64Array;
  private readonly scales: readonly number[];
  private readonly common: number;
  private readonly own: number;
  private readonly normal: Random;
  private readonly weather: Random;
  private regime = 0;

  constructor(seed: number, scales: readonly number[], correlation = 0) {
    this.scales = scales;
    this.value = new Float64Array(scales.length);
    this.variance = new Float64Array(scales.length);
    this.common = Math.sqrt(correlation);
    this.own = Math.sqrt(1 - correlation);
    this.normal = seededNormal(seededRandom(seed, 'synthetic:shock'));
    this.weather = seededRandom(seed, 'synthetic:weather');
  }

  /** Draws the shocks of one step; step 0 opens a bar. */
  advance(step: number): void {
    if (step === 0 && this.weather() < REGIMES[this.regime].leaveChance) this.regime = 1 - this.regime;
    const weight = step > 0 ? INSIDE_WEIGHT : this.weather() < GAP_CHANCE ? GAP_OPENING : USUAL_OPENING;
    this.value.fill(0);
    this.variance.fill(0);
    this.add(REGIMES[this.regime].variance * (1 - JUMP_SHARE) * weight);
    if (step > 0 && this.weather() < JUMP_CHANCE) this.add(JUMP_SHARE / JUMPS_PER_BAR);
  }

  private add(relativeVariance: number): void {
    const factor = this.common > 0 ? this.common * this.normal() : 0;
    for (let i = 0; i < this.scales.length; i++) {
      const variance = relativeVariance * this.scales[i] ** 2;
      this.value[i] += Math.sqrt(variance) * (factor + this.own * this.normal());
      this.variance[i] += variance;
    }
  }
}

/** Variance of a bar's simple return when its log price moves by value − variance/2. */
export function returnVariance(scale: number): number {
  const v = scale ** 2;
  const jumps = (1 - JUMP_CHANCE + JUMP_CHANCE * Math.exp((JUMP_SHARE / JUMPS_PER_BAR) * v)) ** STEPS_INSIDE;
  const secondMoment = REGIMES.reduce((sum, { weight, variance }) => {
    const diffusion = variance * (1 - JUMP_SHARE) * v;
    const opening = (1 - GAP_CHANCE) * Math.exp(diffusion * USUAL_OPENING) + GAP_CHANCE * Math.exp(diffusion * GAP_OPENING);
    return sum + weight * opening * Math.exp(diffusion * INSIDE_WEIGHT * STEPS_INSIDE) * jumps;
  }, 0);
  return secondMoment - 1;
}

/** Variance that a bar's shocks leave at its close when each step keeps `decay^(1/steps)` of what it finds. */
export function decayedVariance(scale: number, decay: number): number {
  const keep = decay ** (2 / STEPS_PER_BAR);
  let sum = (1 - JUMP_SHARE) * MEAN_OPENING * keep ** STEPS_INSIDE;
  const inside = (1 - JUMP_SHARE) * INSIDE_WEIGHT + JUMP_SHARE / STEPS_INSIDE;
  for (let left = 0; left < STEPS_INSIDE; left++) sum += inside * keep ** left;
  return scale ** 2 * sum;
}
