import { DAY_MS } from '../core/index.ts';
import { rollingSum } from './rolling-sum.ts';
import { requireSameLength } from './window.ts';

/**
 * Mean price since the first bar, weighed by volume; give it the typical price unless you have trades.
 *
 * shape   price[n], volume[n] → out[n]; defined from the first bar with volume
 * causal  out[t] reads bars 0..t
 * memory  all bars
 * NaN     leading NaN is skipped; one inside stays for good
 * throws  InputError `length-mismatch`
 */
export function vwap(price: Float64Array, volume: Float64Array, out = new Float64Array(price.length)): Float64Array {
  return accumulate(price, volume, () => false, out);
}

/**
 * Mean price since 00:00 UTC, weighed by volume.
 *
 * shape   openTimeMs[n], price[n], volume[n] → out[n]; defined from each day's first bar with volume
 * causal  out[t] reads the bars of t's day up to t
 * memory  one day
 * NaN     until the day ends
 * throws  InputError `length-mismatch`
 */
export function dailyVwap(openTimeMs: Float64Array, price: Float64Array, volume: Float64Array, out = new Float64Array(price.length)): Float64Array {
  requireSameLength(price, openTimeMs);
  return accumulate(price, volume, (t) => Math.floor(openTimeMs[t] / DAY_MS) !== Math.floor(openTimeMs[t - 1] / DAY_MS), out);
}

/**
 * Mean price of the last windowBars bars, weighed by volume (also: volume-weighted moving average).
 *
 * shape   price[n], volume[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads bars t-windowBars+1 .. t
 * memory  windowBars
 * NaN     while one is in the window, or where the window has no volume
 * throws  InputError `window-out-of-range`, `length-mismatch`
 */
export function rollingVwap(price: Float64Array, volume: Float64Array, windowBars: number, out = new Float64Array(price.length)): Float64Array {
  requireSameLength(price, volume);
  const money = rollingSum(price.map((value, t) => value * volume[t]), windowBars);
  const amount = rollingSum(volume, windowBars);
  for (let t = 0; t < out.length; t++) out[t] = amount[t] === 0 ? Number.NaN : money[t] / amount[t];
  return out;
}

/** Weighed running mean, corrected by each bar's share: it needs no large sums. */
function accumulate(price: Float64Array, volume: Float64Array, startsAt: (t: number) => boolean, out: Float64Array): Float64Array {
  requireSameLength(price, volume);
  let amount = 0;
  let mean = Number.NaN;
  let begun = false;
  for (let t = 0; t < price.length; t++) {
    if (t > 0 && startsAt(t)) begun = false;
    if (!begun) {
      amount = 0;
      mean = Number.NaN;
      begun = !(Number.isNaN(price[t]) || Number.isNaN(volume[t]));
    }
    if (begun) {
      amount += volume[t];
      if (amount === volume[t]) mean = amount === 0 ? Number.NaN : price[t];
      else mean += (price[t] - mean) * (volume[t] / amount);
    }
    out[t] = mean;
  }
  return out;
}
