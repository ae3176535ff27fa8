import type { Channel } from './donchian.ts';

/** A channel `multiplier` widths above and below its middle. */
export function band(middle: Float64Array, width: Float64Array, multiplier: number): Channel {
  const upper = new Float64Array(middle.length);
  const lower = new Float64Array(middle.length);
  for (let t = 0; t < middle.length; t++) {
    upper[t] = middle[t] + multiplier * width[t];
    lower[t] = middle[t] - multiplier * width[t];
  }
  return { upper, middle, lower };
}
