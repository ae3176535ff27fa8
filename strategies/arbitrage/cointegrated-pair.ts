import { defineStrategy, float, type Indicators, int } from '../../engine/index.ts';

/** Trades the residual of one market on another: hedge ratio, mean and deviation from past bars only. */
export const cointegratedPair = defineStrategy({
  id: 'cointegrated-pair',
  summary: 'Buys the cheap and sells the dear of two markets that move together, and leaves when the gap has closed.',
  thesis: 'two prices bound by one economics part for a while and come back',
  fails: 'when the bond breaks: the gap is then no longer a gap but a new level',
  source: 'Engle & Granger (1987), Econometrica 55(2); Gatev, Goetzmann & Rouwenhorst (2006), RFS 19(3)',
  legs: 2,
  params: {
    windowBars: int({ min: 20, max: 1000, default: 200, scale: 'log' }),
    entryDeviations: float({ min: 0.5, max: 4, default: 2, step: 0.5 }),
    exitDeviations: float({ min: 0, max: 2, default: 0.5, step: 0.5 }),
  },
  admissible: ({ entryDeviations, exitDeviations }) => exitDeviations < entryDeviations,
  warmupBars: ({ windowBars }) => 2 * windowBars,
  legExposures: ([first, second], { windowBars, entryDeviations, exitDeviations }, [ta]) => {
    const { hedge, deviations } = residual(first.close.map(Math.log), second.close.map(Math.log), windowBars, ta);
    const length = first.close.length;
    const a = new Float64Array(length);
    const b = new Float64Array(length);
    let side = 0;
    let ratio = 0;
    for (let t = 0; t < length; t++) {
      const z = deviations[t];
      if (side !== 0 && !(side * z < -exitDeviations)) side = 0;
      if (side === 0 && Math.abs(z) > entryDeviations && hedge[t] > 0) {
        side = -Math.sign(z);
        ratio = hedge[t]; // frozen while the position is held: following it would trade every bar
      }
      a[t] = side / (1 + ratio);
      b[t] = (-side * ratio) / (1 + ratio);
    }
    return [a, b];
  },
});

/** Rolling regression of y on x: its slope, and how many deviations the latest residual is away from zero. */
function residual(y: Float64Array, x: Float64Array, windowBars: number, ta: Indicators) {
  const correlation = ta.rollingCorrelation(y, x, windowBars);
  const sdY = ta.rollingStd(y, windowBars);
  const sdX = ta.rollingStd(x, windowBars);
  const meanY = ta.rollingMean(y, windowBars);
  const meanX = ta.rollingMean(x, windowBars);
  const hedge = correlation.map((r, t) => (r * sdY[t]) / sdX[t]);
  const deviations = hedge.map((slope, t) => {
    const gap = y[t] - meanY[t] - slope * (x[t] - meanX[t]);
    return gap / (sdY[t] * Math.sqrt(Math.max(1e-12, 1 - correlation[t] ** 2)));
  });
  return { hedge, deviations };
}
