import { type Bars, barsFromColumns, defineStrategy, float, seededRandom, type Strategy } from '../../engine/index.ts';
import { randomWalk } from './small-market.ts';

/** Long two bars of three, with a stop and a target that most bars of `wideBars` reach both. */
export const tightExits: Strategy = defineStrategy({
  id: 'tight-exits',
  summary: 'Long two bars of three, stopped and taken at once.',
  params: { stopLossFrac: float({ min: 0, max: 1, default: 0.02 }), takeProfitFrac: float({ min: 0, max: 1, default: 0.02 }) },
  warmupBars: () => 1,
  protection: ({ stopLossFrac, takeProfitFrac }) => ({ stopLossFrac, takeProfitFrac }),
  targetExposure: ({ close }) => close.map((_, t) => (t % 3 === 2 ? 0 : 1)),
});

/** The same as a user's file, which worker threads can load. */
export const TIGHT_EXITS_FILE = `import { defineStrategy, float } from 'assay';
export default defineStrategy({
  id: 'tight-exits',
  summary: 'Long two bars of three, stopped and taken at once.',
  params: { stopLossFrac: float({ min: 0, max: 1, default: 0.02 }), takeProfitFrac: float({ min: 0, max: 1, default: 0.02 }) },
  warmupBars: () => 1,
  protection: ({ stopLossFrac, takeProfitFrac }) => ({ stopLossFrac, takeProfitFrac }),
  targetExposure: ({ close }) => close.map((_, t) => (t % 3 === 2 ? 0 : 1)),
});
`;

/** With a stop or a target of 0.9, which is never reached, no bar is ambiguous. */
export const TIGHT_AXES = { stopLossFrac: [0.01, 0.02, 0.03, 0.9], takeProfitFrac: [0.01, 0.02, 0.03, 0.9] };

/** A random walk of daily bars that reach up to 6 % beyond their body on either side. */
export function wideBars(bars: number, seed = 1): Bars {
  const { openTimeMs, open, high, low, close, volume, timeframeMs, instrument } = randomWalk(bars, seed);
  const random = seededRandom(seed, 'test-wicks');
  const wick = (): number => 0.06 * random();
  return barsFromColumns({ openTimeMs, open, high: high.map((price) => price * (1 + wick())), low: low.map((price) => price * (1 - wick())), close, volume }, timeframeMs, instrument);
}
