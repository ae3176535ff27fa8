/** 1 on the first bar on the other side, after a bar strictly on this one; a tie keeps the side, NaN forgets it. */
export function strictCross(a: ArrayLike<number>, b: ArrayLike<number> | number, direction: 'above' | 'below', out: Uint8Array): Uint8Array {
  const sign = direction === 'above' ? 1 : -1;
  let [wasOther, isBeyond] = [false, false];
  for (let t = 0; t < out.length; t++) {
    const gap = sign * (a[t] - (typeof b === 'number' ? b : b[t]));
    const isNow = gap > 0;
    out[t] = isNow && !isBeyond && wasOther ? 1 : 0;
    if (Number.isNaN(gap)) wasOther = false;
    else if (gap < 0) wasOther = true;
    isBeyond = isNow || (isBeyond && gap === 0);
  }
  return out;
}

/** Mean of the last `windowBars` values; NaN before. */
export function plainMean(values: ArrayLike<number>, windowBars: number): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let t = 0; t < values.length; t++) sums[t + 1] = sums[t] + values[t];
  return Float64Array.from(values, (_, t) => (t + 1 < windowBars ? Number.NaN : (sums[t + 1] - sums[t + 1 - windowBars]) / windowBars));
}

/** Relative strength on simple means of gains and losses; known from the bar after the first whole window of moves. */
export function plainRsi(close: Float64Array, windowBars: number): Float64Array {
  const gains = plainMean(close.map((c, t) => (t === 0 ? 0 : Math.max(c - close[t - 1], 0))), windowBars);
  const losses = plainMean(close.map((c, t) => (t === 0 ? 0 : Math.max(close[t - 1] - c, 0))), windowBars);
  return gains.map((gain, t) => (t < windowBars ? Number.NaN : 100 - 100 / (1 + gain / losses[t])));
}
