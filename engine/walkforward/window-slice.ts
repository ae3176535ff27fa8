import type { Bars } from '../market/index.ts';
import { type Clock, sliceMoments } from '../orders/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';

/** Bars of one stretch with the history before it, and the configuration under which the stretch starts flat. */
export interface WindowSlice {
  /** First moment of the slice in the whole series. */
  readonly from: number;
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
    bars: sliceMoments(markets, clock, start, to),
    config: { ...config, firstDecisionBar: decisionBar - start, flattenAtEnd: true },
  };
}
