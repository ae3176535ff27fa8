import { formatTime, requireInput } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import { clockOf } from '../orders/index.ts';
import { type Figures, marketRef, type MarketRef } from '../run/index.ts';
import { commonWarmupBars, paramSpace } from '../search/index.ts';
import type { CostWaterfall, SimulationConfig, Trade } from '../simulate/index.ts';
import type { Strategy } from '../strategy/index.ts';
import { measureStitched } from './stitched-figures.ts';
import { tradeWindow } from './trade-window.ts';
import type { WalkForward } from './types.ts';
import { windowSlice } from './window-slice.ts';

/** The stored choices of a walk-forward, traded again and stitched into one account. */
export interface Retraded extends Figures {
  readonly openTimeMs: Float64Array;
  readonly equity: Float64Array;
  readonly exposure: Float64Array;
  /** Bar indices refer to the stitched series. */
  readonly trades: readonly Trade[];
  readonly waterfall: CostWaterfall;
  readonly tradedNotionalQuote: number;
}

/** Trades the stored choices under another configuration; the windows and the choices stay. */
export type Retrader = (config: SimulationConfig) => Retraded;

/** What a walk-forward needs to be traded again. */
export type StoredChoices = Pick<WalkForward, 'spec' | 'windows'>;

/**
 * Trades the choice of every window again, without searching; under the configuration of the walk-forward the account is the stored one to the bit.
 *
 * throws  InputError `markets-differ` unless the markets are those that the walk-forward read
 */
export function retrader({ spec, windows }: StoredChoices, strategy: Strategy, markets: readonly Bars[]): Retrader {
  requireSameMarkets(spec, markets);
  const clock = clockOf(markets);
  const history = commonWarmupBars(strategy, paramSpace(strategy, spec.axes, spec.sampler), clock.openTimeMs.length);
  return (config) => {
    const traded = windows.map(({ bars, chosen }) => tradeWindow(strategy, chosen, windowSlice(markets, clock, bars.testFrom, bars.testTo, history, config), bars));
    const { stitched, ...account } = measureStitched(markets[0], clock, traded, config.account.initialCash);
    return { equity: stitched.equity, exposure: stitched.exposure, trades: stitched.trades, ...account };
  };
}

/** The same for one configuration. */
export function retrade(walk: StoredChoices, strategy: Strategy, markets: readonly Bars[], config: SimulationConfig): Retraded {
  return retrader(walk, strategy, markets)(config);
}

function requireSameMarkets({ markets: stored }: WalkForward['spec'], markets: readonly Bars[]): void {
  const code = 'markets-differ';
  requireInput(markets.length === stored.length, code, 'markets', `the ${stored.length} of the walk-forward`, markets.length);
  markets.forEach((bars, m) => requireInput(stretchOf(marketRef(bars)) === stretchOf(stored[m]), code, `bars of ${bars.instrument.symbol}`, `those of the walk-forward, ${stretchOf(stored[m])}`, stretchOf(marketRef(bars))));
}

function stretchOf({ dataHash, bars, firstTimeMs }: MarketRef): string {
  return `${bars} from ${formatTime(firstTimeMs)} of ${dataHash.slice(0, 12)}`;
}
