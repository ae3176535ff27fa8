import { defineStrategy, float, int } from '../../engine/index.ts';

const YEAR_MS = 365 * 86_400_000;

/** Follows the sign of the return over a lookback, sized so that the position's expected volatility is a constant. */
export const timeSeriesMomentum = defineStrategy({
  id: 'time-series-momentum',
  summary: 'Follows the sign of the past return, sized to a target volatility and adjusted once every few bars.',
  thesis: 'returns keep their sign over months, and equal risk makes quiet and wild times count alike',
  fails: 'at sharp turns, and when volatility jumps between two adjustments',
  source: 'Moskowitz, Ooi & Pedersen (2012), J. Financial Economics 104(2)',
  params: {
    lookbackBars: int({ min: 5, max: 1000, default: 90, scale: 'log' }),
    volatilityBars: int({ min: 10, max: 300, default: 60, step: 50 }),
    targetVolAnn: float({ min: 0.05, max: 2, default: 0.4, step: 0.4 }),
    rebalanceBars: int({ min: 1, max: 60, default: 7, step: 10 }),
  },
  warmupBars: ({ lookbackBars, volatilityBars, rebalanceBars }) => Math.max(lookbackBars, volatilityBars) + rebalanceBars + 1,
  targetExposure: ({ openTimeMs, close }, { lookbackBars, volatilityBars, targetVolAnn, rebalanceBars }) => {
    const exposure = new Float64Array(close.length);
    const first = Math.max(lookbackBars, volatilityBars);
    const barMs = close.length > 1 ? openTimeMs[1] - openTimeMs[0] : 1;
    let held = Number.NaN;
    for (let t = first; t < close.length; t++) {
      const side = Math.sign(close[t] - close[t - lookbackBars]);
      const isRebalance = Math.round(openTimeMs[t] / barMs) % rebalanceBars === 0;
      if (isRebalance || Number.isNaN(held) || side !== Math.sign(held)) {
        held = side * Math.min(10, targetVolAnn / realisedVolAnn(openTimeMs, close, t, volatilityBars));
      }
      exposure[t] = held;
    }
    return exposure;
  },
  score: ({ close }, { lookbackBars, volatilityBars }, ta) => {
    const volatility = ta.realisedVolatility(close, volatilityBars);
    const scale = Math.sqrt(lookbackBars);
    const score = new Float64Array(close.length).fill(Number.NaN, 0, lookbackBars);
    for (let t = lookbackBars; t < score.length; t++) score[t] = volatility[t] > 0 ? Math.log(close[t] / close[t - lookbackBars]) / (scale * volatility[t]) : Number.NaN;
    return score;
  },
});

/** Annualised volatility of the last bars by calendar time, so that gaps and weekends need no calendar. */
function realisedVolAnn(openTimeMs: Float64Array, close: Float64Array, t: number, bars: number): number {
  let squares = 0;
  for (let i = t - bars + 1; i <= t; i++) {
    const r = Math.log(close[i] / close[i - 1]);
    squares += r * r;
  }
  return Math.sqrt((squares * YEAR_MS) / (openTimeMs[t] - openTimeMs[t - bars])) || Infinity;
}
