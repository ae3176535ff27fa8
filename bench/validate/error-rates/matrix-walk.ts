import { DAY_MS, growthEfficiency, sharpe } from '../../../engine/index.ts';
import { DAYS_PER_YEAR } from './trial-fields.ts';

export const TRAIN_DAYS = 365;
export const TEST_DAYS = 90;
/** First day of every matrix study. */
export const FIRST_MS = Date.UTC(2017, 0, 1);

/** A walk-forward over daily returns of trials: the best Sharpe ratio of each train window is held in the test window after it. */
export interface MatrixWalk {
  /** Trial held in each test window. */
  readonly held: readonly number[];
  /** Day before the first test window, then each test day. */
  readonly openTimeMs: Float64Array;
  readonly equity: Float64Array;
  readonly firstTestDay: number;
  readonly efficiency: number | null;
  readonly efficiencyReason: string | null;
  readonly windows: number;
  readonly positiveWindows: number;
}

export function walkMatrix(values: Float64Array, trials: number, days: number): MatrixWalk {
  const windows = Math.floor((days - TRAIN_DAYS) / TEST_DAYS);
  const equity = new Float64Array(1 + windows * TEST_DAYS).fill(1);
  const held: number[] = [];
  const [inside, outside]: [number[], number[]] = [[], []];
  for (let w = 0; w < windows; w++) {
    const from = w * TEST_DAYS;
    const trial = bestTrial(values, trials, days, from, from + TRAIN_DAYS);
    held.push(trial);
    const test = values.subarray(trial * days + from + TRAIN_DAYS, trial * days + from + TRAIN_DAYS + TEST_DAYS);
    for (let d = 0; d < TEST_DAYS; d++) equity[from + d + 1] = equity[from + d] * (1 + test[d]);
    inside.push(growthOf(values.subarray(trial * days + from, trial * days + from + TRAIN_DAYS)));
    outside.push(growthOf(test));
  }
  const at = (day: number): number => FIRST_MS + day * DAY_MS;
  const { value, reason } = growthEfficiency(inside.map((totalReturn, w) => {
    const [trainFrom, testFrom] = [w * TEST_DAYS, w * TEST_DAYS + TRAIN_DAYS];
    return {
      trainFromMs: at(trainFrom), trainToMs: at(testFrom), testFromMs: at(testFrom), testToMs: at(testFrom + TEST_DAYS),
      inSample: { totalReturn }, outOfSample: { totalReturn: outside[w] },
    };
  }));
  return {
    held, equity, windows,
    openTimeMs: Float64Array.from(equity, (_, i) => FIRST_MS + (TRAIN_DAYS - 1 + i) * DAY_MS),
    firstTestDay: TRAIN_DAYS,
    efficiency: value, efficiencyReason: reason ?? null,
    positiveWindows: outside.filter((growth) => growth > 0).length,
  };
}

/** Trial of the greatest mean ÷ deviation over a stretch of days, the first on ties. */
export function bestTrial(values: Float64Array, trials: number, days: number, from: number, to: number): number {
  let [best, bestRatio] = [0, -Infinity];
  for (let k = 0; k < trials; k++) {
    let [sum, squares] = [0, 0];
    for (let i = k * days + from; i < k * days + to; i++) {
      sum += values[i];
      squares += values[i] * values[i];
    }
    const mean = sum / (to - from);
    const ratio = mean / Math.sqrt(squares / (to - from) - mean * mean);
    if (ratio > bestRatio) [best, bestRatio] = [k, ratio];
  }
  return best;
}

/** Annual Sharpe ratio of one trial over all days; null without spread. */
export function sharpeOfRow(values: Float64Array, trial: number, days: number): number | null {
  return sharpe(values.subarray(trial * days, (trial + 1) * days), DAYS_PER_YEAR);
}

function growthOf(returns: Float64Array): number {
  return returns.reduce((growth, r) => growth * (1 + r), 1) - 1;
}
