import { requireInput } from '../core/index.ts';
import { firstDefinedOfAll, requireSameLength } from './window.ts';

export interface PsarOptions {
  /** What the acceleration begins with and gains at each new extreme; default 0.02. */
  readonly step?: number;
  /** Ceiling of the acceleration; default 0.2. */
  readonly max?: number;
  /** First direction: `movement` is down where the low fell more than the high rose (TA-Lib), `middle` where the middle of the bar fell (Tulip, which also turns only when the stop is passed). */
  readonly start?: 'movement' | 'middle';
}

/**
 * Wilder's parabolic stop and reverse.
 *
 * shape   high[n], low[n] → out[n]; out[0] is NaN
 * causal  out[t] reads bars 0..t
 * memory  until two reversals have passed; there is no fixed bound
 * NaN     leading NaN is skipped; a bar with one inside is passed over
 * throws  InputError `psar-acceleration`, `length-mismatch`
 * source  TA-Lib TA_SAR; Wilder (1978)
 */
export function psar(
  high: Float64Array, low: Float64Array, { step = 0.02, max = 0.2, start = 'movement' }: PsarOptions = {}, out = new Float64Array(high.length),
): Float64Array {
  requireInput(step >= 0 && max >= 0, 'psar-acceleration', 'step and max', 'at least 0', Math.min(step, max));
  requireSameLength(high, low);
  const first = firstDefinedOfAll(high, low);
  out.fill(Number.NaN);
  let second = first + 1;
  while (second < high.length && Number.isNaN(high[second] + low[second])) second++;
  if (second >= high.length) return out;
  const initial = Math.min(step, max);
  let side: number = firstSide(high, low, first, second, start);
  // Mirrored on a fall: `far` is the extreme the trend runs to, `near` the side of the stop.
  const far = (t: number): number => (side > 0 ? high[t] : -low[t]);
  const near = (t: number): number => (side > 0 ? low[t] : -high[t]);
  let before = start === 'middle' ? first : second;
  let stop = near(first);
  let extreme = far(before);
  let acceleration = initial;
  for (let t = second; t < high.length; t++) {
    if (Number.isNaN(high[t] + low[t])) continue;
    // Tulip turns when the stop is passed, TA-Lib when it is touched
    if (start === 'middle' ? near(t) < stop : near(t) <= stop) {
      side = -side;
      stop = Math.min(-extreme, near(before), near(t));
      out[t] = side * stop;
      acceleration = initial;
      extreme = far(t);
    } else {
      out[t] = side * stop;
      if (far(t) > extreme) {
        extreme = far(t);
        acceleration = Math.min(acceleration + step, max);
      }
    }
    stop = Math.min(stop + acceleration * (extreme - stop), near(before), near(t));
    before = t;
  }
  return out;
}

function firstSide(high: Float64Array, low: Float64Array, first: number, second: number, start: 'movement' | 'middle'): 1 | -1 {
  const rise = high[second] - high[first];
  const fall = low[first] - low[second];
  return fall > rise && (start === 'middle' || fall > 0) ? -1 : 1;
}
