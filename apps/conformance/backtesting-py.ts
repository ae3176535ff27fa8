import {
  backtestingPyStatistics as statisticsOf, type Bars, barsFromColumns, DAY_MS, InputError, kernels, simulate, SimulationBuffers, simulationConfig, type Trade,
  ZERO_COSTS,
} from '../../engine/index.ts';
import type { ConformanceCase } from './case.ts';
import type { Inputs } from './inputs.ts';
import { statisticNamed } from './statistic-names.ts';

interface Simulated {
  readonly bars: Bars;
  readonly equity: Float64Array;
  readonly trades: readonly Trade[];
  readonly firstBar: number;
}

/** Rows of [entry bar, exit bar, signed size, entry price, exit price, profit] of the moving-average reversal. */
export function smaCrossTrades(inputs: Inputs): number[][] {
  return simulateSmaCross(inputs).trades.map((t) => [
    t.entryBar, t.exitBar, t.side === 'long' ? t.qtyBase : -t.qtyBase, t.entryPrice, t.exitPrice, t.pnlQuote,
  ]);
}

/** The statistics that a case expects, found by name whatever its spelling: `Return [%]`, `return_pct`, `returnPct`. */
export function backtestingPyStatistics(inputs: Inputs, { expected }: ConformanceCase): Record<string, unknown> {
  const { bars, equity, trades, firstBar } = simulateSmaCross(inputs);
  const known = statisticsOf({ equity, close: bars.close, openTimeMs: bars.openTimeMs, trades, firstBar });
  return Object.fromEntries(Object.keys(expected as object).map((name) => [name, statisticNamed(name, known)]));
}

/**
 * backtesting.py's example through the engine: whole units, no costs, always in the market after the first cross, filled at the next open, and
 * closed at the last open as that project does when it is told to finalise.
 */
function simulateSmaCross(inputs: Inputs): Simulated {
  const bars = barsOf(inputs);
  const fast = kernels.sma(bars.close, inputs.number(['fast', 'n1', 'fast_window'], 10));
  const slowBars = inputs.number(['slow', 'n2', 'slow_window'], 30);
  const slow = kernels.sma(bars.close, slowBars);
  const exposure = new Float64Array(bars.length);
  for (let t = slowBars; t < bars.length - 2; t++) {
    if (fast[t - 1] < slow[t - 1] && fast[t] > slow[t]) exposure[t] = 1;
    else if (fast[t - 1] > slow[t - 1] && fast[t] < slow[t]) exposure[t] = -1;
    else exposure[t] = exposure[t - 1];
  }
  const config = simulationConfig('spot', { costs: ZERO_COSTS, account: { kind: 'margin', initialCash: inputs.number(['cash'], 10_000) }, rules: { lotStep: 1 } });
  const buffers = new SimulationBuffers();
  simulate(bars, { exposure, stopLossFrac: 0, takeProfitFrac: 0, trailFrac: 0 }, config, buffers);
  return { bars, equity: buffers.equity, trades: buffers.trades.toTrades(bars.openTimeMs), firstBar: slowBars - 1 };
}

function barsOf(inputs: Inputs): Bars {
  const dates = inputs.raw('date');
  if (!Array.isArray(dates)) throw new InputError('case-input-missing', 'inputs must hold daily bars with dates');
  return barsFromColumns(
    {
      openTimeMs: dates.map((date) => Date.parse(String(date))),
      open: inputs.list('open'), high: inputs.list('high'), low: inputs.list('low'), close: inputs.list('close'), volume: inputs.list('volume'),
    },
    DAY_MS,
    { venue: 'conformance', symbol: 'STOCK/USD', kind: 'spot', calendar: 'session', market: 'session' },
  );
}

/** A bought position with a target that the open jumps over: it fills at that open; fees are fixed plus a rate, a side. */
export function gappedTargetCosts(inputs: Inputs): Record<string, number> {
  const prices = inputs.list('prices_all_fields');
  const order = /buy (\d+(?:\.\d+)?) at take profit (\d+(?:\.\d+)?), order on bar index (\d+)/.exec(inputs.text('order'));
  if (order === null) throw new InputError('case-input-missing', 'order must say: buy N at take profit P, order on bar index I');
  const [size, target, bar] = order.slice(1).map(Number);
  const fee = (price: number): number => inputs.number(['fixed_commission_per_side'], 0) + inputs.number(['rate_per_side'], 0) * size * price;
  const entry = prices[bar + 1];
  const exit = prices.slice(bar + 2).find((price) => price >= target) ?? entry;
  const commissions = fee(entry) + fee(exit);
  return { commissions, equity_final: inputs.number(['cash']) + size * (exit - entry) - commissions };
}
