import { buy, type ByHand, type ExpectedFill, sell, STILL } from './by-hand-types.ts';

const ENTRY: ExpectedFill = [1, 'market', 10, 100, 100.1, 1.001];

/** The golden bracketed stop entry: f 5, g 1, s 4, h 1 bps. */
const GOLDEN = {
  bars: [[104, 106, 101, 105.5], [105.5, 106, 105, 105]],
  opening: [{ type: 'stop', side: 'buy', qtyBase: 50, stopPrice: 105, bracket: { stopLossFrac: 0.02, takeProfitFrac: 0.05 } }],
  ambiguousBars: 1,
} as const;
const GOLDEN_TERMS = { taker: 0.0005, maker: 0.0001, halfSpread: 0.0001, slippage: 0.0004 };
const GOLDEN_ENTRY: ExpectedFill = [0, 'stop', 50, 105, 105.0525, 2.6263125];
const GOLDEN_STOP: ExpectedFill = [0, 'bracket-stop', -50, 102.95145, 102.899974275, 2.5724993568750003];

/** Brackets, one-cancels-other, reduce-only. */
export const GROUP_CASES: readonly ByHand[] = [
  {
    ...GOLDEN, name: 'bracketed stop entry, pessimistic: the low comes after', terms: { ...GOLDEN_TERMS, policy: 'pessimistic' },
    fills: [GOLDEN_ENTRY, GOLDEN_STOP], finalEquity: 9887.174901893126,
  },
  { ...GOLDEN, name: 'bracketed stop entry, optimistic: the low came before', terms: { ...GOLDEN_TERMS, policy: 'optimistic' }, fills: [GOLDEN_ENTRY], finalEquity: 9994.7486875 },
  {
    ...GOLDEN, name: 'bracketed stop entry, path: the high is nearer', terms: { ...GOLDEN_TERMS, policy: 'path' },
    fills: [GOLDEN_ENTRY, GOLDEN_STOP], finalEquity: 9887.174901893126,
  },
  {
    // From A = 100.1: stop 95.095, P′ 94.999905; target 105.105.
    name: 'bracket on the entry bar, pessimistic: the stop first',
    bars: [STILL, [100, 106, 95, 100]], script: { 0: [buy('market', 10, { bracket: { stopLossFrac: 0.05, takeProfitFrac: 0.05 } })] },
    fills: [ENTRY, [1, 'bracket-stop', -10, 95.095, 94.999905, 0.94999905]], ended: [[1, 0, 'oco']], ambiguousBars: 1,
  },
  {
    name: 'bracket on the entry bar, optimistic: the target first', // 0.0005·1051.05
    bars: [STILL, [100, 106, 95, 100]], script: { 0: [buy('market', 10, { bracket: { stopLossFrac: 0.05, takeProfitFrac: 0.05 } })] },
    terms: { policy: 'optimistic' },
    fills: [ENTRY, [1, 'bracket-target', -10, 105.105, 105.105, 0.525525]], ended: [[1, 0, 'oco']], ambiguousBars: 1,
  },
  {
    // A = 99.9: stop 104.895, P′ 104.999895.
    name: 'bracket of a short: mirrored',
    bars: [STILL, [100, 106, 99, 103]], script: { 0: [sell('market', 10, { bracket: { stopLossFrac: 0.05, takeProfitFrac: 0.05 } })] },
    fills: [[1, 'market', -10, 100, 99.9, 0.999], [1, 'bracket-stop', 10, 104.895, 104.999895, 1.04999895]],
  },
  {
    // The entry rests at 98 and the open is 90: filled at 98; its stop 93.1 is passed at that moment, so at 90, P′ 89.91.
    name: 'bracket: a stop already passed when it goes live fills at the price of that moment',
    bars: [STILL, [100, 101, 99, 99], [90, 91, 89, 90]], script: { 0: [buy('limit', 10, { limitPrice: 98, bracket: { stopLossFrac: 0.05 } })] },
    fills: [[2, 'limit', 10, 98, 98, 0.49], [2, 'bracket-stop', -10, 90, 89.91, 0.8991]],
  },
  {
    // A sell limit rests at 102, the open is 110: short at 102 with a target at 2 % = 99.96 and a stop at 5 % = 107.1, passed: at 110, P′ 110.11.
    name: 'bracket of a short: a stop already passed',
    bars: [STILL, [100, 101, 99, 99], [110, 111, 109, 110]],
    script: { 0: [sell('limit', 10, { limitPrice: 102, bracket: { stopLossFrac: 0.05, takeProfitFrac: 0.02 } })] },
    fills: [[2, 'limit', -10, 102, 102, 0.51], [2, 'bracket-stop', 10, 110, 110.11, 1.1011]],
  },
  {
    // Level 95.095 of A = 100.1 does not act on bar 1; high 110 gives 104.5, which the open 96 has passed: P′ 95.904.
    name: 'bracket trail: from the next bar, following the high where the entry was at the open',
    bars: [STILL, [100, 110, 94, 96], [96, 97, 95, 96]], script: { 0: [buy('market', 10, { bracket: { trailFrac: 0.05 } })] },
    fills: [ENTRY, [2, 'bracket-trail', -10, 96, 95.904, 0.95904]],
  },
  {
    // A = 102.102; the close 103 and not the high 110: 103·0.95 = 97.85, P′ 97.75215.
    name: 'bracket trail: only the close counts on the bar of an entry inside',
    bars: [STILL, [100, 110, 99, 103], [103, 104, 97, 98]], script: { 0: [buy('stop', 10, { stopPrice: 102, bracket: { trailFrac: 0.05 } })] },
    fills: [[1, 'stop', 10, 102, 102.102, 1.02102], [2, 'bracket-trail', -10, 97.85, 97.75215, 0.9775215]],
  },
  {
    name: 'oco: a fill shrinks the other by its quantity', // 0.0005·392 and 0.0005·582
    bars: [STILL, [100, 100, 96, 99]], script: { 0: [buy('limit', 4, { limitPrice: 98, oco: 'a' }), buy('limit', 10, { limitPrice: 97, oco: 'a' })] },
    fills: [[1, 'limit', 4, 98, 98, 0.196], [1, 'limit', 6, 97, 97, 0.291]],
  },
  {
    name: 'oco: cancelled when nothing is left',
    bars: [STILL, [100, 101, 97, 99], [104, 105, 103, 104]],
    script: { 0: [buy('limit', 10, { limitPrice: 98, oco: 'a' }), buy('stop', 10, { stopPrice: 103, oco: 'a' })] },
    fills: [[1, 'limit', 10, 98, 98, 0.49]], ended: [[1, 1, 'oco']],
  },
  {
    name: 'oco: another name is not touched', // 103 lies below the open 104: P′ 104.104
    bars: [STILL, [100, 101, 97, 99], [104, 105, 103, 104]],
    script: { 0: [buy('limit', 10, { limitPrice: 98, oco: 'a' }), buy('stop', 10, { stopPrice: 103, oco: 'b' })] },
    fills: [[1, 'limit', 10, 98, 98, 0.49], [2, 'stop', 10, 104, 104.104, 1.04104]],
  },
  {
    name: 'reduce-only: cut to the position', // 0.001·400.4, 0.0005·412
    bars: [STILL, [100, 104, 99, 103]], script: { 0: [buy('market', 4), sell('limit', 10, { limitPrice: 103, reduceOnly: true })] },
    fills: [[1, 'market', 4, 100, 100.1, 0.4004], [1, 'limit', -4, 103, 103, 0.206]], ended: [],
  },
  {
    name: 'reduce-only: cancelled at its fill where there is no position',
    bars: [STILL, [100, 102, 99, 101], [101, 104, 100, 103]], script: { 0: [sell('limit', 10, { limitPrice: 103, reduceOnly: true })] },
    fills: [], ended: [[2, 0, 'reduce-only']],
  },
  {
    // One price for both: the stop of the bracket, 98.098 of A = 100.1, sells 10; the order of the same level finds no position.
    name: 'ties inside: stops of protection come before orders',
    bars: [STILL, [100, 101, 97, 98]],
    script: { 0: [sell('stop', 10, { stopPrice: 100.1 * (1 - 0.02), reduceOnly: true }), buy('market', 10, { bracket: { stopLossFrac: 0.02 } })] },
    // 98.098·0.999 = 97.999902
    fills: [ENTRY, [1, 'bracket-stop', -10, 98.098, 97.999902, 0.97999902]], ended: [[1, 0, 'reduce-only']],
  },
];
