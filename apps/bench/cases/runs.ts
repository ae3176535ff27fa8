import { barsPerYear, type Bars, HOUR_MS, MINUTE_MS, runBacktest } from '../../../engine/index.ts';
import type { BenchCase, Prepared, Setting } from '../case.ts';
import { randomWalkBars } from '../data/candles.ts';
import { DifferenceMeter } from '../reference/difference.ts';
import { referenceSmaCross } from '../reference/strategies.ts';
import { benchSmaCross } from '../strategies/sma-cross.ts';
import { CLOSE_FILLS, FEE_FRAC, NO_STOPS } from './sweep.ts';

const PARAMS = { fast: 20, slow: 100 } as const;

/** A run as the command line makes it: trades, every figure, buy-and-hold, the band, the look-ahead proof. */
function prepareRun(bars: Bars): Prepared {
  const run = () => runBacktest({ strategy: benchSmaCross, codeHash: 'bench', params: PARAMS, markets: [bars], config: CLOSE_FILLS });
  return {
    shape: `${bars.length} bars`,
    units: bars.length,
    prove() {
      const { metrics } = run();
      const expected = referenceSmaCross(bars, PARAMS, { feeFrac: FEE_FRAC, barsPerYear: barsPerYear(bars.timeframeMs, '24/7'), ...NO_STOPS });
      const meter = new DifferenceMeter(1e-9);
      meter.compare('total return', metrics.totalReturn ?? Number.NaN, expected.totalReturn);
      meter.compare('Sharpe ratio', metrics.sharpeAnn ?? Number.NaN, expected.sharpeAnn);
      meter.compare('drawdown', metrics.maxDrawdown ?? Number.NaN, expected.maxDrawdown);
      meter.compare('trades', metrics.trades ?? Number.NaN, expected.trades);
      return meter.proof('a plain loop');
    },
    run: () => void run(),
  };
}

const barsOf = ({ size }: Setting, full: number, timeframeMs: number): Bars =>
  randomWalkBars({ bars: size === 'full' ? full : 2_000, timeframeMs, volatility: timeframeMs === HOUR_MS ? 0.008 : 0.001, seed: 9 });

export const RUN_CASES: readonly BenchCase[] = [
  {
    name: 'run-10k', what: 'one whole run: trades, all figures, buy-and-hold, band, look-ahead proof', unit: 'bars', quantity: 'processor', isGated: false, goals: [],
    prepare: (setting) => prepareRun(barsOf(setting, 10_000, HOUR_MS)),
  },
  {
    name: 'run-1m', what: 'the same on a million bars', unit: 'bars', quantity: 'processor', isGated: false, goals: [],
    prepare: (setting) => prepareRun(barsOf(setting, 1_000_000, MINUTE_MS)),
  },
];
