import { type Bars, DAY_MS } from '../../../engine/index.ts';
import { syntheticMarket } from '../../../datasets/index.ts';

export interface TestMarket {
  readonly name: string;
  readonly markets: readonly [Bars, Bars];
}

const BARS = 6000;

/** Seeded markets of several kinds, two instruments each on the same bars. */
export const TEST_MARKETS: readonly TestMarket[] = [
  { name: 'noise', markets: [syntheticMarket({ kind: 'noise', seed: 1, bars: BARS }).markets[0], syntheticMarket({ kind: 'noise', seed: 2, bars: BARS }).markets[0]] },
  { name: 'momentum', markets: [syntheticMarket({ kind: 'momentum', seed: 3, bars: BARS }).markets[0], syntheticMarket({ kind: 'momentum', seed: 4, bars: BARS }).markets[0]] },
  { name: 'cointegrated, with outages', markets: pairOf(syntheticMarket({ kind: 'cointegrated', seed: 5, bars: BARS, missingFrac: 0.02 }).markets) },
];

/** Days, and few of them. */
export const DAILY: TestMarket = {
  name: 'daily',
  markets: pairOf(syntheticMarket({ kind: 'correlated', seed: 6, bars: 900, coins: 2, timeframeMs: DAY_MS }).markets),
};

function pairOf(markets: readonly Bars[]): [Bars, Bars] {
  return [markets[0], markets[1]];
}
