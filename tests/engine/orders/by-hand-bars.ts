import { buy, type ByHand, sell, STILL } from './by-hand-types.ts';

const FLAT: readonly [number, number, number, number] = [100, 101, 99, 100];
/** What a unit costs a spot account that buys at the open of 100: 100.1·1.001. */
const UNIT = 100.2001;
/** 450 bought at 100: 10000 − 450·100.1·1.001. */
const OWED = 35_090.045;

/** Size, cuts and rejections; the order of things in a bar. */
export const BAR_CASES: readonly ByHand[] = [
  {
    // |q′|·P = Λ·E′: u·100 = 5·(10000 − u·(0.1 + 0.1001)), u = 50000 / 101.0005
    name: 'leverage: a fill is cut to |q′|·P ≤ Λ·E′ after costs',
    bars: [STILL, FLAT], script: { 0: [buy('market', 1000)] },
    fills: [[1, 'market', 50_000 / 101.0005, 100, 100.1, (0.1001 * 50_000) / 101.0005]],
  },
  {
    // At a level of 98 as maker: u·98 = 5·(10000 − u·0.049), u = 50000 / 98.245
    name: 'leverage: a resting limit is cut at its own level',
    bars: [STILL, [100, 101, 97, 99]], script: { 0: [buy('limit', 1000, { limitPrice: 98 })] },
    fills: [[1, 'limit', 50_000 / 98.245, 98, 98, (0.049 * 50_000) / 98.245]],
  },
  {
    name: 'spot: a buy is cut to the cash',
    bars: [STILL, FLAT], script: { 0: [buy('market', 1000)] }, terms: { isMargin: false, maxLeverage: 1 },
    fills: [[1, 'market', 10_000 / UNIT, 100, 100.1, (0.1001 * 10_000) / UNIT]],
  },
  {
    name: 'spot: a sell is cut to what is held', // 0.001·4·99.9
    bars: [STILL, FLAT, FLAT], script: { 0: [buy('market', 4)], 1: [sell('market', 10)] }, terms: { isMargin: false, maxLeverage: 1 },
    fills: [[1, 'market', 4, 100, 100.1, 0.4004], [2, 'market', -4, 100, 99.9, 0.3996]],
  },
  {
    name: 'spot: nothing held, nothing sold',
    bars: [STILL, FLAT], script: { 0: [sell('market', 10)] }, terms: { isMargin: false, maxLeverage: 1 },
    fills: [], ended: [[1, 0, 'no-money']],
  },
  {
    name: 'minimum notional: below it the order is rejected', // 10·100.1 < 2000
    bars: [STILL, FLAT], script: { 0: [buy('market', 10)] }, terms: { minNotional: 2000 },
    fills: [], ended: [[1, 0, 'min-notional']],
  },
  {
    name: 'lots: opening quantities are truncated, closing ones never', // 0.001·7·100.1, 0.001·5·99.9
    bars: [STILL, FLAT, FLAT], script: { 0: [buy('market', 10)], 1: [sell('market', 5)] }, terms: { lot: 7 },
    fills: [[1, 'market', 7, 100, 100.1, 0.7007], [2, 'market', -5, 100, 99.9, 0.4995]],
  },
  {
    name: 'lots: below one lot the order is rejected',
    bars: [STILL, FLAT], script: { 0: [buy('market', 10)] }, terms: { lot: 20 },
    fills: [], ended: [[1, 0, 'lot']],
  },
  {
    name: 'ticks: the price of a taker is rounded against the trader', // 100.1 up to 100.5
    bars: [STILL, FLAT], script: { 0: [buy('market', 10)] }, terms: { tick: 0.5 },
    fills: [[1, 'market', 10, 100, 100.5, 1.005]],
  },
  {
    name: 'market orders: sells, then buys', // 0.001·3·99.9, 0.001·5·100.1
    bars: [STILL, FLAT], script: { 0: [buy('market', 5), sell('market', 3)] },
    fills: [[1, 'market', -3, 100, 99.9, 0.2997], [1, 'market', 5, 100, 100.1, 0.5005]],
  },
  {
    // Cash for 10000 / 100.2001 of 200 wanted: one factor for both.
    name: 'market orders: buys are scaled by one factor where cash is short',
    bars: [STILL, FLAT], script: { 0: [buy('market', 150), buy('market', 50)] }, terms: { isMargin: false, maxLeverage: 1 },
    fills: [
      [1, 'market', (0.75 * 10_000) / UNIT, 100, 100.1, (0.75 * 0.1001 * 10_000) / UNIT],
      [1, 'market', (0.25 * 10_000) / UNIT, 100, 100.1, (0.25 * 0.1001 * 10_000) / UNIT],
    ],
  },
  {
    name: 'the open: orders it passed are met on the way from the last close', // 0.0005·980, 0.0005·970
    bars: [STILL, FLAT, [95, 96, 94, 95]], script: { 0: [buy('limit', 10, { limitPrice: 97 }), buy('limit', 10, { limitPrice: 98 })] },
    fills: [[2, 'limit', 10, 98, 98, 0.49], [2, 'limit', 10, 97, 97, 0.485]],
  },
  {
    name: 'the open: one level, in order of placing',
    bars: [STILL, FLAT, [95, 96, 94, 95]], script: { 0: [buy('limit', 3, { limitPrice: 98 }), buy('limit', 10, { limitPrice: 98 })] },
    fills: [[2, 'limit', 3, 98, 98, 0.147], [2, 'limit', 10, 98, 98, 0.49]],
  },
  {
    name: 'inside: a round trip of two resting orders, low first believed by the optimist', // +10·4 − 0.49 − 0.51
    bars: [STILL, [100, 103, 97, 100]], script: { 0: [buy('limit', 10, { limitPrice: 98 }), sell('limit', 10, { limitPrice: 102, reduceOnly: true })] },
    terms: { policy: 'optimistic' },
    fills: [[1, 'limit', 10, 98, 98, 0.49], [1, 'limit', -10, 102, 102, 0.51]], ambiguousBars: 1, finalEquity: 10_039,
  },
  {
    name: 'inside: the same, by the pessimist', // High first: the sell finds nothing to reduce; 10·(100 − 98) − 0.49
    bars: [STILL, [100, 103, 97, 100]], script: { 0: [buy('limit', 10, { limitPrice: 98 }), sell('limit', 10, { limitPrice: 102, reduceOnly: true })] },
    fills: [[1, 'limit', 10, 98, 98, 0.49]], ended: [[1, 1, 'reduce-only']], ambiguousBars: 1, finalEquity: 10_019.51,
  },
  {
    name: 'inside: path takes the nearer extreme first', // 2 up, 3 down: the high first
    bars: [STILL, [100, 102.5, 97, 100]], script: { 0: [buy('limit', 10, { limitPrice: 98 }), sell('limit', 10, { limitPrice: 102, reduceOnly: true })] },
    terms: { policy: 'path' },
    fills: [[1, 'limit', 10, 98, 98, 0.49]], ended: [[1, 1, 'reduce-only']], ambiguousBars: 1,
  },
  {
    // P* = 35090.045 / (450·0.99) lies above 75; the limit at 76 dies with the position, the waiting stop as well.
    name: 'liquidation inside: at P*, and orders die',
    bars: [STILL, [100, 101, 75, 80], [76, 77, 70, 75]], script: { 0: [buy('market', 450), buy('limit', 10, { limitPrice: 76 }), sell('stop', 10, { stopPrice: 74 })] },
    fills: [
      [1, 'market', 450, 100, 100.1, 45.045],
      [1, 'liquidation', -450, OWED / 445.5, OWED / 445.5, (0.005 * 450 * OWED) / 445.5],
    ],
    ended: [[1, 1, 'liquidation'], [1, 2, 'liquidation']],
  },
  {
    name: 'liquidation at the open: before the waiting market order', // E(70) < 0 at 450·70; 0.005·450·70
    bars: [STILL, FLAT, [70, 71, 69, 70]], script: { 0: [buy('market', 450)], 1: [sell('market', 450)] },
    fills: [[1, 'market', 450, 100, 100.1, 45.045], [2, 'liquidation', -450, 70, 70, 157.5]],
    ended: [[2, 1, 'liquidation']], finalEquity: 0,
  },
  {
    name: 'volume 0: orders wait',
    bars: [STILL, [100, 101, 90, 100, 0], [101, 102, 100, 101, 5]], script: { 0: [buy('market', 10), buy('limit', 10, { limitPrice: 98 })] },
    fills: [[2, 'market', 10, 101, 101.101, 1.01101]],
  },
  {
    name: 'volume cap: the rest of a market order is carried', // 0.1·60 = 6; 0.001·600.6, 0.001·404.404
    bars: [STILL, [100, 101, 99, 100, 60], [101, 102, 100, 101, 60]], script: { 0: [buy('market', 10)] }, terms: { volumeCapFrac: 0.1 },
    fills: [[1, 'market', 6, 100, 100.1, 0.6006], [2, 'market', 4, 101, 101.101, 0.404404]], ended: [],
  },
  {
    name: 'volume cap: the rest is cancelled',
    bars: [STILL, [100, 101, 99, 100, 60], [101, 102, 100, 101, 60]], script: { 0: [buy('market', 10)] }, terms: { volumeCapFrac: 0.1, volumeRest: 'cancel' },
    fills: [[1, 'market', 6, 100, 100.1, 0.6006]], ended: [[1, 0, 'volume']],
  },
  {
    name: 'volume cap: all orders of a bar share it', // 10 a bar: 6 and 4; 99 does not reach the rest in bar 2
    bars: [STILL, [100, 101, 97, 99, 100], [100, 101, 99, 100, 100]], script: { 0: [buy('market', 6), buy('limit', 8, { limitPrice: 98 })] },
    terms: { volumeCapFrac: 0.1 },
    fills: [[1, 'market', 6, 100, 100.1, 0.6006], [1, 'limit', 4, 98, 98, 0.196]], ended: [],
  },
  {
    name: 'volume cap: the rest of a limit rests', // 0.0005·6·98, 0.0005·4·98
    bars: [STILL, [100, 101, 97, 99, 60], [99, 100, 97, 98, 60]], script: { 0: [buy('limit', 10, { limitPrice: 98 })] }, terms: { volumeCapFrac: 0.1 },
    fills: [[1, 'limit', 6, 98, 98, 0.294], [2, 'limit', 4, 98, 98, 0.196]],
  },
  {
    // (600.6 + 404.404) / 10 = 100.5004; 0.95 of it 95.47538, P′ 95.37990462
    name: 'volume cap: a bracket counts from the average price of its entry',
    bars: [STILL, [100, 101, 99, 100, 60], [101, 102, 100, 101, 60], [100, 101, 95, 96, 1000]],
    script: { 0: [buy('market', 10, { bracket: { stopLossFrac: 0.05 } })] }, terms: { volumeCapFrac: 0.1 },
    fills: [
      [1, 'market', 6, 100, 100.1, 0.6006], [2, 'market', 4, 101, 101.101, 0.404404],
      [3, 'bracket-stop', -10, 95.47538, 95.37990462, 0.9537990462],
    ],
  },
  {
    // The touched stop is a market order from then on: 6 at 98, P′ 97.902; 4 at the next open 99, P′ 98.901.
    name: 'volume cap: the rest of a touched stop is a market order',
    bars: [STILL, [100, 101, 97, 99, 60], [99, 100, 98.5, 99, 60]], script: { 0: [sell('stop', 10, { stopPrice: 98 })] }, terms: { volumeCapFrac: 0.1 },
    fills: [[1, 'stop', -6, 98, 97.902, 0.587412], [2, 'stop', -4, 99, 98.901, 0.395604]], ended: [],
  },
  {
    name: 'funding at the open: on what was carried in, before orders', // −10·102·0.01, nothing on the 5 bought then
    bars: [STILL, FLAT, [102, 102, 102, 102]], script: { 0: [buy('market', 10)], 1: [buy('market', 5)] },
    terms: { funding: [{ bar: 2, rate: 0.01 }] },
    fills: [[1, 'market', 10, 100, 100.1, 1.001], [2, 'market', 5, 102, 102.102, 0.51051]],
    // 10·1.9 − 1.001 − 10.2 − 5·0.102 − 0.51051
    finalEquity: 10_006.77849,
  },
];
