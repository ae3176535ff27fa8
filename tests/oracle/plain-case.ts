import fc from 'fast-check';
import { type Bars, barsFromColumns, DAY_MS } from '../../engine/index.ts';
import { type Decisions, type SimulationConfig, simulationConfig } from '../../engine/simulate/index.ts';
import type { Candle, Terms, Wish } from './plain-books.ts';
import { withFundingAt } from '../support/funding.ts';

/** One random market with wishes and terms, in the plain words of the oracle. */
export interface PlainCase {
  readonly candles: readonly Candle[];
  readonly wishes: readonly Wish[];
  readonly terms: Terms;
}

const often = <T>(usual: T, weight: number, other: fc.Arbitrary<T>): fc.Arbitrary<T> => fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

/** Prices are whole half-points around 100, so that levels, extremes and opens tie exactly; a scale takes them off that grid. */
const candle = fc.record({
  gap: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.integer({ min: -8, max: 8 }) }, { weight: 1, arbitrary: fc.integer({ min: -60, max: 60 }) }),
  move: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 5, arbitrary: fc.integer({ min: -14, max: 14 }) }, { weight: 1, arbitrary: fc.integer({ min: -50, max: 50 }) }),
  above: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 14 })),
  below: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 14 })),
  volume: fc.oneof({ weight: 10, arbitrary: fc.constant<number | null>(7) }, { weight: 1, arbitrary: fc.constant<number | null>(0) }, { weight: 1, arbitrary: fc.constant(null) }),
  missing: often(0, 14, fc.integer({ min: 1, max: 3 })),
});

const fraction = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.constantFrom(0.01, 0.02, 0.03, 0.05, 0.1) }, { weight: 2, arbitrary: fc.double({ min: 0.001, max: 0.3, noNaN: true }) });

const step = fc.record({
  change: fc.oneof(
    { weight: 6, arbitrary: fc.constant<'keep' | 'unknown' | number>('keep') },
    { weight: 4, arbitrary: fc.constantFrom<'keep' | 'unknown' | number>(0, 1, -1, 0.5, -0.5, 2, -2, 3, -3) },
    { weight: 2, arbitrary: fc.integer({ min: -300_000, max: 300_000 }).map((x) => x / 100_000) },
    { weight: 1, arbitrary: fc.constant<'keep' | 'unknown' | number>('unknown') },
  ),
  stop: fraction,
  target: fraction,
  trail: fraction,
});

const bps = fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.constantFrom(1, 4, 5, 10) }, { weight: 2, arbitrary: fc.double({ min: 0, max: 80, noNaN: true }) }, { weight: 1, arbitrary: fc.double({ min: 0, max: 500, noNaN: true }) });

const terms = fc.record({
  isMargin: fc.boolean(),
  initialCash: fc.constantFrom(10_000, 1_000, 12_345.67),
  maxLeverage: fc.constantFrom(1, 2, 3, 5),
  maintenance: fc.constantFrom(0.005, 0.01, 0.05, 0.15),
  feeShare: fc.constantFrom(0, 0.5, 1),
  borrow: fc.constantFrom(0, 0, 0.1, 3),
  taker: bps,
  maker: bps,
  halfSpread: bps,
  slippage: bps,
  lot: often(0, 2, fc.constantFrom(0.1, 1, 7)),
  tick: often(0, 3, fc.constantFrom(0.01, 0.5, 1)),
  minNotional: often(0, 3, fc.constantFrom(50, 2_000, 9_000)),
  policy: fc.constantFrom('pessimistic' as const, 'optimistic' as const, 'path' as const),
  isAuction: fc.boolean(),
  firstDecisionBar: often(0, 3, fc.nat(6)),
  flattenAtEnd: fc.boolean(),
  isPerBar: fc.boolean(),
  scale: often(1, 2, fc.constantFrom(1.0371, 0.00137, 641.3)),
});

const payment = fc.record({ bar: fc.nat(30), rate: fc.double({ min: -0.01, max: 0.01, noNaN: true }), mark: fc.option(fc.double({ min: 90, max: 110, noNaN: true }), { nil: undefined }) });

export const plainCase: fc.Arbitrary<PlainCase> = fc
  .record({
    rows: fc.array(fc.record({ candle, step }), { minLength: 2, maxLength: 30 }),
    terms,
    funding: fc.array(payment, { maxLength: 5 }),
  })
  .map(({ rows, terms: { feeShare, isPerBar, scale, ...t }, funding }) => ({
    candles: candlesOf(rows.map((row) => row.candle), scale),
    wishes: wishesOf(rows.map((row) => row.step), isPerBar),
    terms: {
      ...t,
      maxLeverage: t.isMargin ? t.maxLeverage : 1,
      liquidationFee: feeShare * t.maintenance,
      taker: t.taker / 10_000,
      maker: t.maker / 10_000,
      halfSpread: t.halfSpread / 10_000,
      slippage: t.slippage / 10_000,
      lot: t.lot / scale,
      tick: t.tick * scale,
      barMs: DAY_MS,
      funding: funding.toSorted((a, b) => a.bar - b.bar).map(({ mark, ...rest }) => (mark === undefined ? rest : { ...rest, mark: mark * scale })),
    },
  }));

function candlesOf(rows: readonly { gap: number; move: number; above: number; below: number; volume: number | null; missing: number }[], scale: number): Candle[] {
  let last = 200;
  let day = 0;
  return rows.map(({ gap, move, above, below, volume, missing }) => {
    const open = Math.max(20, last + gap);
    const close = Math.max(20, open + move);
    last = close;
    day += 1 + missing;
    const price = (halves: number): number => (halves / 2) * scale;
    return { timeMs: day * DAY_MS, open: price(open), high: price(Math.max(open, close) + above), low: price(Math.max(1, Math.min(open, close) - below)), close: price(close), volume };
  });
}

function wishesOf(steps: readonly { change: 'keep' | 'unknown' | number; stop: number; target: number; trail: number }[], isPerBar: boolean): Wish[] {
  let x: number | null = null;
  return steps.map(({ change, ...own }) => {
    if (change !== 'keep') x = change === 'unknown' ? null : change;
    const { stop, target, trail } = isPerBar ? own : steps[0];
    return { x, stop, target, trail };
  });
}

export function barsOf(candles: readonly Candle[], isAuction: boolean, funding: Terms['funding'] = []): Bars {
  const pick = (value: (candle: Candle) => number): number[] => candles.map(value);
  const bars = barsFromColumns(
    {
      openTimeMs: pick((c) => c.timeMs), open: pick((c) => c.open), high: pick((c) => c.high), low: pick((c) => c.low), close: pick((c) => c.close),
      volume: pick((c) => c.volume ?? Number.NaN),
    },
    DAY_MS,
    { venue: 'random', symbol: 'R/USD', kind: 'perpetual', calendar: '24/7', market: isAuction ? 'session' : 'continuous' },
  );
  return withFundingAt(bars, funding.map(({ bar, rate, mark }) => ({ bar, rate, markPrice: mark })));
}

/** Fractions as one number a run where they never change, so that both forms are walked. */
export function decisionsOf(wishes: readonly Wish[]): Decisions {
  const series = (value: (wish: Wish) => number): number | Float64Array => {
    const values = Float64Array.from(wishes, value);
    return values.every((v) => v === values[0]) ? values[0] : values;
  };
  return {
    exposure: Float64Array.from(wishes, ({ x }) => x ?? Number.NaN),
    stopLossFrac: series(({ stop }) => stop),
    takeProfitFrac: series(({ target }) => target),
    trailFrac: series(({ trail }) => trail),
  };
}

export function configOf(t: Terms): SimulationConfig {
  const config = simulationConfig('perpetual', {
    costs: { takerFeeBps: t.taker * 10_000, makerFeeBps: t.maker * 10_000, halfSpreadBps: t.halfSpread * 10_000, slippageBps: t.slippage * 10_000 },
    account: t.isMargin
      ? { kind: 'margin', initialCash: t.initialCash, maxLeverage: t.maxLeverage, maintenanceFrac: t.maintenance, liquidationFeeFrac: t.liquidationFee, borrowAnnFrac: t.borrow }
      : { kind: 'spot', initialCash: t.initialCash, borrowAnnFrac: t.borrow },
    rules: { lotStep: t.lot, tickSize: t.tick, minNotionalQuote: t.minNotional },
    intrabar: t.policy,
  });
  return { ...config, firstDecisionBar: t.firstDecisionBar, flattenAtEnd: t.flattenAtEnd };
}
