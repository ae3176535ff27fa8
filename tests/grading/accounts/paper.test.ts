import { describe, expect, it } from 'vitest';
import { syntheticMarket } from '../../../datasets/index.ts';
import {
  type Bars, DAY_MS, type Fill, HOUR_MS, kernels, seededRandom, simulateOrders, SimulationBuffers, type SimulationConfig, simulationConfig, ZERO_COSTS,
} from '../../../engine/index.ts';
import { type BarBook, closeTimeMs, createPaperAccount, PAPER_RULE, type PaperRule, type Processor, type SignalSide } from '../../../grading/index.ts';
import { handMarket } from '../../support/hand-market.ts';
import { arrivalsOf, createTestBook, drive, expectRestorable, marketOf, payloadsOf } from '../../support/processors.ts';
import { withGrades } from '../../support/trader-grade.ts';

const marketsOf = (markets: readonly Bars[]) => markets.map(({ instrument, timeframeMs }) => marketOf({ ...instrument, timeframeMs }));

function assembly(markets: readonly Bars[], config: SimulationConfig, rule: PaperRule = PAPER_RULE): () => Processor[] {
  const { book } = createTestBook([], 2000);
  return () => {
    const bars: BarBook & Processor = book();
    return [bars, createPaperAccount({ id: 'main', bars, markets: marketsOf(markets), config, rule })];
  };
}

/** Signals that change now and then, by market and time. */
function randomSignals(markets: readonly Bars[], seed: number): Map<string, SignalSide> {
  const random = seededRandom(seed, 'paper-signals');
  return new Map(markets.flatMap(({ instrument: { symbol }, openTimeMs, timeframeMs }) => {
    let signal: SignalSide = 0;
    return [...openTimeMs].map((time) => {
      if (random() < 0.15) signal = (Math.floor(3 * random()) - 1) as SignalSide;
      return [`${symbol} ${time + timeframeMs}`, signal] as const;
    });
  }));
}

function batch(markets: readonly Bars[], config: SimulationConfig, signals: ReadonlyMap<string, SignalSide>): { equity: Float64Array; fills: Fill[] } {
  const fills: Fill[] = [];
  const out = new SimulationBuffers();
  const decisions = markets.map(({ openTimeMs, timeframeMs, instrument: { symbol } }) => ({
    exposure: Float64Array.from(openTimeMs, (time) => (signals.get(`${symbol} ${time + timeframeMs}`) ?? 0) / markets.length), stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0,
  }));
  simulateOrders({ markets, config, driver: { decisions }, onFill: (fill) => fills.push(fill) }, out);
  return { equity: out.equity, fills };
}

describe('a paper account', () => {
  it('is worked out by hand: bought at the open after the signal, 10 bps a fill, sold at the open after it ends', () => {
    const bars = handMarket('A', [100, [100, 110], [110, 121], [121, 121], 121]);
    const config = simulationConfig('spot', { costs: { ...ZERO_COSTS, takerFeeBps: 10 } });
    const signals = [1, 1, 0, 0, 0];
    const arrivals = withGrades(arrivalsOf([bars]), ({ openTimeMs }) => ({ signal: signals[openTimeMs / DAY_MS] as SignalSide }));
    const batches = drive(assembly([bars], config), arrivals);
    const qty = 10_000 / 100.1;
    const fills = payloadsOf(batches, 'paper_filled');
    expect(fills).toHaveLength(2);
    expect(fills[0]).toMatchObject({ accountId: 'main', symbol: 'hand:A', atMs: DAY_MS, side: 'buy', price: 100, slippageQuote: 0, model: null, reason: 'signal 1 at 1970-01-02T00:00:00Z' });
    expect(fills[0].qtyBase).toBeCloseTo(qty, 9);
    expect(fills[1]).toMatchObject({ atMs: 3 * DAY_MS, side: 'sell', price: 121, reason: 'signal 0 at 1970-01-04T00:00:00Z' });
    const values = payloadsOf(batches, 'paper_valued');
    expect(values.map(({ equityQuote }) => equityQuote)).toEqual([10_000, 110 * qty, 121 * qty, 121 * qty * 0.999, 121 * qty * 0.999].map((value) => expect.closeTo(value, 6)));
    expect(values.map(({ holdEquityQuote }) => holdEquityQuote)).toEqual([10_000, 110 * qty, 121 * qty, 121 * qty, 121 * qty].map((value) => expect.closeTo(value, 6)));
    expect(values[1]).toMatchObject({ atMs: 2 * DAY_MS, cashQuote: expect.closeTo(0, 6), positions: { 'hand:A': expect.closeTo(qty, 9) } });
  });

  it.each([
    ['spot with lots, ticks and a least notional', simulationConfig('spot', { rules: { lotStep: 0.1, tickSize: 0.01, minNotionalQuote: 50 } })],
    ['spot rebalanced by a band', simulationConfig('spot', { rebalance: { kind: 'band', bandFrac: 0.02 } })],
    ['margin with caps, borrow and impact', simulationConfig('spot', { account: { kind: 'margin', borrowAnnFrac: 0.1 }, caps: { perInstrument: 0.3, gross: 0.5 }, costs: { impactBps: 20 } })],
    ['a venue whose fees fall with volume', simulationConfig('spot', { venue: 'binance-spot', rebalance: { kind: 'schedule', everyMs: 6 * HOUR_MS } })],
  ])('equals a batch run of the engine: %s', (_name, config) => {
    const { markets } = syntheticMarket({ kind: 'correlated', seed: 5, bars: 24 * 20, coins: 3, missingFrac: 0.02 });
    // The last market comes late.
    const late = [markets[0], markets[1], { ...markets[2], ...handSlice(markets[2], 100) }];
    const signals = randomSignals(late, 7);
    const arrivals = withGrades(arrivalsOf(late), (bar) => ({ signal: signals.get(`${bar.symbol} ${closeTimeMs(bar)}`) ?? null }));
    const batches = drive(assembly(late, config), arrivals);
    const expected = batch(late, config, signals);
    const fills = payloadsOf(batches, 'paper_filled');
    expect(fills.length).toBeGreaterThan(50);
    expect(fills.map(({ qtyBase, price, feeQuote, side }) => [side === 'buy' ? qtyBase : -qtyBase, price, feeQuote])).toEqual(expected.fills.map(({ qtyBase, price, feeQuote }) => [qtyBase, price, feeQuote]));
    const times = [...new Set(late.flatMap(({ openTimeMs }) => [...openTimeMs]))].sort((a, b) => a - b);
    const equityAt = new Map(times.map((time, t) => [time + HOUR_MS, expected.equity[t]]));
    const values = payloadsOf(batches, 'paper_valued').filter(({ atMs }) => equityAt.has(atMs));
    expect(values.length).toBeGreaterThan(15);
    for (const { atMs, equityQuote } of values) expect(Math.abs(equityQuote / (equityAt.get(atMs) ?? 0) - 1)).toBeLessThan(1e-9);
  });

  it('sizes to a volatility once, when the signal comes', () => {
    const { bars } = syntheticMarket({ kind: 'noise', seed: 3, bars: 30, timeframeMs: DAY_MS });
    const config = simulationConfig('spot', { costs: ZERO_COSTS });
    const rule: PaperRule = { ...PAPER_RULE, sizing: { kind: 'volatility-target', annualVolFrac: 0.2, windowBars: 10 } };
    const arrivals = withGrades(arrivalsOf([bars]), ({ openTimeMs }) => ({ signal: openTimeMs >= bars.openTimeMs[15] ? 1 : 0 }));
    const [fill, ...others] = payloadsOf(drive(assembly([bars], config, rule), arrivals), 'paper_filled');
    const volatility = kernels.realisedVolatility(bars.close.slice(0, 16), 10, { barsPerYear: 365 })[15];
    expect(others).toEqual([]);
    expect(fill.qtyBase * fill.price).toBeCloseTo((10_000 * 0.2) / volatility, 6);
  });

  it('holds on or goes flat where a grade has no signal, as its rule says, and may follow one model', () => {
    const bars = handMarket('A', [100, 100, 100, 100]);
    const config = simulationConfig('spot', { costs: ZERO_COSTS });
    const stated = [1, null, null, null] as const;
    const arrivals = withGrades(arrivalsOf([bars]), ({ openTimeMs }) => ({ signal: stated[openTimeMs / DAY_MS] }));
    expect(payloadsOf(drive(assembly([bars], config), arrivals), 'paper_filled')).toHaveLength(1);
    expect(payloadsOf(drive(assembly([bars], config, { ...PAPER_RULE, missing: 'flat' }), arrivals), 'paper_filled').map(({ side, atMs }) => [side, atMs / DAY_MS])).toEqual([['buy', 1], ['sell', 2]]);
    expect(payloadsOf(drive(assembly([bars], config, { ...PAPER_RULE, model: 'other@1' }), arrivals), 'paper_filled')).toEqual([]);
  });

  it('is the same after a restart at any entry', () => {
    const { markets } = syntheticMarket({ kind: 'correlated', seed: 5, bars: 24 * 4, coins: 2 });
    const signals = randomSignals(markets, 2);
    const arrivals = withGrades(arrivalsOf(markets), (bar) => ({ signal: signals.get(`${bar.symbol} ${closeTimeMs(bar)}`) ?? null }));
    const batches = expectRestorable(assembly(markets, simulationConfig('spot', { rebalance: { kind: 'band', bandFrac: 0.01 } })), arrivals, { every: 13, batches: 80 });
    expect(payloadsOf(batches, 'paper_filled').length).toBeGreaterThan(10);
  });

  it('refuses what cannot be heard bar by bar', () => {
    const bars = handMarket('A', [100]);
    expect(() => assembly([bars], simulationConfig('spot', { execution: { latencyBars: 1 } }))()).toThrow(/latencyBars must be 0/);
    expect(() => assembly([], simulationConfig('spot'))()).toThrow(/at least one/);
  });
});

function handSlice(bars: Bars, from: number): Pick<Bars, 'openTimeMs' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'length'> {
  const [openTimeMs, open, high, low, close, volume] = [bars.openTimeMs, bars.open, bars.high, bars.low, bars.close, bars.volume].map((column) => column.slice(from));
  return { openTimeMs, open, high, low, close, volume, length: openTimeMs.length };
}
