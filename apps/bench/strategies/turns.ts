import { defineStrategy, int } from '../../../engine/index.ts';

/** Long and flat in turns of a number of bars: as many orders as are asked for, wherever the price goes. */
export const benchTurns = defineStrategy({
  id: 'bench-turns',
  summary: 'Long and flat in turns of so many bars, each column shifted by one; orders without an idea.',
  params: { every: int({ min: 1, max: 100_000, default: 720 }), shift: int({ min: 0, max: 100_000, default: 0 }) },
  warmupBars: () => 1,
  targetExposure: ({ close }, { every, shift }) => {
    const exposure = new Uint8Array(close.length);
    for (let t = 1; t < exposure.length; t++) exposure[t] = Math.floor((t + shift) / every) & 1;
    return exposure;
  },
});
