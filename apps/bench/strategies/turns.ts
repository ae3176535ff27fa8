import { above, defineStrategy, int } from '../../../engine/index.ts';

/** Long and flat in turns of a number of bars: as many orders as are asked for, wherever the price goes. */
export const benchTurns = defineStrategy({
  id: 'bench-turns',
  summary: 'Long and flat in turns of so many bars, each column shifted by one; orders without an idea.',
  params: { every: int({ min: 1, max: 100_000, default: 720 }), shift: int({ min: 0, max: 100_000, default: 0 }) },
  warmupBars: () => 1,
  rules: ({ close }, { every, shift }, ta) => ({ long: above(ta.derived([close], [every, shift], turns), 0.5) }),
});

function turns([close]: readonly Float64Array[], [every, shift]: readonly number[]): Float64Array {
  const held = new Float64Array(close.length);
  for (let t = 1; t < held.length; t++) held[t] = Math.floor((t + shift) / every) & 1;
  return held;
}
