import { seededRandom } from '../../core/index.ts';
import { barAtOrAfter, type Bars, sliceBars } from '../../market/index.ts';
import { SimulationBuffers, type SimulationConfig } from '../../simulate/index.ts';
import type { WalkForward } from '../../walkforward/index.ts';
import type { Baselines } from '../evidence.ts';
import { curveOf, sharpeOfCurve } from './curve.ts';
import { randomExposure, shapesOf } from './random-entries.ts';
import { isFast, plainConfig, tradeExposure } from './trade-exposure.ts';

export interface RandomOptions {
  readonly seed: number;
  readonly draws?: number;
}

const DRAWS = 1_000;
/** Bars walked in all: a few seconds of the vector kernel, or of the event engine. */
const BUDGET_BARS = { fast: 50_000_000, slow: 15_000_000 };
const LEAST_DRAWS = 100;

/**
 * Share of random strategies of the same turnover, holding times, sides and costs that the account's Sharpe ratio beats; ties count half.
 *
 * Each is traded by the same engine over the stitched bars, flat only where it chooses. On very many bars fewer are drawn, as stated.
 *
 * missing without a trade, or without a Sharpe ratio
 */
export function randomBaseline(walk: Pick<WalkForward, 'openTimeMs' | 'equity' | 'exposure' | 'trades' | 'spec'>, bars: Bars, options: RandomOptions): Baselines['random'] {
  const { openTimeMs, trades, exposure } = walk;
  const own = sharpeOfCurve(curveOf(walk));
  if (trades.length === 0) return { missing: 'no trade out of sample' };
  if (own === null) return { missing: 'the out-of-sample curve has no Sharpe ratio' };
  const span = sliceBars(bars, barAtOrAfter(bars, openTimeMs[0]), barAtOrAfter(bars, openTimeMs[openTimeMs.length - 1]) + 1);
  const config = plainConfig(walk.spec.config);
  const draws = affordable(options.draws ?? DRAWS, span, config);
  const out = new SimulationBuffers();
  const targets = new Float64Array(span.length);
  const shapes = shapesOf(trades, exposure);
  const sharpes: number[] = [];
  for (let b = 0; b < draws; b++) {
    randomExposure(shapes, seededRandom(options.seed, `random-entries:${b}`), targets);
    tradeExposure(span, targets, config, out);
    const sharpe = sharpeOfCurve({ openTimeMs: span.openTimeMs, equity: out.equity, timeframeMs: span.timeframeMs, calendar: span.instrument.calendar });
    sharpes.push(sharpe ?? Number.NEGATIVE_INFINITY);
  }
  const below = sharpes.reduce((sum, sharpe) => sum + (sharpe < own ? 1 : sharpe === own ? 0.5 : 0), 0);
  return { draws, seed: options.seed, percentile: below / draws, sharpesAnn: sharpes.filter(Number.isFinite).sort((a, b) => a - b) };
}

function affordable(draws: number, bars: Bars, config: SimulationConfig): number {
  const budget = isFast(bars, config) ? BUDGET_BARS.fast : BUDGET_BARS.slow;
  return Math.min(draws, Math.max(LEAST_DRAWS, Math.floor(budget / bars.length)));
}
