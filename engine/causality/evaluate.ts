import type { Bars } from '../market/index.ts';
import { type BarContext, clockOf, simulateOrders } from '../orders/index.ts';
import { SimulationBuffers, type SimulationConfig } from '../simulate/index.ts';
import { createIndicators, declaredScore, decisionsOf, type Indicators, legExposuresOf, type Params, signalsOf, type Strategy, tradesTogether } from '../strategy/index.ts';
import { AskLog } from './ask-log.ts';
import { SeriesTrack, type Track } from './track.ts';

/** What a strategy is evaluated on. */
export interface Frame {
  /** Bars that its functions of series read. */
  readonly bars: readonly Bars[];
  /** Bars that `onBar` is walked through; as many or fewer. Null: its features alone are asked for. */
  readonly walked: readonly Bars[] | null;
  /** First bar whose close `onBar` decides. */
  readonly firstDecisionBar: number;
}

/** Everything that a strategy says about a frame: its decisions first, then its features, its score last. */
export type Evaluate = (frame: Frame) => readonly Track[];

/** Results of kernels that are kept between evaluations. */
const INDICATOR_BYTES = 8 * 1024 * 1024;

/** One strategy at one parameter point as a function of bars alone. */
export function evaluatorOf(strategy: Strategy, params: Params, config: SimulationConfig): Evaluate {
  const ta = createIndicators(INDICATOR_BYTES);
  const decide = decisionsAndFeatures(strategy, params, config, ta);
  if (strategy.score === undefined) return decide;
  return (frame) => [...decide(frame), new SeriesTrack('score', [declaredScore(strategy, frame.bars[0], params, ta)], { market: 0, role: 'score' })];
}

function decisionsAndFeatures(strategy: Strategy, params: Params, config: SimulationConfig, ta: Indicators): Evaluate {
  if (strategy.onBar) return (frame) => asksAndFeatures(strategy, params, config, frame, ta);
  if (tradesTogether(strategy)) return ({ bars }) => [new SeriesTrack('decision', legExposuresOf(strategy, bars, params, bars.map(() => ta)))];
  if (strategy.signals || strategy.rules) return ({ bars: [first] }) => [signalCodes(strategy, params, first, ta)];
  return ({ bars: [first] }) => [new SeriesTrack('decision', [decisionsOf(strategy, first, params, ta).exposure])];
}

/** The four conditions of a bar as bits: the position they lead to is their consequence, and would hide what they read. */
function signalCodes(strategy: Strategy, params: Params, bars: Bars, ta: Indicators): Track {
  const { enterLong, exitLong, enterShort, exitShort } = signalsOf(strategy, bars, params, ta);
  const codes = new Uint8Array(bars.length);
  [enterLong, exitLong, enterShort, exitShort].forEach((signal, bit) => {
    if (signal !== undefined) for (let t = 0; t < codes.length; t++) if (signal[t]) codes[t] |= 1 << bit;
  });
  return new SeriesTrack('decision', [codes], { isCode: true });
}

function asksAndFeatures(strategy: Strategy, params: Params, config: SimulationConfig, { bars, walked, firstDecisionBar }: Frame, ta: Indicators): Track[] {
  const features = bars.map((market) => (market.length === 0 ? {} : (strategy.features?.(market, params, ta) ?? {})));
  const tracks = features.flatMap((series, market) => Object.entries(series).map(([name, values]) => new SeriesTrack(name, [values], { market })));
  if (walked === null) return tracks;
  const clock = clockOf(walked);
  const log = new AskLog(clock.openTimeMs.length);
  const state = strategy.initialState?.(params);
  const driver = { onBar: (context: BarContext) => strategy.onBar?.(context, params, state), features };
  const plain = { ...config, firstDecisionBar, flattenAtEnd: false };
  simulateOrders({ markets: walked, clock, config: plain, driver, onAsk: (ask, moment) => log.record(ask, moment) }, new SimulationBuffers());
  return [log, ...tracks];
}
