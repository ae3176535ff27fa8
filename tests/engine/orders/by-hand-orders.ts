import { buy, type ByHand, sell, STILL } from './by-hand-types.ts';

/** Types of order, limits and their maker or taker side, stops, trailing. */
export const ORDER_CASES: readonly ByHand[] = [
  {
    name: 'market: at the next open, taker', // 102·1.001 = 102.102
    bars: [STILL, [102, 103, 101, 102]], script: { 0: [buy('market', 10)] },
    fills: [[1, 'market', 10, 102, 102.102, 1.02102]],
    finalEquity: 10_000 - 10 * 0.102 - 1.02102,
  },
  {
    name: 'limit: traded through, at its level, maker', // 0.0005·980
    bars: [STILL, [100, 101, 97, 99]], script: { 0: [buy('limit', 10, { limitPrice: 98 })] },
    fills: [[1, 'limit', 10, 98, 98, 0.49]],
  },
  {
    name: 'limit: a touch is not through',
    bars: [STILL, [100, 101, 98, 99]], script: { 0: [buy('limit', 10, { limitPrice: 98 })] },
    fills: [],
  },
  {
    name: 'limit: a touch fills under touch',
    bars: [STILL, [100, 101, 98, 99]], script: { 0: [buy('limit', 10, { limitPrice: 98 })] }, terms: { limitFill: 'touch' },
    fills: [[1, 'limit', 10, 98, 98, 0.49]],
  },
  {
    name: 'resting limit passed by the open, continuous: at its level',
    bars: [STILL, [100, 101, 99, 99], [95, 96, 94, 95]], script: { 0: [buy('limit', 10, { limitPrice: 98 })] },
    fills: [[2, 'limit', 10, 98, 98, 0.49]],
  },
  {
    name: 'resting limit passed by the open, session: at the open, maker', // 0.0005·950
    bars: [STILL, [100, 101, 99, 99], [95, 96, 94, 95]], script: { 0: [buy('limit', 10, { limitPrice: 98 })] }, terms: { isAuction: true },
    fills: [[2, 'limit', 10, 95, 95, 0.475]],
  },
  {
    name: 'resting sell limit passed by the open, session', // 0.0005·1050
    bars: [STILL, [100, 101, 99, 99], [105, 106, 104, 105]], script: { 0: [sell('limit', 10, { limitPrice: 102 })] }, terms: { isAuction: true },
    fills: [[2, 'limit', -10, 105, 105, 0.525]],
  },
  {
    name: 'marketable limit: taker at the first open', // 100·1.001 is under the limit
    bars: [STILL, [100, 101, 99, 100]], script: { 0: [buy('limit', 10, { limitPrice: 101 })] },
    fills: [[1, 'limit', 10, 100, 100.1, 1.001]],
  },
  {
    name: 'marketable limit: never pays more than its limit', // min(100.1, 100.05), 0.001·1000.5
    bars: [STILL, [100, 101, 99, 100]], script: { 0: [buy('limit', 10, { limitPrice: 100.05 })] },
    fills: [[1, 'limit', 10, 100, 100.05, 1.0005]],
  },
  {
    name: 'marketable limit: never sells for less than its limit', // max(99.9, 99.95), 0.001·999.5
    bars: [STILL, [100, 101, 99, 100]], script: { 0: [sell('limit', 10, { limitPrice: 99.95 })] },
    fills: [[1, 'limit', -10, 100, 99.95, 0.9995]],
  },
  {
    name: 'limit at the open exactly is not marketable: it rests and is traded through below',
    bars: [STILL, [100, 101, 99, 100]], script: { 0: [buy('limit', 10, { limitPrice: 100 })] },
    fills: [[1, 'limit', 10, 100, 100, 0.5]],
  },
  {
    name: 'post-only: rejected where marketable',
    bars: [STILL, [100, 101, 99, 100]], script: { 0: [buy('limit', 10, { limitPrice: 101, postOnly: true })] },
    fills: [], ended: [[1, 0, 'post-only']],
  },
  {
    name: 'post-only: rests and fills as maker',
    bars: [STILL, [100, 101, 97, 99]], script: { 0: [buy('limit', 10, { limitPrice: 98, postOnly: true })] },
    fills: [[1, 'limit', 10, 98, 98, 0.49]],
  },
  {
    name: 'stop: passed on touch, taker at its level', // 98·0.999 = 97.902
    bars: [STILL, [100, 101, 98, 99]], script: { 0: [sell('stop', 10, { stopPrice: 98 })] },
    fills: [[1, 'stop', -10, 98, 97.902, 0.97902]],
  },
  {
    name: 'stop: at the open that has passed it', // 104·1.001
    bars: [STILL, [104, 105, 103, 104]], script: { 0: [buy('stop', 10, { stopPrice: 102 })] },
    fills: [[1, 'stop', 10, 104, 104.104, 1.04104]],
  },
  {
    name: 'stop-limit: marketable at its trigger', // 102·1.001 is under 103
    bars: [STILL, [100, 104, 99, 101]], script: { 0: [buy('stop-limit', 10, { stopPrice: 102, limitPrice: 103 })] },
    fills: [[1, 'limit', 10, 102, 102.102, 1.02102]],
  },
  {
    name: 'stop-limit: rests after its trigger, and the price comes back on both paths',
    bars: [STILL, [100, 103, 99, 100]], script: { 0: [buy('stop-limit', 10, { stopPrice: 102, limitPrice: 101 })] },
    fills: [[1, 'limit', 10, 101, 101, 0.505]],
  },
  {
    // High first comes back to 101 and is 10 better at 102; the pessimist keeps low first, where the limit rests and the next open passes it.
    name: 'stop-limit: the price comes back on one path only',
    bars: [STILL, [100, 103, 99, 102], [100.5, 101, 100, 100.5]], script: { 0: [buy('stop-limit', 10, { stopPrice: 102, limitPrice: 101 })] },
    fills: [[2, 'limit', 10, 101, 101, 0.505]], ambiguousBars: 1,
  },
  {
    name: 'stop-limit: triggered by an open beyond its limit, it rests', // trigger 104, limit 103 traded through at 102.5
    bars: [STILL, [104, 105, 102.5, 104]], script: { 0: [buy('stop-limit', 10, { stopPrice: 102, limitPrice: 103 })] },
    fills: [[1, 'limit', 10, 103, 103, 0.515]],
  },
  {
    name: 'stop-limit: triggered by an open short of its limit, taker there', // 102.5·1.001 = 102.6025
    bars: [STILL, [102.5, 105, 102, 104]], script: { 0: [buy('stop-limit', 10, { stopPrice: 102, limitPrice: 103 })] },
    fills: [[1, 'limit', 10, 102.5, 102.6025, 1.026025]],
  },
  {
    name: 'stop-limit: post-only is rejected at its trigger where it would take',
    bars: [STILL, [100, 104, 99, 101]], script: { 0: [buy('stop-limit', 10, { stopPrice: 102, limitPrice: 103, postOnly: true })] },
    fills: [], ended: [[1, 0, 'post-only']],
  },
  {
    name: 'trailing: the watermark starts at the close of placing', // 100·0.9 = 90, P′ 89.91
    bars: [STILL, [95, 96, 90, 92]], script: { 0: [sell('trailing', 10, { trailFrac: 0.1 })] },
    fills: [[1, 'trailing', -10, 90, 89.91, 0.8991]],
  },
  {
    name: 'trailing: the new level acts from the next bar', // 120·0.9 = 108 > low of bar 1, met in bar 2; P′ 107.892
    bars: [STILL, [100, 120, 95, 110], [110, 112, 105, 106]], script: { 0: [sell('trailing', 10, { trailFrac: 0.1 })] },
    fills: [[2, 'trailing', -10, 108, 107.892, 1.07892]],
  },
  {
    name: 'trailing buy: follows the low', // 80·1.1 = 88; the open of bar 2 has not passed it; P′ 88.088
    bars: [STILL, [95, 96, 80, 85], [86, 90, 85, 89]], script: { 0: [buy('trailing', 10, { trailFrac: 0.1 })] },
    fills: [[2, 'trailing', 10, 88, 88.088, 0.88088]],
  },
];
