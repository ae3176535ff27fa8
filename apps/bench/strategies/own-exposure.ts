import { defineStrategy, float, int } from '../../../engine/index.ts';

/** What a user writes in plain TypeScript: a state machine over bars, which no condition over lines expresses. */
export const benchOwnExposure = defineStrategy({
  id: 'bench-own-exposure',
  summary: 'Long after a fall of some volatilities below a decaying average, until the price is back above it.',
  params: { window: int({ min: 5, max: 500, default: 48 }), depth: float({ min: 0.1, max: 10, default: 2 }) },
  warmupBars: ({ window }) => window,
  targetExposure: ({ close }, { window, depth }) => {
    const exposure = new Float64Array(close.length);
    const decay = 2 / (window + 1);
    let [mean, deviation, held] = [close[0], 0, 0];
    for (let t = 1; t < exposure.length; t++) {
      const gap = close[t] - mean;
      mean += decay * gap;
      deviation += decay * (Math.abs(gap) - deviation);
      if (gap < -depth * deviation) held = 1;
      else if (gap > 0) held = 0;
      exposure[t] = held;
    }
    return exposure;
  },
});
