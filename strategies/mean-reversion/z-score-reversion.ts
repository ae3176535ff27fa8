import { above, below, defineStrategy, float, int } from '../../engine/index.ts';

/** Fades closes far from their mean: the Bollinger bands as an order to buy and sell. */
export const zScoreReversion = defineStrategy({
  id: 'z-score-reversion',
  summary: 'Buys a close so many deviations below its mean and sells one above it, until the distance has shrunk.',
  thesis: 'short excursions are liquidity demand, which is paid for by going back',
  fails: 'when the excursion is news: the mean moves to the price and not the price to the mean',
  source: 'Bollinger (2001), Bollinger on Bollinger Bands',
  params: {
    windowBars: int({ min: 5, max: 200, default: 20, scale: 'log' }),
    entryDeviations: float({ min: 0.5, max: 4, default: 2, step: 0.5 }),
    exitDeviations: float({ min: -0.5, max: 1.5, default: 0, step: 0.5 }),
    stopLossFrac: float({ min: 0, max: 0.5, default: 0, step: 0.1 }),
  },
  admissible: ({ entryDeviations, exitDeviations }) => exitDeviations < entryDeviations,
  warmupBars: ({ windowBars }) => windowBars + 1,
  protection: ({ stopLossFrac }) => ({ stopLossFrac }),
  signals: ({ close }, { windowBars, entryDeviations, exitDeviations }, ta) => {
    const z = ta.rollingZScore(close, windowBars);
    return {
      enterLong: below(z, -entryDeviations),
      exitLong: above(z, -exitDeviations),
      enterShort: above(z, entryDeviations),
      exitShort: below(z, exitDeviations),
    };
  },
  score: ({ close }, { windowBars }, ta) => {
    const z = ta.rollingZScore(close, windowBars);
    const score = new Float64Array(close.length);
    for (let t = 0; t < score.length; t++) score[t] = -z[t];
    return score;
  },
});
