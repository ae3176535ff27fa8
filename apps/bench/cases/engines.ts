import {
  type BarContext, type Bars, type Driver, MINUTE_MS, simulate, SimulationBuffers, type SimulationConfig, simulateOrders, simulationConfig, ZERO_COSTS,
} from '../../../engine/index.ts';
import type { BenchCase, Prepared, Proof, Setting } from '../case.ts';
import { randomWalkBars } from '../data/candles.ts';
import { Averages, decisionsOfCross, SLOW_BARS } from '../data/cross-decisions.ts';
import { perSecond } from '../goals.ts';
import { DifferenceMeter } from '../reference/difference.ts';
import { referenceNextOpen } from '../reference/next-open.ts';

const CONFIG: SimulationConfig = { ...simulationConfig('spot', { costs: ZERO_COSTS }), firstDecisionBar: SLOW_BARS };

type EngineRun = (bars: Bars, averages: Averages, exposure: Uint8Array, out: SimulationBuffers) => void;

const byVectorKernel: EngineRun = (bars, averages, exposure, out) => void simulate(bars, decisionsOfCross(averages.of(bars), exposure), CONFIG, out);
const byExposures: EngineRun = (bars, averages, exposure, out) => runEvents(bars, { decisions: [decisionsOfCross(averages.of(bars), exposure)] }, out);
const byOrders: EngineRun = (bars, averages, _exposure, out) => {
  const { fast, slow } = averages.of(bars);
  runEvents(bars, { onBar: placeOrders, features: [{ fast, slow }] }, out);
};

function runEvents(bars: Bars, driver: Driver, out: SimulationBuffers): void {
  simulateOrders({ markets: [bars], config: CONFIG, driver }, out);
}

function placeOrders(context: BarContext): void {
  const isAbove = context.feature('fast') > context.feature('slow');
  const { qtyBase } = context.position;
  if (isAbove && qtyBase === 0) context.place({ type: 'market', side: 'buy', equityFrac: 1 });
  else if (!isAbove && qtyBase > 0) context.place({ type: 'market', side: 'sell', qtyBase });
}

function prepareEngine({ size }: Setting, run: EngineRun, fullBars: number): Prepared {
  const bars = randomWalkBars({ bars: size === 'full' ? fullBars : 3_000, timeframeMs: MINUTE_MS, volatility: 0.0005, seed: 7 });
  const [averages, exposure, out] = [new Averages(bars.length), new Uint8Array(bars.length), new SimulationBuffers()];
  const once = (): void => run(bars, averages, exposure, out);
  return { shape: `${bars.length} bars`, units: bars.length, prove: () => proveEngine(bars, averages, once, out), run: once };
}

function proveEngine(bars: Bars, averages: Averages, once: () => void, out: SimulationBuffers): Proof {
  once();
  const isLong = new Uint8Array(bars.length);
  decisionsOfCross(averages.of(bars), isLong);
  const meter = new DifferenceMeter(1e-9);
  referenceNextOpen(bars, isLong, CONFIG.firstDecisionBar, CONFIG.account.initialCash).forEach((value, t) => meter.compare(`equity at bar ${t}`, out.equity[t], value));
  return meter.proof('a plain loop, every bar');
}

/** One strategy in the implementations that walk every bar; equity and trades, no figures. */
export const ENGINE_CASES: readonly BenchCase[] = [
  {
    name: 'kernel', what: 'vector kernel: one run of target exposures, averages included', unit: 'bars', quantity: 'processor', isGated: true, goals: [],
    prepare: (setting) => prepareEngine(setting, byVectorKernel, 100_000),
  },
  {
    name: 'events-exposures', what: 'event engine: the same target exposures', unit: 'bars', quantity: 'processor', isGated: true, goals: [],
    prepare: (setting) => prepareEngine(setting, byExposures, 100_000),
  },
  {
    name: 'events-orders', what: 'event engine: orders placed at every close', unit: 'bars', quantity: 'processor', isGated: true, goals: [perSecond(5e6, '≥ 5 M bars/s')],
    prepare: (setting) => prepareEngine(setting, byOrders, 100_000),
  },
];
