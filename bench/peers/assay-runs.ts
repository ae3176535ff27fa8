import { sma } from '../../engine/kernels/index.ts';
import type { Bars } from '../../engine/market/index.ts';
import { type BarContext, type Driver, simulateOrders } from '../../engine/orders/index.ts';
import { type Decisions, simulate, type SimulationBuffers } from '../../engine/simulate/index.ts';
import { CONFIG, FAST_BARS, SLOW_BARS } from './workload.ts';

/** One run of the whole strategy, indicators included, into given buffers. */
export type AssayRun = (bars: Bars, out: SimulationBuffers) => void;

export const ASSAY_RUNS: Readonly<Record<string, AssayRun>> = {
  'Assay, vector kernel': (bars, out) => void simulate(bars, decisionsOf(bars), CONFIG, out),
  'Assay, event engine, exposures': (bars, out) => runEvents(bars, { decisions: [decisionsOf(bars)] }, out),
  'Assay, event engine, onBar with target()': (bars, out) => runEvents(bars, { onBar: byTarget, features: [{ ...averagesOf(bars) }] }, out),
  'Assay, event engine, onBar with place()': (bars, out) => runEvents(bars, { onBar: byOrders, features: [{ ...averagesOf(bars) }] }, out),
};

function runEvents(bars: Bars, driver: Driver, out: SimulationBuffers): void {
  simulateOrders({ markets: [bars], config: CONFIG, driver }, out);
}

interface Averages { readonly fast: Float64Array<ArrayBuffer>; readonly slow: Float64Array<ArrayBuffer> }

let averages: Averages = { fast: new Float64Array(0), slow: new Float64Array(0) };

/** Both averages, into memory that the next run reuses, as a sweep does. */
function averagesOf({ close, length }: Bars): Averages {
  if (averages.fast.length !== length) averages = { fast: new Float64Array(length), slow: new Float64Array(length) };
  sma(close, FAST_BARS, averages.fast);
  sma(close, SLOW_BARS, averages.slow);
  return averages;
}

function decisionsOf(bars: Bars): Decisions {
  const { fast, slow } = averagesOf(bars);
  const exposure = new Uint8Array(bars.length);
  for (let t = 0; t < exposure.length; t++) exposure[t] = fast[t] > slow[t] ? 1 : 0;
  return { exposure, stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 };
}

function byTarget(context: BarContext): void {
  context.target(context.feature('fast') > context.feature('slow') ? 1 : 0);
}

function byOrders(context: BarContext): void {
  const isAbove = context.feature('fast') > context.feature('slow');
  const { qtyBase } = context.position;
  if (isAbove && qtyBase === 0) context.place({ type: 'market', side: 'buy', equityFrac: 1 });
  else if (!isAbove && qtyBase > 0) context.place({ type: 'market', side: 'sell', qtyBase });
}
