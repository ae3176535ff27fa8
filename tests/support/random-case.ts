import fc from 'fast-check';
import { type Bars, barsFromColumns, HOUR_MS } from '../../engine/index.ts';
import type { AccountRules, Costs, IntrabarPolicy } from '../../engine/simulate/index.ts';

/** A random market with ties, gaps, flat bars and bars without volume, and random decisions on it. */
export interface RandomCase {
  readonly bars: Bars;
  readonly exposure: Float64Array;
  readonly stopLossFrac: number;
  readonly takeProfitFrac: number;
  readonly trailFrac: number;
  readonly costs: Costs;
  readonly account: Partial<AccountRules>;
  readonly intrabar: IntrabarPolicy;
  readonly flattenAtEnd: boolean;
}

const bar = fc.record({
  gap: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.double({ min: -0.1, max: 0.1, noNaN: true }) }),
  move: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 5, arbitrary: fc.double({ min: -0.06, max: 0.06, noNaN: true }) }),
  above: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.05, noNaN: true })),
  below: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.05, noNaN: true })),
  volume: fc.oneof({ weight: 9, arbitrary: fc.constant(10) }, { weight: 1, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(Number.NaN) }),
  skip: fc.oneof({ weight: 15, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(3) }),
  x: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: fc.constantFrom(0, 1, -1, 0.5, 2, -3) }),
});

const fraction = fc.oneof(fc.constant(0), fc.double({ min: 0.005, max: 0.1, noNaN: true }));
const bps = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 50, noNaN: true }));

export const randomCase: fc.Arbitrary<RandomCase> = fc
  .record({
    rows: fc.array(bar, { minLength: 2, maxLength: 40 }),
    market: fc.constantFrom('continuous' as const, 'session' as const),
    stopLossFrac: fraction,
    takeProfitFrac: fraction,
    trailFrac: fraction,
    costs: fc.record({ takerFeeBps: bps, makerFeeBps: bps, halfSpreadBps: bps, slippageBps: bps, impactBps: fc.constant(0) }),
    isMargin: fc.boolean(),
    maxLeverage: fc.constantFrom(1, 3, 5),
    borrowAnnFrac: fc.constantFrom(0, 0.2),
    intrabar: fc.constantFrom('pessimistic' as const, 'optimistic' as const, 'path' as const),
    flattenAtEnd: fc.boolean(),
  })
  .map(({ rows, market, isMargin, maxLeverage, borrowAnnFrac, ...rest }) => ({
    ...rest,
    bars: marketOf(rows, market),
    exposure: exposureOf(rows.map(({ x }) => x)),
    account: isMargin ? { kind: 'margin', maxLeverage, borrowAnnFrac } : { kind: 'spot' },
  }));

function marketOf(rows: readonly { gap: number; move: number; above: number; below: number; volume: number; skip: number }[], market: 'continuous' | 'session'): Bars {
  let price = 100;
  let time = 0;
  const columns = rows.map(({ gap, move, above, below, volume, skip }) => {
    const open = price * (1 + gap);
    const close = open * (1 + move);
    price = close;
    time += 1 + skip;
    return { time: time * HOUR_MS, open, high: Math.max(open, close) * (1 + above), low: Math.min(open, close) * (1 - below), close, volume };
  });
  return barsFromColumns(
    {
      openTimeMs: columns.map((c) => c.time), open: columns.map((c) => c.open), high: columns.map((c) => c.high), low: columns.map((c) => c.low),
      close: columns.map((c) => c.close), volume: columns.map((c) => c.volume),
    },
    HOUR_MS,
    { venue: 'random', symbol: 'R/USD', kind: 'spot', calendar: '24/7', market },
  );
}

/** null holds the exposure of the bar before. */
function exposureOf(steps: readonly (number | null)[]): Float64Array {
  let held = 0;
  return Float64Array.from(steps, (step) => (held = step ?? held));
}
