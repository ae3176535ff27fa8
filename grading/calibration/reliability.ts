import { blockFor, brierScore, calibrationError, calibrationErrorLimit, calibrationLine, meanOf, reliabilityBins, wilson } from '../statistics/index.ts';
import type { Arranged } from './arrange.ts';
import type { Bootstrap } from './monotonicity.ts';
import type { Reliability } from './types.ts';

const BINS = 10;

/**
 * Whether P(up) came true as often as it said, and the 80 % interval held four of five outcomes; `perIndependent` outcomes count as one.
 *
 * source  Murphy (1973), J. Appl. Meteorol. 12
 */
export function reliability({ outcomes, gross, horizonBars, rowsAt }: Arranged, perIndependent: number, { seed, draws }: Bootstrap): Reliability {
  const n = outcomes.length;
  const forecasts = outcomes.map(({ pUp }) => pUp);
  const ups = outcomes.map(({ grossReturn }) => (grossReturn > 0 ? 1 : 0));
  const rate = meanOf(ups);
  const bins = reliabilityBins(forecasts, ups, BINS);
  const ofBins = (square: (bin: (typeof bins)[number]) => number): number => bins.reduce((sum, bin) => sum + (bin.n / n) * square(bin), 0);
  const brier = brierScore(forecasts, ups);
  const uncertainty = rate * (1 - rate);
  const line = calibrationLine(forecasts, ups);
  const share = (holds: (i: number) => boolean): number => outcomes.filter((_, i) => holds(i)).length / n;
  const below = share((i) => gross[i] < outcomes[i].outcomeLow);
  const above = share((i) => gross[i] > outcomes[i].outcomeHigh);
  const within = 1 - below - above;
  const interval = wilson(within, n / perIndependent);
  return {
    brier, brierBase: uncertainty, brierSkill: uncertainty === 0 ? null : 1 - brier / uncertainty,
    reliability: ofBins(({ forecast, outcome }) => (forecast - outcome) ** 2),
    resolution: ofBins(({ outcome }) => (outcome - rate) ** 2),
    uncertainty,
    ece: calibrationError(bins),
    // Rows of one close lie together, so that a block of rows is one of time.
    eceLimit95: calibrationErrorLimit(forecasts, ups, BINS, { seed, draws, meanBlock: rowsFor(n, rowsAt.length, horizonBars), stream: 'reliability' }),
    slope: line?.slope ?? null, intercept: line?.intercept ?? null,
    bins, below, within, above, withinLow: interval?.low ?? null, withinHigh: interval?.high ?? null,
  };
}

/** Mean block in rows: that of closes, times the tokens of a close. */
function rowsFor(rows: number, closes: number, horizonBars: number): number {
  return (blockFor(horizonBars, closes) * rows) / closes;
}
