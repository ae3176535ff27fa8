import { DAY_MS, InputError } from '../../engine/index.ts';

/** Days between rows at most → periods a year. */
const CADENCES: readonly (readonly [number, number])[] = [[4, 252], [10, 52], [45, 12], [120, 4]];

const RETURNS = ['returns', 'portfolio', 'strategy_returns', 'r'];
const PERIODS: Readonly<Record<string, number>> = { daily: 252, weekly: 52, monthly: 12, quarterly: 4, yearly: 1, annual: 1 };

/** Inputs of a case by name; missing values (null) become NaN. */
export class Inputs {
  private readonly values: Record<string, unknown>;

  constructor(inputs: Record<string, unknown>, datasets: Record<string, unknown>) {
    this.values = { ...(typeof inputs.dataset === 'string' ? columnsOf(inputs.dataset, datasets) : {}), ...inputs };
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => this.values[name] !== undefined && this.values[name] !== null);
  }

  /** The first of some names that is given, as a number. */
  number(names: readonly string[], fallback?: number): number {
    for (const name of names) if (typeof this.values[name] === 'number') return this.values[name];
    if (fallback !== undefined) return fallback;
    throw missing(names);
  }

  list(...names: readonly string[]): number[] {
    for (const name of names) {
      const value = this.values[name];
      if (Array.isArray(value)) return value.map((part) => (part === null ? Number.NaN : Number(part)));
    }
    throw missing(names);
  }

  text(...names: readonly string[]): string {
    for (const name of names) if (typeof this.values[name] === 'string') return this.values[name];
    throw missing(names);
  }

  raw(name: string): unknown {
    return this.values[name];
  }

  /** Returns as they are given, or those of prices or an equity curve. */
  returns(): number[] {
    if (this.has(...RETURNS)) return this.list(...RETURNS);
    const prices = this.curve();
    return prices.slice(1).map((price, t) => price / prices[t] - 1);
  }

  /** Returns less a rate a period that is one number or one a row; 0 when none of the names is given. */
  returnsOver(names: readonly string[]): number[] {
    const name = names.find((one) => this.has(one));
    const rate = name === undefined ? 0 : this.values[name];
    const series = Array.isArray(rate) ? this.list(name as string) : null;
    return this.returns().map((r, t) => r - (series === null ? Number(rate) : series[t]));
  }

  /** Prices or equity as they are given, or the wealth of returns. */
  curve(): number[] {
    if (this.has('prices', 'equity', 'equity_daily', 'values', 'close')) return this.list('prices', 'equity', 'equity_daily', 'values', 'close');
    let wealth = 1;
    return [1, ...this.list(...RETURNS).map((r) => (wealth *= Number.isNaN(r) ? 1 : 1 + r))];
  }

  /** Share of the rows in the tail: stated, or one less a confidence. */
  cutoff(): number {
    const stated = this.number(['cutoff', 'alpha', 'quantile', 'tail', 'p', 'confidence', 'confidence_level'], 0.05);
    return stated > 0.5 ? 1 - stated : stated;
  }

  /** Periods a year: stated as a number or as `monthly`, or by the distance of a dataset's dates; 1, which leaves a figure per period, without either. */
  periodsPerYear(fallback = this.cadence()): number {
    const named = ['period', 'frequency', 'freq'].map((name) => this.values[name]).find((value) => typeof value === 'string');
    return this.number(['periods_per_year', 'annualization', 'annualization_factor', 'ann_factor', 'periods', 'scale'], PERIODS[String(named).toLowerCase()] ?? fallback);
  }

  private cadence(): number {
    const dates = this.values.dates ?? this.values.date;
    if (!Array.isArray(dates) || dates.length < 2) return 1;
    const days = (Date.parse(String(dates.at(-1))) - Date.parse(String(dates[0]))) / DAY_MS / (dates.length - 1);
    return CADENCES.find(([longest]) => days <= longest)?.[1] ?? 1;
  }

  /** Risk-free rate a period, as stated. */
  riskFreePerPeriod(): number {
    return this.number(['risk_free_per_period', 'risk_free', 'rf'], 0);
  }
}

/** Columns of a named dataset; a bare list is returns. */
function columnsOf(name: string, datasets: Record<string, unknown>): Record<string, unknown> {
  if (!Object.hasOwn(datasets, name)) throw new InputError('case-input-missing', `dataset must be one of the file's, was "${name}"`);
  const dataset = datasets[name];
  return Array.isArray(dataset) ? { returns: dataset } : (dataset as Record<string, unknown>);
}

function missing(names: readonly string[]): InputError {
  return new InputError('case-input-missing', `inputs must hold ${names.join(' or ')}, hold none`);
}
