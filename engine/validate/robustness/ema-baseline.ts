import { ema } from '../../kernels/index.ts';
import { barAtOrAfter, type Bars, sliceBars } from '../../market/index.ts';
import { SimulationBuffers, type SimulationConfig } from '../../simulate/index.ts';
import type { Baselines } from '../evidence.ts';
import { sharpeOfCurve } from './curve.ts';
import { plainConfig, tradeExposure } from './trade-exposure.ts';

const FAST_BARS = 12;
const SLOW_BARS = 48;
/** An EMA remembers five windows. */
const WARMUP_BARS = 5 * SLOW_BARS;

/**
 * What nobody had to search for: long while the 12-bar average is above the 48-bar one, at the same costs and over the same bars.
 *
 * missing where the bars are too few to know the averages when the curve begins
 */
export function emaBaseline(bars: Bars, openTimeMs: Float64Array, config: SimulationConfig): Baselines['emaCross'] {
  const from = barAtOrAfter(bars, openTimeMs[0]);
  const to = barAtOrAfter(bars, openTimeMs[openTimeMs.length - 1]) + 1;
  if (from < WARMUP_BARS - 1) return { missing: `fewer than ${WARMUP_BARS} bars before the first decision` };
  const start = from - WARMUP_BARS + 1;
  const slice = sliceBars(bars, start, to);
  const fast = ema(slice.close, FAST_BARS);
  const slow = ema(slice.close, SLOW_BARS);
  const exposure = Uint8Array.from(fast, (value, t) => (value > slow[t] ? 1 : 0));
  const out = new SimulationBuffers();
  const firstDecisionBar = from - start;
  tradeExposure(slice, exposure, { ...plainConfig(config), firstDecisionBar }, out);
  const curve = { openTimeMs: slice.openTimeMs.subarray(firstDecisionBar), equity: out.equity.subarray(firstDecisionBar), timeframeMs: bars.timeframeMs, calendar: bars.instrument.calendar };
  return { params: { fastBars: FAST_BARS, slowBars: SLOW_BARS }, sharpeAnn: sharpeOfCurve(curve) };
}
