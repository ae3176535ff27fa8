import { above, defineStrategy, int } from '../../engine/index.ts';

/** Long while the fast average is above the slow one, otherwise flat. */
export const smaCross = defineStrategy({
  id: 'sma-cross',
  summary: 'Long while the fast simple average is above the slow one, otherwise flat.',
  thesis: 'trends persist longer than one slow window',
  fails: 'in ranges, where every whipsaw pays fee and slippage',
  source: 'Brock, Lakonishok & LeBaron (1992), J. Finance 47(5)',
  params: {
    fastBars: int({ min: 2, max: 2000, default: 20, scale: 'log' }),
    slowBars: int({ min: 3, max: 4000, default: 100, scale: 'log' }),
  },
  admissible: ({ fastBars, slowBars }) => fastBars < slowBars,
  warmupBars: ({ slowBars }) => slowBars + 1, // one more for the volatility of the score
  rules: ({ close }, { fastBars, slowBars }, ta) => ({ long: above(ta.sma(close, fastBars), ta.sma(close, slowBars)) }),
  score: ({ close }, { fastBars, slowBars }, ta) => {
    const fast = ta.sma(close, fastBars);
    const slow = ta.sma(close, slowBars);
    const volatility = ta.realisedVolatility(close, slowBars);
    const score = new Float64Array(close.length);
    for (let t = 0; t < score.length; t++) score[t] = volatility[t] > 0 ? Math.log(fast[t] / slow[t]) / volatility[t] : Number.NaN;
    return score;
  },
});
