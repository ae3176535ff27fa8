import { requireWindow } from './window.ts';

/**
 * Share of the other values of the window that lie below the latest, equals counting half: 0 lowest, 1 highest.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * units   fraction; a window of one bar ranks 0.5
 * causal  out[t] reads values[t-windowBars+1 .. t]
 * memory  windowBars
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`
 */
export function rollingRank(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  requireWindow(windowBars);
  for (let t = 0; t < values.length; t++) out[t] = t < windowBars - 1 ? Number.NaN : rankAt(values, windowBars, t);
  return out;
}

function rankAt(values: Float64Array, windowBars: number, t: number): number {
  if (windowBars === 1) return Number.isNaN(values[t]) ? Number.NaN : 0.5;
  let halves = 0;
  for (let i = t - windowBars + 1; i < t; i++) {
    const difference = values[t] - values[i];
    if (Number.isNaN(difference)) return Number.NaN;
    halves += difference > 0 ? 2 : difference < 0 ? 0 : 1;
  }
  return halves / (2 * (windowBars - 1));
}
