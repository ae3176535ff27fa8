import { firstDefinedOfAll, requireSameLength, requireWindow, zeroWhereDefined } from './window.ts';

export interface DirectionalOptions {
  /**
   * How many terms Wilder's running sums begin with.
   * `ta-lib`: windowBars-1, and indices start a bar after the sums. `wilder`: windowBars (Wilder, StockCharts, Skender).
   * `early`: windowBars-1, and indices start with the sums (Tulip).
   */
  readonly seed?: 'ta-lib' | 'wilder' | 'early';
}

/** Wilder's running sums of upward and downward movement and of the true range, NaN before they begin. */
export interface DirectionalSums {
  readonly plus: Float64Array;
  readonly minus: Float64Array;
  readonly range: Float64Array;
  /** First bar whose indices are shown. */
  readonly start: number;
}

/** One pass for the whole family; the sums lose a windowBars-th of themselves a bar. */
export function directionalSums(
  high: Float64Array, low: Float64Array, close: Float64Array, windowBars: number, { seed = 'ta-lib' }: DirectionalOptions,
): DirectionalSums {
  requireWindow(windowBars);
  requireSameLength(high, low, close);
  const [plus, minus, range] = [0, 1, 2].map(() => new Float64Array(high.length).fill(Number.NaN));
  const first = firstDefinedOfAll(high, low, close);
  const seedAt = first + Math.max(1, seed === 'wilder' ? windowBars : windowBars - 1);
  let sumPlus = 0;
  let sumMinus = 0;
  let sumRange = 0;
  for (let t = first + 1; t < high.length; t++) {
    const keep = t <= seedAt ? 1 : 1 - 1 / windowBars;
    const up = high[t] - high[t - 1];
    const down = low[t - 1] - low[t];
    sumPlus = sumPlus * keep + (up > 0 && up > down ? up : zeroWhereDefined(up - down));
    sumMinus = sumMinus * keep + (down > 0 && down > up ? down : zeroWhereDefined(up - down));
    sumRange = sumRange * keep + Math.max(high[t], close[t - 1]) - Math.min(low[t], close[t - 1]);
    if (t >= seedAt) {
      plus[t] = sumPlus;
      minus[t] = sumMinus;
      range[t] = sumRange;
    }
  }
  return { plus, minus, range, start: seed === 'ta-lib' ? first + windowBars : seedAt };
}
