import { type BarColumns, defineStrategy, float, int } from '../../../engine/index.ts';

const STOP_FRAC = 0.02;
const TARGET_FRAC = 0.04;

/** Bought when the strength crosses below a level, sold when it crosses above another, with a stop and a target; bought again after a stop. */
export const benchRsiStops = defineStrategy({
  id: 'bench-rsi-stops',
  summary: 'Buys where the relative strength (simple means) crosses below a level and sells where it crosses above another; stop 2 %, target 4 %.',
  params: { window: int({ min: 2, max: 1000, default: 14 }), lower: float({ min: 0, max: 100, default: 30 }), upper: float({ min: 0, max: 100, default: 70 }) },
  warmupBars: ({ window }) => window + 1,
  protection: () => ({ stopLossFrac: STOP_FRAC, takeProfitFrac: TARGET_FRAC }),
  targetExposure: (bars, { window, lower, upper }, ta) => {
    const { gains, losses } = movesOf(bars.close);
    const [gain, loss] = [ta.sma(gains, window), ta.sma(losses, window)];
    const strength = new Float64Array(bars.close.length);
    for (let t = 0; t < strength.length; t++) strength[t] = t < window ? Number.NaN : 100 - 100 / (1 + gain[t] / loss[t]);
    return heldWithStops(bars, strength, lower, upper);
  },
});

const moves = new WeakMap<Float64Array, { readonly gains: Float64Array; readonly losses: Float64Array }>();

/** Gains and losses of the bars, the same arrays for every point, so that their means are shared. */
function movesOf(close: Float64Array): { readonly gains: Float64Array; readonly losses: Float64Array } {
  let known = moves.get(close);
  if (known === undefined) {
    const move = (t: number): number => (t === 0 ? 0 : close[t] - close[t - 1]);
    known = { gains: close.map((_, t) => Math.max(move(t), 0)), losses: close.map((_, t) => Math.max(-move(t), 0)) };
    moves.set(close, known);
  }
  return known;
}

/** 1 while held. It ends with a stop or target too, whose bar gives no signal, so that the next entry is a change of the target. */
function heldWithStops({ high, low, close }: BarColumns, strength: Float64Array, lower: number, upper: number): Uint8Array {
  const held = new Uint8Array(close.length);
  let [entry, wasAboveLower, wasBelowUpper, isBelowLower, isAboveUpper] = [0, false, false, false, false];
  for (let t = 0; t < held.length; t++) {
    const now = strength[t];
    const enters = now < lower && !isBelowLower && wasAboveLower;
    const exits = now > upper && !isAboveUpper && wasBelowUpper;
    [isBelowLower, isAboveUpper] = [now < lower, now > upper];
    if (Number.isNaN(now)) [wasAboveLower, wasBelowUpper] = [false, false];
    if (now > lower) wasAboveLower = true;
    if (now < upper) wasBelowUpper = true;
    const isStopped = entry > 0 && (low[t] <= entry * (1 - STOP_FRAC) || high[t] >= entry * (1 + TARGET_FRAC));
    if (isStopped || (entry > 0 && exits)) entry = 0;
    else if (entry === 0 && enters) entry = close[t];
    held[t] = entry > 0 ? 1 : 0;
  }
  return held;
}
