import { requireWindow } from './window.ts';

/**
 * Greatest of the last windowBars values.
 *
 * shape   values[n] → out[n]; out[0 .. windowBars-2] is NaN
 * causal  out[t] reads values[t-windowBars+1 .. t]
 * memory  windowBars
 * NaN     while one is in the window
 * throws  InputError `window-out-of-range`
 */
export function rollingMax(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  return extremes(values, windowBars, 1, 'value', out);
}

/** Least of the last windowBars values; see rollingMax. */
export function rollingMin(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  return extremes(values, windowBars, -1, 'value', out);
}

/** Bars since the greatest of the last windowBars values; the latest of equals. See rollingMax. */
export function barsSinceMax(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  return extremes(values, windowBars, 1, 'age', out);
}

/** Bars since the least of the last windowBars values; the latest of equals. See rollingMax. */
export function barsSinceMin(values: Float64Array, windowBars: number, out = new Float64Array(values.length)): Float64Array {
  return extremes(values, windowBars, -1, 'age', out);
}

/** A queue of indices whose values fall from head to tail: the head is the extreme. Each index enters and leaves once. */
function extremes(values: Float64Array, windowBars: number, side: 1 | -1, pick: 'value' | 'age', out: Float64Array): Float64Array {
  requireWindow(windowBars);
  const queue = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  let lastNaN = -1;
  for (let t = 0; t < values.length; t++) {
    if (Number.isNaN(values[t])) lastNaN = t;
    while (tail > head && !(side * (values[queue[tail - 1]] - values[t]) > 0)) tail--;
    queue[tail++] = t;
    if (queue[head] <= t - windowBars) head++;
    const full = t >= windowBars - 1 && lastNaN <= t - windowBars;
    out[t] = !full ? Number.NaN : pick === 'value' ? values[queue[head]] : t - queue[head];
  }
  return out;
}
