import {
  above, and, barsAgo, below, crossesAbove, crossesBelow, DAY_MS, defineStrategy, HOUR_MS, int, type Strategy,
} from '../../../engine/index.ts';
import { BUILT_IN } from '../../../strategies/index.ts';

const summary = 'honest';

/** Strategies that read the past alone, in as many ways as could look like something else. */
export const HONEST: readonly Strategy[] = [
  ...BUILT_IN.map(({ strategy }) => strategy),
  defineStrategy({ id: 'half-life-of-one', summary, params: {}, warmupBars: () => 40, targetExposure: ({ close }) => smoothed(close, 0.5).map((m, t) => Math.sign(close[t] - m)) }),
  defineStrategy({ id: 'last-candle', summary, params: {}, warmupBars: () => 1, targetExposure: ({ open, close }) => close.map((c, t) => Math.sign(c - open[t])) }),
  defineStrategy({
    id: 'smoothed-graded', summary, params: { windowBars: int({ min: 2, max: 50, default: 20 }) }, warmupBars: ({ windowBars }) => 5 * windowBars,
    targetExposure: ({ close }, { windowBars }, ta) => ta.ema(close, windowBars).map((m, t) => Math.max(-1, Math.min(1, 20 * (close[t] / m - 1)))),
  }),
  defineStrategy({
    id: 'steady-risk', summary, params: {}, warmupBars: () => 49,
    targetExposure: ({ close }, _, ta) => ta.realisedVolatility(close, 48).map((v) => Math.min(1, 0.005 / v)),
  }),
  defineStrategy({
    id: 'weekend', summary, params: {}, warmupBars: () => 1,
    targetExposure: ({ openTimeMs }) => openTimeMs.map((time) => (new Date(time).getUTCDay() % 6 === 0 ? 1 : 0)),
  }),
  defineStrategy({
    id: 'yesterdays-close', summary, params: {}, warmupBars: () => 49,
    targetExposure: ({ openTimeMs, close }) => {
      let [yesterday, today, day] = [Number.NaN, Number.NaN, -1];
      return close.map((price, t) => {
        const now = Math.floor(openTimeMs[t] / DAY_MS);
        if (now !== day) [yesterday, day] = [today, now];
        today = price;
        return price > yesterday ? 1 : 0;
      });
    },
  }),
  defineStrategy({
    id: 'month-turn', summary, params: {}, warmupBars: () => 1,
    targetExposure: ({ openTimeMs }) => openTimeMs.map((time) => (new Date(time).getUTCDate() <= 3 ? 1 : -0.5)),
  }),
  defineStrategy({
    id: 'hour-of-day', summary, params: {}, warmupBars: () => 30,
    signals: ({ openTimeMs, close }, _, ta) => {
      const hour = openTimeMs.map((time) => (time % DAY_MS) / HOUR_MS);
      return { enterLong: and(above(hour, 7), above(close, ta.sma(close, 24))), exitLong: above(hour, 20) };
    },
  }),
  defineStrategy({
    id: 'late-start', summary, params: {}, warmupBars: () => 150,
    targetExposure: ({ close }) => close.map((price, t) => (t < 120 ? Number.NaN : Math.sign(price - close[t - 120]))),
  }),
  defineStrategy({
    id: 'expanding-extremes', summary, params: {}, warmupBars: () => 200,
    targetExposure: ({ high, low, close }, _, ta) => {
      const { upper, lower } = ta.donchian(high, low, 200);
      return close.map((price, t) => (2 * (price - lower[t])) / (upper[t] - lower[t]) - 1);
    },
  }),
  defineStrategy({
    id: 'crosses', summary, params: {}, warmupBars: () => 60,
    signals: ({ close }, _, ta) => ({ enterLong: crossesAbove(close, ta.sma(close, 50)), exitLong: crossesBelow(close, barsAgo(ta.sma(close, 50), 3)) }),
  }),
  defineStrategy({
    id: 'volume-break', summary, params: {}, warmupBars: () => 48,
    signals: ({ close, volume }, _, ta) => ({ enterLong: above(volume, ta.sma(volume, 24)), exitLong: below(close, ta.rollingMin(close, 12).map((x) => x * 1.001)) }),
  }),
  defineStrategy({
    id: 'chases-the-close', summary, params: {}, warmupBars: () => 12,
    onBar: (context) => {
      context.cancelAll();
      if (context.position.qtyBase === 0) context.place({ type: 'limit', side: 'buy', equityFrac: 0.5, limitPrice: context.close() * 0.995, timeInForce: { bars: 3 } });
      else context.place({ type: 'stop', side: 'sell', qtyBase: context.position.qtyBase, stopPrice: Math.min(...context.history('low', 10)), reduceOnly: true });
    },
  }),
  defineStrategy({
    id: 'remembers-its-run', summary, params: {}, warmupBars: () => 20, initialState: () => ({ losses: 0 }),
    features: ({ close }, _, ta) => ({ trend: ta.rateOfChange(close, 10) }),
    onBar: (context, _, state) => {
      for (const event of context.events) if (event.type === 'fill') state.losses += 1;
      context.target(context.feature('trend') > 0 ? 1 / (1 + (state.losses % 4)) : 0, { stopLossFrac: 0.02 });
    },
  }),
];

function smoothed(values: Float64Array, weight: number): Float64Array {
  let mean = Number.NaN;
  return values.map((value) => (mean = Number.isNaN(mean) ? value : mean + weight * (value - mean)));
}
