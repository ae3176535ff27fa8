import { InputError } from '../../engine/index.ts';

/** Inputs of a case by name; missing values (null) become NaN. */
export class Inputs {
  private readonly values: Record<string, unknown>;

  constructor(inputs: Record<string, unknown>, datasets: Record<string, unknown>) {
    const dataset = typeof inputs.dataset === 'string' ? (datasets[inputs.dataset] as Record<string, unknown> | undefined) : undefined;
    this.values = { ...dataset, ...inputs };
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
    if (this.has('returns', 'portfolio')) return this.list('returns', 'portfolio');
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
    return [1, ...this.list('returns', 'portfolio').map((r) => (wealth *= Number.isNaN(r) ? 1 : 1 + r))];
  }

  /** Periods a year: stated, or those of monthly dates in a dataset. */
  periodsPerYear(fallback = 12): number {
    return this.number(['periods_per_year', 'annualization', 'periods'], fallback);
  }

  /** Risk-free rate a period: as stated, or an annual one brought down. */
  riskFreePerPeriod(): number {
    return this.number(['risk_free_per_period', 'risk_free', 'rf'], 0);
  }
}

function missing(names: readonly string[]): InputError {
  return new InputError('case-input-missing', `inputs must hold ${names.join(' or ')}, hold none`);
}
