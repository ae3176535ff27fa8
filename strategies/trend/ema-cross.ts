import { above, defineStrategy, int } from '../../engine/index.ts';

/** Long while the fast average is above the slow one, otherwise flat. */
export const emaCross = defineStrategy({
  id: 'ema-cross',
  summary: 'Long while the fast exponential average is above the slow one, otherwise flat.',
  thesis: 'trends persist longer than one slow window',
  fails: 'in ranges, where every whipsaw pays fee and slippage',
  source: 'Brock, Lakonishok & LeBaron (1992), J. Finance 47(5)',
  params: {
    fastBars: int({ min: 2, max: 100, default: 12, scale: 'log' }),
    slowBars: int({ min: 10, max: 400, default: 48, scale: 'log' }),
  },
  admissible: ({ fastBars, slowBars }) => fastBars < slowBars,
  warmupBars: ({ slowBars }) => 5 * slowBars, // recursive: an EMA remembers five windows
  rules: ({ close }, { fastBars, slowBars }, ta) => ({ long: above(ta.ema(close, fastBars), ta.ema(close, slowBars)) }),
  score: ({ close }, { fastBars, slowBars }, ta) => {
    const fast = ta.ema(close, fastBars);
    const slow = ta.ema(close, slowBars);
    const volatility = ta.realisedVolatility(close, slowBars);
    const score = new Float64Array(close.length);
    for (let t = 0; t < score.length; t++) score[t] = volatility[t] > 0 ? Math.log(fast[t] / slow[t]) / volatility[t] : Number.NaN;
    return score;
  },
});
