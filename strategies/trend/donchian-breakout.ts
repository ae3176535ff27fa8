import { above, barsAgo, below, defineStrategy, float, int } from '../../engine/index.ts';

/** Long on a close above the highest high of the entry window, out on a close below the lowest low of the exit window; shorts mirrored. */
export const donchianBreakout = defineStrategy({
  id: 'donchian-breakout',
  summary: 'Enters on a close beyond the channel of the bars before, leaves on a close beyond the opposite, shorter channel.',
  thesis: 'a new extreme means that the crowd of the other side has to give in',
  fails: 'when breakouts are sold into: each false one costs half a channel',
  source: "Donchian's rule; Faith (2007), Way of the Turtle",
  params: {
    entryBars: int({ min: 5, max: 300, default: 55, scale: 'log' }),
    exitBars: int({ min: 3, max: 150, default: 20, scale: 'log' }),
    stopLossFrac: float({ min: 0, max: 0.5, default: 0, step: 0.1 }),
  },
  admissible: ({ entryBars, exitBars }) => exitBars <= entryBars,
  warmupBars: ({ entryBars }) => entryBars + 1,
  protection: ({ stopLossFrac }) => ({ stopLossFrac }),
  rules: ({ high, low, close }, { entryBars, exitBars }, ta) => {
    const entry = ta.donchian(high, low, entryBars);
    const exit = ta.donchian(high, low, exitBars);
    return {
      enterLong: above(close, barsAgo(entry.upper, 1)),
      exitLong: below(close, barsAgo(exit.lower, 1)),
      enterShort: below(close, barsAgo(entry.lower, 1)),
      exitShort: above(close, barsAgo(exit.upper, 1)),
    };
  },
  // −1 at the lower edge of the bars before, 1 at the upper, further beyond them
  score: ({ high, low, close }, { entryBars }, ta) => {
    const { upper, lower } = ta.donchian(high, low, entryBars);
    const top = barsAgo(upper, 1);
    const bottom = barsAgo(lower, 1);
    const score = new Float64Array(close.length);
    for (let t = 0; t < score.length; t++) score[t] = top[t] > bottom[t] ? (2 * (close[t] - bottom[t])) / (top[t] - bottom[t]) - 1 : Number.NaN;
    return score;
  },
});
