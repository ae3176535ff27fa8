import { annualVolatility, sharpe } from '../../metrics/index.ts';
import { blockLengthOf } from '../bootstrap/index.ts';
import { eachRow, type Panel, rowOf, type Rows } from '../return-matrix.ts';
import { type BootstrapPlan, seededDraws } from './draw-blocks.ts';
import { stationaryVariance } from './kernel-variance.ts';
import { bootstrapMaxima, type MaxStatistic } from './maxima.ts';
import { bootstrapPValue } from './p-value.ts';

/** The Sharpe ratio of every trial over its standard error, and what the bootstrap compares it with. */
export interface SharpeScores {
  /** √n·SR ÷ s of each trial; −Infinity where it has no Sharpe ratio. */
  readonly z: Float64Array;
  readonly statistic: MaxStatistic;
}

/**
 * Studentised Sharpe ratios √n·SR ÷ s, where s² is the stationary-bootstrap variance of √n times the mean of r ÷ σ: the variance of a Sharpe
 * ratio of 0, which no skewness or kurtosis enters, for autocorrelated returns.
 *
 * On best-of-200 noise (t5, 4 years) the p-values are as uniform as with the variance at the observed ratio, or nearer.
 *
 * source  Lo (2002), The Statistics of Sharpe Ratios; Hansen (2005) for the kernel
 */
export function sharpeScores(panel: Rows, meanBlock: number): SharpeScores {
  const { trials, days } = panel;
  const z = new Float64Array(trials).fill(-Infinity);
  const scale = new Float64Array(trials);
  eachRow(panel, (row, k) => {
    const deviation = annualVolatility(row, 1) ?? 0;
    const variance = stationaryVariance(row, meanBlock);
    if (!(deviation > 0 && variance > 0)) return;
    scale[k] = deviation * Math.sqrt(days / variance);
    z[k] = scale[k] * (sharpe(row, 1) as number);
  });
  return { z, statistic: { kind: 'sharpe', scale, shift: new Float64Array(trials) } };
}

export interface RealityCheck {
  /** (1 + count) ÷ (1 + draws). */
  readonly p: number;
  readonly observed: number;
  /** Maximum of each draw. */
  readonly maxima: Float64Array;
}

/**
 * Reality Check of a whole search: how often the best of its trials, all without skill, has a studentised Sharpe ratio as high.
 *
 * source  White (2000), A Reality Check for Data Snooping, of the Sharpe ratio; Hansen (2005) for studentising
 */
export function realityCheckOfSharpe(panel: Panel, plan: BootstrapPlan): RealityCheck {
  const { z, statistic } = sharpeScores(panel, plan.meanBlock);
  const [maxima] = bootstrapMaxima(panel, [statistic], seededDraws(panel.days, plan));
  const observed = z.reduce((most, one) => Math.max(most, one), -Infinity);
  return { p: bootstrapPValue(maxima, observed), observed, maxima };
}

/** Trials whose block length is looked at. */
const BLOCK_TRIALS = 64;

/** Mean block of the bootstraps of a search: the median of those of its trials, of evenly spaced ones where there are many. */
export function blockLengthOfPanel(panel: Rows): number {
  const count = Math.min(panel.trials, BLOCK_TRIALS);
  const lengths = Array.from({ length: count }, (_, i) => blockLengthOf(rowOf(panel, Math.floor((i * panel.trials) / count)))).sort((a, b) => a - b);
  return count === 0 ? 1 : (lengths[Math.floor((count - 1) / 2)] + lengths[Math.ceil((count - 1) / 2)]) / 2;
}
