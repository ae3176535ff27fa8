import { crossesAbove, crossesBelow, defineStrategy, float, int } from '../../../engine/index.ts';

/** Bought when the strength crosses below a level, sold when it crosses above another, with a stop and a target; bought again after a stop. */
export const benchRsiStops = defineStrategy({
  id: 'bench-rsi-stops',
  summary: 'Buys where the relative strength (simple means) crosses below a level and sells where it crosses above another; stop 2 %, target 4 %.',
  params: { window: int({ min: 2, max: 1000, default: 14 }), lower: float({ min: 0, max: 100, default: 30 }), upper: float({ min: 0, max: 100, default: 70 }) },
  warmupBars: ({ window }) => window + 1,
  protection: () => ({ stopLossFrac: 0.02, takeProfitFrac: 0.04 }),
  reenters: true,
  rules: ({ close }, { window, lower, upper }, ta) => {
    const gain = ta.sma(ta.derived([close], [], gains), window);
    const loss = ta.sma(ta.derived([close], [], losses), window);
    const strength = ta.derived([gain, loss], [window], relativeStrength);
    return { enterLong: crossesBelow(strength, lower), exitLong: crossesAbove(strength, upper) };
  },
});

function gains([close]: readonly Float64Array[]): Float64Array {
  return close.map((price, t) => Math.max(t === 0 ? 0 : price - close[t - 1], 0));
}

function losses([close]: readonly Float64Array[]): Float64Array {
  return close.map((price, t) => Math.max(t === 0 ? 0 : close[t - 1] - price, 0));
}

function relativeStrength([gain, loss]: readonly Float64Array[], [window]: readonly number[]): Float64Array {
  const out = new Float64Array(gain.length);
  for (let t = 0; t < out.length; t++) out[t] = t < window ? Number.NaN : 100 - 100 / (1 + gain[t] / loss[t]);
  return out;
}
