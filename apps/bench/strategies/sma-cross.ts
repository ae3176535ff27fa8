import { defineStrategy, int } from '../../../engine/index.ts';

/** Long from a crossing of the fast average above the slow one to the crossing below, as vectorbt's signals have it. */
export const benchSmaCross = defineStrategy({
  id: 'bench-sma-cross',
  summary: 'Long from a crossing of the fast average above the slow one to the crossing below; the cross of the benchmarks.',
  params: { fast: int({ min: 1, max: 100_000, default: 20 }), slow: int({ min: 1, max: 100_000, default: 100 }) },
  admissible: ({ fast, slow }) => fast < slow,
  warmupBars: ({ slow }) => slow,
  targetExposure: ({ close }, { fast, slow }, ta) => heldAfterCross(ta.sma(close, fast), ta.sma(close, slow)),
});

/** 1 while held: from above after a bar strictly below, through ties, to below. */
function heldAfterCross(a: Float64Array, b: Float64Array): Uint8Array {
  const held = new Uint8Array(a.length);
  let wasBelow = false;
  for (let t = 1; t < held.length; t++) {
    if (a[t] < b[t]) wasBelow = true;
    else if (a[t] > b[t]) held[t] = wasBelow ? 1 : 0;
    else held[t] = held[t - 1];
  }
  return held;
}
