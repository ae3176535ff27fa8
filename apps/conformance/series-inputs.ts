import { InputError } from '../../engine/index.ts';
import { bare } from './asked.ts';
import type { ConformanceCase } from './case.ts';

type Columns = Readonly<Record<string, unknown>>;

/** Inputs of a case about series: stated in place, or columns of its dataset by name, by number, or as `diff(log(cpi))`. */
export class SeriesInputs {
  private readonly given: Columns;
  private readonly dataset: unknown;

  constructor({ inputs }: ConformanceCase, datasets: Record<string, unknown>) {
    this.given = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [bare(name), value]));
    const name = this.given.dataset;
    if (typeof name === 'string' && !Object.hasOwn(datasets, name)) throw new InputError('case-input-missing', `dataset must be one of the file's, was "${name}"`);
    this.dataset = typeof name === 'string' ? datasets[name] : name;
  }

  /** The first of some names (bare) that is given and not null. */
  value(...names: readonly string[]): unknown {
    return names.map((name) => this.given[name]).find((value) => value !== undefined && value !== null);
  }

  number(names: readonly string[], fallback?: number): number {
    const value = this.value(...names) ?? fallback;
    if (typeof value !== 'number') throw new InputError('case-input-missing', `inputs must hold a number ${names.join(' or ')}, hold ${JSON.stringify(value) ?? 'none'}`);
    return value;
  }

  text(...names: readonly string[]): string {
    const value = this.value(...names);
    return typeof value === 'string' ? value : '';
  }

  /** One series under one of some names; without any, the dataset's only column of numbers. */
  series(...names: readonly string[]): Float64Array {
    const value = this.value(...names);
    const found = value === undefined ? this.onlyColumn() : this.resolve(value);
    if (found === null) throw new InputError('case-input-missing', `inputs must hold a series ${names.join(' or ')}, hold ${JSON.stringify(value) ?? 'none'}`);
    return found;
  }

  /** Several series: a list of names, numbers or series, or one of them; without any, all columns of the dataset. */
  several(...names: readonly string[]): Float64Array[] {
    const value = this.value(...names);
    if (value === undefined) return Object.values(this.columns()).flatMap((column) => this.resolve(column) ?? []);
    const isMany = Array.isArray(value) && value.some((part) => typeof part === 'string' || Array.isArray(part) || this.isColumnNumber(part));
    const found = (isMany ? (value as unknown[]) : [value]).map((part) => this.resolve(part));
    const whole = found.filter((series) => series !== null);
    if (whole.length !== found.length) throw new InputError('case-input-missing', `${names[0]} must name columns of the dataset, was ${JSON.stringify(value)}`);
    return isMany && isRows(value) ? transposed(whole) : whole;
  }

  /** A column of the dataset whose bare name is this, as it is written. */
  datasetColumn(name: string): unknown {
    return Object.entries(this.columns()).find(([key]) => bare(key) === name)?.[1];
  }

  private isColumnNumber(part: unknown): boolean {
    return typeof part === 'number' && isRows(this.rows());
  }

  private resolve(value: unknown): Float64Array | null {
    if (Array.isArray(value)) return isRows(value) ? null : numbers(value);
    if (typeof value === 'number' && isRows(this.rows())) return numbers((this.rows() as unknown[][]).map((row) => row[value]));
    return typeof value === 'string' ? this.expression(value.replaceAll(' ', '')) : null;
  }

  private expression(text: string): Float64Array | null {
    const call = /^(diff|log|ln|pctchange|pct_change|cumsum)\((.*)\)$/.exec(text);
    if (call === null) return this.column(text);
    const inner = this.expression(call[2]);
    return inner === null ? null : OPERATIONS[call[1]](inner);
  }

  private column(name: string): Float64Array | null {
    const column = this.columns()[name] ?? this.columns()[Object.keys(this.columns()).find((key) => bare(key) === bare(name)) ?? ''];
    return Array.isArray(column) ? numbers(column) : null;
  }

  private rows(): unknown {
    return isRows(this.dataset) ? this.dataset : this.columns().rows;
  }

  private columns(): Columns {
    const held = typeof this.dataset === 'object' && this.dataset !== null && !Array.isArray(this.dataset) ? (this.dataset as Columns) : { values: this.dataset };
    const rows = isRows(this.dataset) ? this.dataset : held.rows;
    if (!isRows(rows)) return held;
    return { ...Object.fromEntries(rows[0].map((_, j) => [String(j), rows.map((row) => row[j])])), rows };
  }

  private onlyColumn(): Float64Array | null {
    const long = Object.values(this.columns()).filter((column): column is unknown[] => Array.isArray(column) && !isRows(column)).sort((a, b) => b.length - a.length);
    return long.length > 0 ? numbers(long[0]) : null;
  }
}

const OPERATIONS: Readonly<Record<string, (x: Float64Array) => Float64Array>> = {
  diff: (x) => Float64Array.from({ length: x.length - 1 }, (_, t) => x[t + 1] - x[t]),
  log: (x) => x.map(Math.log),
  ln: (x) => x.map(Math.log),
  pctchange: (x) => Float64Array.from({ length: x.length - 1 }, (_, t) => x[t + 1] / x[t] - 1),
  pct_change: (x) => Float64Array.from({ length: x.length - 1 }, (_, t) => x[t + 1] / x[t] - 1),
  cumsum: (x) => {
    let sum = 0;
    return x.map((value) => (sum += value));
  },
};

function isRows(value: unknown): value is unknown[][] {
  return Array.isArray(value) && Array.isArray(value[0]);
}

/** A list of rows as columns; a list of columns, which is longer across than down, as it is. */
function transposed(rows: readonly Float64Array[]): Float64Array[] {
  if (rows[0].length >= rows.length) return [...rows];
  return Array.from(rows[0], (_, j) => Float64Array.from(rows, (row) => row[j]));
}

function numbers(values: readonly unknown[]): Float64Array {
  return Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value)));
}
