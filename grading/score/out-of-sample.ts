import { type Bars, requireInput, type Strategy, type WalkForward } from '../../engine/index.ts';
import { memoryBarsOf } from './memory.ts';
import { type ModelInputs, modelInputs } from './model-inputs.ts';
import { roundTripCostOf } from './round-trip-cost.ts';
import { createScorer } from './scorer.ts';

/** Scores that no choice had seen, and what followed; one row a stitched test bar. */
export interface OutOfSampleScores {
  readonly horizonBars: number;
  readonly timeframeMs: number;
  /** Log return. */
  readonly roundTripCost: number;
  /** Row in the whole series, and its open time. */
  readonly bar: Int32Array;
  readonly openTimeMs: Float64Array;
  /** NaN where the window had no choice, or the score is not known: the first bars of the data have no whole memory before them. */
  readonly score: Float64Array;
  /** Log return from the open after the bar to the open `horizonBars` later; NaN where that is beyond the data. */
  readonly forward: Float64Array;
  /** The same one bar later: entry and exit. */
  readonly lagged: Float64Array;
  /** Of holding the score's side over the horizon, less a round trip; 0 at a score of 0. */
  readonly net: Float64Array;
  readonly inputs: ModelInputs;
}

/**
 * Scores of every stitched test bar, by the parameters that its window chose, with the returns that followed.
 *
 * causal  score t reads the `memoryBarsOf` bars up to t; the choice reads bars before the test window
 * throws  InputError `bars-differ` unless the bars are those of the walk-forward, `horizon-invalid`, `score-unsupported`
 */
export function outOfSampleScores(walk: WalkForward, strategy: Strategy, bars: Bars, { horizonBars }: { readonly horizonBars: number }): OutOfSampleScores {
  const { spec, windows } = walk;
  requireInput(Number.isInteger(horizonBars) && horizonBars >= 1, 'horizon-invalid', 'horizonBars', 'a whole number of at least 1', horizonBars);
  requireInput(bars.dataHash === spec.markets[0].dataHash && bars.length === spec.markets[0].bars, 'bars-differ', 'bars', `those of the walk-forward (${spec.markets[0].dataHash.slice(0, 12)})`, bars.dataHash.slice(0, 12));
  const roundTripCost = roundTripCostOf(spec.config);
  const bar = Int32Array.from(windows.flatMap(({ bars: { testFrom, testTo } }) => Array.from({ length: testTo - testFrom }, (_, i) => testFrom + i)));
  const score = joined(windows.map(({ chosen, bars: { testFrom, testTo } }) => {
    if (chosen === null) return new Float64Array(testTo - testFrom).fill(Number.NaN);
    return createScorer(strategy, chosen, spec.config, memoryBarsOf(strategy, chosen)).series(bars, testFrom, testTo);
  }));
  const forward = forwardReturns(bars, bar, horizonBars, 0);
  const inputs = modelInputs(bars, 0, bars.length);
  return {
    horizonBars, timeframeMs: bars.timeframeMs, roundTripCost, bar, score, forward,
    openTimeMs: Float64Array.from(bar, (t) => bars.openTimeMs[t]),
    lagged: forwardReturns(bars, bar, horizonBars, 1),
    net: forward.map((r, i) => (score[i] === 0 ? 0 : Math.sign(score[i]) * r - roundTripCost)),
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, column]) => [name, Float64Array.from(bar, (t) => column[t])])) as unknown as ModelInputs,
  };
}

/** Log returns from the open after each bar and a lag to the open a horizon later. */
export function forwardReturns({ open, length }: Pick<Bars, 'open' | 'length'>, bar: Int32Array, horizonBars: number, lagBars: number): Float64Array {
  return Float64Array.from(bar, (t) => {
    const entry = t + 1 + lagBars;
    return entry + horizonBars < length ? Math.log(open[entry + horizonBars] / open[entry]) : Number.NaN;
  });
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
