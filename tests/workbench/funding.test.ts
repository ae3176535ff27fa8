import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resampleBars } from '../../datasets/index.ts';
import { alignBars, barsFromColumns, type Bars, defineStrategy, HOUR_MS, sliceBars, withFunding, withMark } from '../../engine/index.ts';
import { backtest, loadBars, sweepStudy, walkForwardStudy } from '../../workbench/index.ts';
import { randomWalk } from '../support/small-market.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const walk = randomWalk(2000);
const perpetual = (symbol = 'BTC/USDT'): Bars => barsFromColumns({ ...walk, openTimeMs: walk.openTimeMs.map((_, t) => t * HOUR_MS) }, HOUR_MS, { ...walk.instrument, symbol, kind: 'perpetual', calendar: '24/7' });
const paying = (bars: Bars, rate: number, to = bars.length): Bars => {
  const timeMs = bars.openTimeMs.subarray(0, to).filter((time) => time % (8 * HOUR_MS) === 0);
  return withFunding(bars, { timeMs, rate: timeMs.map(() => rate) });
};
const missing = { name: 'InputError', code: 'funding-missing', message: expect.stringMatching(/assay data funding <dataset> <file>.*--funding FILE.*--funding none/) as string };

describe('a perpetual without funding data', () => {
  const request = { strategy: 'ema-cross', data: perpetual(), axes: { fastBars: [5, 8], slowBars: [30] }, workers: 1, cacheDir: folder, ledger: null };

  it('is refused by backtest, sweep and walk-forward, and says what to do', async () => {
    await expect(backtest(request)).rejects.toMatchObject(missing);
    await expect(sweepStudy({ ...request, directory: join(folder, 'sweeps') })).rejects.toMatchObject(missing);
    await expect(walkForwardStudy({ ...request, windows: { train: '20d', test: '10d' } })).rejects.toMatchObject(missing);
  });

  it('runs when the user says that none is paid, and the run says so', async () => {
    const run = await backtest({ ...request, funding: 'none' });
    expect(run.totals.waterfall.fundingQuote).toBe(0);
    expect(run.spec.markets[0]).toMatchObject({ funding: null, hasMark: false });
    expect(run.warnings).toContain('no funding is paid, as asked');
  });

  it('is the same whether its funding is left out or not there', async () => {
    const without = await backtest({ ...request, funding: 'none' });
    const ignored = await backtest({ ...request, data: paying(perpetual(), 0.001), funding: 'none' });
    expect(ignored.equity).toEqual(without.equity);
  });
});

describe('funding that comes with the bars', () => {
  const request = { strategy: 'ema-cross', cacheDir: folder, ledger: null };

  it('is in the waterfall and in what the run says of its market', async () => {
    const run = await backtest({ ...request, data: paying(perpetual(), 0.0005) });
    expect(run.totals.waterfall.fundingQuote).not.toBe(0);
    expect(run.spec.markets[0].funding).toEqual({ payments: 250, intervalMs: 8 * HOUR_MS, firstTimeMs: 0, lastTimeMs: 1992 * HOUR_MS });
    expect(run.warnings.join()).not.toMatch(/funding/);
  });

  it('is warned of where it does not reach across the bars', async () => {
    const run = await backtest({ ...request, data: paying(perpetual(), 0.0005, 1000) });
    expect(run.warnings).toContain('funding of BTC/USDT is known from 1970-01-01T00:00:00Z to 1970-02-11T08:00:00Z only: nothing is paid in the other bars');
  });

  it('goes into a sweep’s workers and into walk-forward windows', async () => {
    const axes = { fastBars: [5, 8], slowBars: [30] };
    const sweeps = await Promise.all([0, 0.001].map((rate) => sweepStudy({ ...request, axes, workers: 1, data: paying(perpetual(), rate), directory: join(folder, 'sweeps') })));
    expect(sweeps[0].best[0]?.metrics?.finalEquity).not.toBe(sweeps[1].best[0]?.metrics?.finalEquity);
    const walkForward = await walkForwardStudy({ ...request, axes, workers: 1, data: paying(perpetual(), 0.001), windows: { train: '20d', test: '10d' } });
    expect(walkForward.waterfall.fundingQuote).not.toBe(0);
    expect(walkForward.spec.markets[0].funding?.payments).toBe(250);
  });

  it('is paid by several legs, which the event engine then walks', async () => {
    const pair = [paying(perpetual(), 0.001), paying(perpetual('ETH/USDT'), -0.002)];
    const longBoth = defineStrategy({
      id: 'long-both', summary: 'Half in each.', params: {}, legs: 2, warmupBars: () => 1,
      legExposures: (legs) => legs.map(({ close }) => new Float64Array(close.length).fill(0.5)),
    });
    const run = await backtest({ strategy: longBoth, data: pair, cacheDir: folder, ledger: null });
    expect(run.engine).toEqual({ engine: 'event engine', reasons: ['funding inside bars'] });
    expect(run.totals.waterfall.fundingQuote).toBeGreaterThan(0);
  });

  it('and mark prices stay with bars that are put on one clock or resampled', () => {
    const marked = withMark(paying(perpetual(), 0.001), { open: walk.open, high: walk.high, low: walk.low, close: walk.close.map((x, t) => (t === 30 ? Number.NaN : x)) });
    const [, aligned] = alignBars([sliceBars(perpetual('ETH/USDT'), 100, 200), marked]);
    expect([aligned.length, aligned.funding?.timeMs[0], aligned.funding?.timeMs.length, aligned.mark?.open[0]]).toEqual([100, 104 * HOUR_MS, 12, walk.open[100]]);
    const days = resampleBars(marked, 24 * HOUR_MS);
    expect([days.length, days.funding?.timeMs.length, days.mark?.close[0], days.mark?.close[1], days.mark?.open[2]]).toEqual([83, 249, walk.close[23], Number.NaN, walk.open[48]]);
  });
});

describe('files of funding and mark prices beside candles', () => {
  const rows = Array.from({ length: 100 }, (_, t) => t);
  const start = Date.UTC(2024, 0, 1);
  const candles = (factor: number): string => ['time,open,high,low,close', ...rows.map((t) => `${start + t * HOUR_MS},${[100 + t, 102 + t, 99 + t, 101 + t].map((x) => x * factor).join(',')}`)].join('\n');
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const funding = write('rates.csv', ['time,funding', ...rows.filter((t) => t % 8 === 0).map((t) => `${start + t * HOUR_MS},0.0001`)].join('\n'));
  const mark = write('mark.csv', candles(1.01));
  const trades = write('candles.csv', candles(1));

  it('make a file that does not say what it is of a perpetual', async () => {
    const bars = await loadBars(trades, { funding, mark, from: start + 10 * HOUR_MS });
    expect(bars.instrument.kind).toBe('perpetual');
    expect([bars.length, bars.funding?.timeMs[0], bars.funding?.timeMs.length, bars.mark?.open[0]]).toEqual([90, start + 16 * HOUR_MS, 11, 110 * 1.01]);
    expect((await loadBars(trades)).instrument.kind).toBe('spot');
    await expect(loadBars(trades, { funding, kind: 'spot' })).rejects.toMatchObject({ code: 'funding-on-spot' });
  });
});

const SHARED = resolve(import.meta.dirname, '../../../shared/data');

describe.runIf(existsSync(SHARED))('two years of funding of BTC/USDT on Binance', () => {
  const funding = join(SHARED, 'funding/BTC_USDT_USDT-8h-funding_rate.feather');

  it('cost who holds q × Σ rate × price at each payment', async () => {
    const hours = await loadBars(join(SHARED, 'parquet/BTCUSDT_1h.parquet'), { symbol: 'BTC/USDT', funding, from: '2023-12-01', to: '2025-11-16' });
    const bars = resampleBars(hours, 8 * HOUR_MS);
    expect([bars.length, bars.funding?.timeMs.length]).toEqual([2148, 2148]);
    const request = { strategy: 'donchian-breakout', data: bars, costs: { takerFeeBps: 0, makerFeeBps: 0, halfSpreadBps: 0, slippageBps: 0 }, cacheDir: folder, ledger: null };
    const [paid, free] = await Promise.all([backtest(request), backtest({ ...request, funding: 'none' })]);
    const decided = free.benchmark.equity.findIndex((value) => value !== 10_000);
    const qty = 10_000 / bars.open[decided];
    const rates = bars.funding?.rate ?? new Float64Array(0);
    let owed = 0;
    for (let t = decided + 1; t < bars.length; t++) owed += qty * bars.open[t] * rates[t];
    expect(owed).toBeGreaterThan(2000);
    expect((free.benchmark.metrics.finalEquity ?? 0) - (paid.benchmark.metrics.finalEquity ?? 0)).toBeCloseTo(owed, 6);
  });
});
