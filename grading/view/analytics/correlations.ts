import { correlation, dailyReturns } from '../../../engine/index.ts';
import type { SymbolBars } from './bars-of-market.ts';

export interface Correlated {
  readonly name: string;
  readonly correlation: number;
  /** Days that both have. */
  readonly days: number;
}

export interface Correlations {
  readonly of: SymbolBars;
  /** Strongest first, by absolute value. */
  readonly others: readonly Correlated[];
}

/** Below so many common days a correlation says nothing. */
const FEWEST_DAYS = 20;

/** Correlations of daily returns over the days that a pair has in common, among the last `days`. */
export function correlations(asked: readonly SymbolBars[], among: readonly SymbolBars[], days: number): Correlations[] {
  const returns = new Map(among.map((one) => [nameOf(one), returnsByDay(one, days)]));
  return asked.map((of) => {
    const own = returns.get(nameOf(of)) ?? returnsByDay(of, days);
    const others = [...returns].flatMap(([name, theirs]) => (name === nameOf(of) ? [] : pairOf(name, own, theirs)));
    return { of, others: others.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation) || (a.name < b.name ? -1 : 1)) };
  });
}

export function nameOf({ market: { venue, symbol } }: SymbolBars): string {
  return `${venue}:${symbol}`;
}

function returnsByDay({ bars }: SymbolBars, days: number): ReadonlyMap<number, number> {
  const { timeMs, returns } = dailyReturns(bars.close, bars.openTimeMs, bars.timeframeMs);
  const from = Math.max(0, timeMs.length - days);
  return new Map(Array.from(timeMs.subarray(from), (day, i) => [day, returns[from + i]]));
}

function pairOf(name: string, own: ReadonlyMap<number, number>, theirs: ReadonlyMap<number, number>): Correlated[] {
  const common = [...own.keys()].filter((day) => theirs.has(day));
  if (common.length < FEWEST_DAYS) return [];
  const value = correlation(common.map((day) => own.get(day) ?? 0), common.map((day) => theirs.get(day) ?? 0));
  return value === null ? [] : [{ name, correlation: value, days: common.length }];
}
