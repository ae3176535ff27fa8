import { WindowSum } from './rolling-mean.ts';
import { firstDefined, requireWindow } from './window.ts';

export interface KamaOptions {
  /** Bars of the exponential average in a straight run. */
  readonly fastBars?: number;
  /** Bars of the exponential average in pure noise. */
  readonly slowBars?: number;
  /** `keep` shows the value the recursion starts from, one bar before the first average. */
  readonly warmup?: 'drop' | 'keep';
}

/**
 * Kaufman's adaptive moving average: the straighter the last windowBars bars, the faster.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-1] is NaN
 * causal  out[t] reads values[0..t]
 * memory  windowBars + 5 · slowBars²/4: in pure noise the weight is (2 / (slowBars + 1))²
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `window-out-of-range`
 * source  TA-Lib TA_KAMA: starts from the value at windowBars-1; a flat window counts as straight
 */
export function kama(
  values: Float64Array, windowBars: number, { fastBars = 2, slowBars = 30, warmup = 'drop' }: KamaOptions = {}, out = new Float64Array(values.length),
): Float64Array {
  requireWindow(windowBars);
  requireWindow(fastBars, 'fastBars');
  requireWindow(slowBars, 'slowBars');
  const slow = 2 / (slowBars + 1);
  const fast = 2 / (fastBars + 1);
  const seedAt = firstDefined(values) + windowBars - 1;
  out.fill(Number.NaN);
  if (seedAt >= values.length) return out;
  if (warmup === 'keep') out[seedAt] = values[seedAt];
  const path = new WindowSum(absoluteChanges(values), windowBars);
  let y = values[seedAt];
  for (let t = 0; t < values.length; t++) {
    const walked = path.next(t);
    if (t <= seedAt) continue;
    const gone = Math.abs(values[t] - values[t - windowBars]);
    const straightness = walked <= gone ? 1 : gone / walked;
    const weight = (straightness * (fast - slow) + slow) ** 2;
    y += weight * (values[t] - y);
    out[t] = y;
  }
  return out;
}

function absoluteChanges(values: Float64Array): Float64Array {
  return values.map((value, t) => (t === 0 ? Number.NaN : Math.abs(value - values[t - 1])));
}
