import type { Bars } from '../market/index.ts';
import { type Clock, sliceMoments } from '../orders/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';

/** Bars of one stretch with the history before it, and the configuration under which the stretch starts flat. */
export interface WindowSlice {
  /** First moment of the slice in the whole series. */
  readonly from: number;
  /** The stretch without the history before it: first open, and open of the moment after its last. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly bars: readonly Bars[];
  readonly config: SimulationConfig;
}

/**
 * A stretch [from, to) that starts flat: its first decision is at the close before it, where there is one, and it is flattened at its
 * last close. A strategy sees the history that its warm-up needs and nothing after the stretch.
 *
 * Bounds are moments of the clock; a market without a bar in the stretch has none in the slice.
 *
 * source  statistics.md §8 (walk-forward windows)
 */
export function windowSlice(markets: readonly Bars[], clock: Clock, from: number, to: number, historyBars: number, config: SimulationConfig): WindowSlice {
  const decisionBar = Math.max(0, from - 1);
  const start = Math.max(0, decisionBar - historyBars + 1);
  return {
    from: start,
    fromMs: timeAt(clock, from),
    toMs: timeAt(clock, to),
    bars: sliceMoments(markets, clock, start, to),
    config: { ...config, firstDecisionBar: decisionBar - start, flattenAtEnd: true },
  };
}

/** Open time of a moment of the clock, or of the one after its last. */
export function timeAt({ openTimeMs, timeframeMs }: Clock, moment: number): number {
  return moment < openTimeMs.length ? openTimeMs[moment] : openTimeMs[openTimeMs.length - 1] + timeframeMs;
}
