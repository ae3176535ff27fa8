import { above, below, defineStrategy, float, int } from '../../engine/index.ts';

/** Buys an oversold market and leaves when the RSI is back in the middle. */
export const rsiReversion = defineStrategy({
  id: 'rsi-reversion',
  summary: 'Buys when the RSI is below a level and leaves when it is above another; a stop limits the wait.',
  thesis: 'forced sellers push prices below what patient buyers pay a little later',
  fails: 'in crashes that go on: oversold becomes more oversold until the stop',
  source: 'Wilder (1978), New Concepts in Technical Trading Systems',
  params: {
    windowBars: int({ min: 2, max: 50, default: 14, scale: 'log' }),
    entryBelow: float({ min: 5, max: 45, default: 30, step: 5 }),
    exitAbove: float({ min: 40, max: 80, default: 55, step: 5 }),
    stopLossFrac: float({ min: 0, max: 0.5, default: 0.1, step: 0.1 }),
  },
  admissible: ({ entryBelow, exitAbove }) => entryBelow < exitAbove,
  warmupBars: ({ windowBars }) => 10 * windowBars, // a Wilder average remembers ten windows
  protection: ({ stopLossFrac }) => ({ stopLossFrac }),
  rules: ({ close }, { windowBars, entryBelow, exitAbove }, ta) => {
    const rsi = ta.rsi(close, windowBars);
    return { enterLong: below(rsi, entryBelow), exitLong: above(rsi, exitAbove) };
  },
  score: ({ close }, { windowBars }, ta) => {
    const rsi = ta.rsi(close, windowBars);
    const score = new Float64Array(close.length);
    for (let t = 0; t < score.length; t++) score[t] = (50 - rsi[t]) / 50;
    return score;
  },
});
