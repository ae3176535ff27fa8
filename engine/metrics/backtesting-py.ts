import { DAY_MS } from '../core/index.ts';
import type { Trade } from '../simulate/index.ts';
import { beta } from './benchmark-relative.ts';
import { drawdowns, durationOf, maxDrawdown } from './drawdown.ts';
import { greatest, least } from './extremes.ts';
import { momentsOf } from './series-moments.ts';
import { kellyOfTrades, sqn, tradeSums, winRate } from './trade-statistics.ts';

export interface BacktestingPyInput {
  /** Account value at each daily close. */
  readonly equity: ArrayLike<number>;
  readonly close: ArrayLike<number>;
  readonly openTimeMs: ArrayLike<number>;
  readonly trades: readonly Trade[];
  /** First bar at which the strategy could trade: buy-and-hold begins at its close. */
  readonly firstBar: number;
}

/**
 * The statistics of backtesting.py by its own names and conventions, for comparison with its results; daily bars.
 *
 * Annual figures compound the geometric mean of daily returns, the first of which is 0; volatility is that of a compounded year; exposure
 * counts entry and exit bars; an unrecovered drawdown runs to the end; the profit factor is of trade returns. Durations are whole days.
 *
 * null    what is not defined
 * source  backtesting.py, backtesting/_stats.py (conventions); statistics.md §1
 */
export function backtestingPyStatistics(input: BacktestingPyInput): Record<string, number | null> {
  const { equity, close, openTimeMs, firstBar } = input;
  const last = equity.length - 1;
  const buyAndHold = close[last] / close[firstBar] - 1;
  const totalReturn = equity[last] / equity[0] - 1;
  const market = marketBeta(equity, close);
  return {
    'Duration': (openTimeMs[last] - openTimeMs[0]) / DAY_MS,
    'Exposure Time [%]': 100 * exposureOf(input),
    'Equity Final [$]': equity[last],
    'Equity Peak [$]': greatest(equity),
    'Return [%]': 100 * totalReturn,
    'Buy & Hold Return [%]': 100 * buyAndHold,
    'Alpha [%]': market === null ? null : 100 * (totalReturn - market * buyAndHold),
    'Beta': market,
    ...annualFigures(input),
    ...drawdownFigures(input),
    ...tradeFigures(input.trades),
  };
}

function annualFigures({ equity, openTimeMs }: BacktestingPyInput): Record<string, number | null> {
  const n = equity.length;
  const returns = Array.from({ length: n - 1 }, (_, t) => equity[t + 1] / equity[t] - 1);
  const daysPerYear = tradesOnWeekends(openTimeMs) ? 365 : 252;
  const daily = geometricMean([0, ...returns]);
  const { m2, count } = momentsOf(returns);
  const annual = (1 + daily) ** daysPerYear - 1;
  const volatility = Math.sqrt((m2 / (count - 1) + (1 + daily) ** 2) ** daysPerYear - (1 + daily) ** (2 * daysPerYear));
  const downside = Math.sqrt(returns.reduce((sum, r) => sum + Math.min(r, 0) ** 2, 0) / returns.length) * Math.sqrt(daysPerYear);
  const years = (openTimeMs[n - 1] - openTimeMs[0]) / DAY_MS / daysPerYear;
  const deepest = maxDrawdown(equity) ?? 0;
  return {
    'Return (Ann.) [%]': 100 * annual,
    'Volatility (Ann.) [%]': 100 * volatility,
    'CAGR [%]': 100 * ((equity[n - 1] / equity[0]) ** (1 / years) - 1),
    'Sharpe Ratio': volatility > 0 ? annual / volatility : null,
    'Sortino Ratio': downside > 0 ? annual / downside : null,
    'Calmar Ratio': deepest < 0 ? annual / -deepest : null,
  };
}

function drawdownFigures({ equity, openTimeMs }: BacktestingPyInput): Record<string, number | null> {
  const falls = drawdowns(equity).filter((fall) => durationOf(fall, equity.length) > 1);
  const days = falls.map(({ peak, recovery }) => (openTimeMs[recovery ?? equity.length - 1] - openTimeMs[peak]) / DAY_MS);
  return {
    'Max. Drawdown [%]': 100 * (maxDrawdown(equity) ?? 0),
    'Avg. Drawdown [%]': falls.length > 0 ? 100 * mean(falls.map(({ depth }) => depth)) : null,
    'Max. Drawdown Duration': days.length > 0 ? greatest(days) : null,
    'Avg. Drawdown Duration': days.length > 0 ? Math.ceil(mean(days)) : null,
  };
}

function tradeFigures(trades: readonly Trade[]): Record<string, number | null> {
  if (trades.length === 0) return { '# Trades': 0 };
  const returns = trades.map((trade) => trade.returnFrac);
  const days = trades.map((trade) => (trade.exitTimeMs - trade.entryTimeMs) / DAY_MS);
  const pnl = trades.map((trade) => trade.pnlQuote);
  const sums = tradeSums(pnl);
  const lost = -returns.filter((r) => r < 0).reduce((sum, r) => sum + r, 0);
  const share = winRate(sums);
  return {
    '# Trades': trades.length,
    'Win Rate [%]': share === null ? null : 100 * share,
    'Best Trade [%]': 100 * greatest(returns),
    'Worst Trade [%]': 100 * least(returns),
    'Avg. Trade [%]': 100 * geometricMean(returns),
    'Max. Trade Duration': Math.ceil(greatest(days)),
    'Avg. Trade Duration': Math.ceil(mean(days)),
    'Profit Factor': lost > 0 ? returns.filter((r) => r > 0).reduce((sum, r) => sum + r, 0) / lost : null,
    'Expectancy [%]': 100 * mean(returns),
    'SQN': sqn(pnl),
    'Kelly Criterion': kellyOfTrades(sums),
  };
}

function exposureOf({ trades, equity }: BacktestingPyInput): number {
  const held = new Uint8Array(equity.length);
  for (const { entryBar, exitBar } of trades) held.fill(1, entryBar, exitBar + 1);
  return held.reduce((sum, bar) => sum + bar, 0) / equity.length;
}

/** Beta of the log returns of equity on those of the price. */
function marketBeta(equity: ArrayLike<number>, close: ArrayLike<number>): number | null {
  const logs = (values: ArrayLike<number>): number[] => Array.from({ length: values.length - 1 }, (_, t) => Math.log(values[t + 1] / values[t]));
  return beta(logs(equity), logs(close));
}

function tradesOnWeekends(openTimeMs: ArrayLike<number>): boolean {
  const weekend = Array.from(openTimeMs).filter((time) => [0, 6].includes(new Date(time).getUTCDay())).length;
  return weekend / openTimeMs.length > (2 / 7) * 0.6;
}

function geometricMean(returns: readonly number[]): number {
  if (returns.some((r) => r <= -1)) return 0;
  return Math.exp(mean(returns.map(Math.log1p))) - 1;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
