import { buy, type ByHand, sell, STILL } from './by-hand-types.ts';

/** Time in force, cancel and replace. */
export const LIFE_CASES: readonly ByHand[] = [
  {
    name: 'ioc: what the first open does not fill is cancelled there',
    bars: [STILL, [100, 101, 97, 99]], script: { 0: [buy('limit', 10, { limitPrice: 98, timeInForce: 'ioc' })] },
    fills: [], ended: [[1, 0, 'ioc']],
  },
  {
    name: 'ioc: fills what the volume allows', // 0.1·50 = 5, 0.001·500.5
    bars: [STILL, [100, 101, 99, 100, 50], [100, 101, 99, 100, 50]], script: { 0: [buy('market', 10, { timeInForce: 'ioc' })] }, terms: { volumeCapFrac: 0.1 },
    fills: [[1, 'market', 5, 100, 100.1, 0.5005]], ended: [[1, 0, 'ioc']],
  },
  {
    name: 'fok: nothing where the volume does not allow all',
    bars: [STILL, [100, 101, 99, 100, 50]], script: { 0: [buy('market', 10, { timeInForce: 'fok' })] }, terms: { volumeCapFrac: 0.1 },
    fills: [], ended: [[1, 0, 'fok']],
  },
  {
    name: 'fok: all at its first open',
    bars: [STILL, [100, 101, 99, 100, 100]], script: { 0: [buy('market', 10, { timeInForce: 'fok' })] }, terms: { volumeCapFrac: 0.1 },
    fills: [[1, 'market', 10, 100, 100.1, 1.001]], ended: [],
  },
  {
    name: 'fok: nothing where leverage does not allow all',
    bars: [STILL, [100, 101, 99, 100]], script: { 0: [buy('market', 1000, { timeInForce: 'fok' })] },
    fills: [], ended: [[1, 0, 'fok']],
  },
  {
    name: 'bars: cancelled at the close of the first',
    bars: [STILL, [100, 101, 99, 100], [100, 101, 97, 99]], script: { 0: [buy('limit', 10, { limitPrice: 98, timeInForce: { bars: 1 } })] },
    fills: [], ended: [[1, 0, 'expired']],
  },
  {
    name: 'bars: alive in the second',
    bars: [STILL, [100, 101, 99, 100], [100, 101, 97, 99]], script: { 0: [buy('limit', 10, { limitPrice: 98, timeInForce: { bars: 2 } })] },
    fills: [[2, 'limit', 10, 98, 98, 0.49]], ended: [],
  },
  {
    name: 'cancel: at the close, before the next open',
    bars: [STILL, [100, 101, 99, 100], [97, 98, 96, 97]], script: { 0: [buy('limit', 10, { limitPrice: 98 })], 1: [{ do: 'cancel', nth: 0 }] },
    fills: [], ended: [[1, 0, 'cancelled']],
  },
  {
    name: 'cancel: of a filled order leaves its bracket', // stop 95.095 of A = 100.1, P′ 94.999905
    bars: [STILL, [100, 101, 99, 100], [100, 101, 95, 96]],
    script: { 0: [buy('market', 10, { bracket: { stopLossFrac: 0.05 } })], 1: [{ do: 'cancel', nth: 0 }] },
    fills: [[1, 'market', 10, 100, 100.1, 1.001], [2, 'bracket-stop', -10, 95.095, 94.999905, 0.94999905]], ended: [],
  },
  {
    name: 'replace: the new price and quantity from the next bar', // 0.0005·485
    bars: [STILL, [100, 101, 99, 100], [100, 101, 97.5, 99], [99, 100, 96, 98]],
    script: { 0: [buy('limit', 10, { limitPrice: 98 })], 1: [{ do: 'replace', nth: 0, price: 97, qty: 5 }] },
    fills: [[3, 'limit', 5, 97, 97, 0.2425]],
  },
  {
    name: 'replace: a replaced order can be cancelled by its old id',
    bars: [STILL, [100, 101, 99, 100], [100, 101, 99, 100], [99, 100, 90, 98]],
    script: { 0: [buy('limit', 10, { limitPrice: 98 })], 1: [{ do: 'replace', nth: 0, price: 97 }], 2: [{ do: 'cancel', nth: 0 }] },
    fills: [], ended: [[2, 0, 'cancelled']],
  },
  {
    name: 'replace: of a stop moves its trigger', // 96·0.999 = 95.904
    bars: [STILL, [100, 101, 99, 100], [100, 101, 97, 99], [99, 100, 95, 98]],
    script: { 0: [sell('stop', 10, { stopPrice: 98 })], 1: [{ do: 'replace', nth: 0, price: 96 }] },
    fills: [[3, 'stop', -10, 96, 95.904, 0.95904]],
  },
];
