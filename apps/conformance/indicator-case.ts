import { InputError, type kernels } from '../../engine/index.ts';
import type { ConformanceCase } from './case.ts';
import { TULIP } from './indicator-tulip.ts';

type Columns = Record<string, unknown>;

/** What a case of the indicator family says, whichever way it says it. */
export class IndicatorCase {
  readonly metric: string;
  /** Positional inputs and parameters, outputs without warm-up: Tulip's way, with Tulip's seeds. */
  readonly tulip: boolean;
  readonly taLib: boolean;
  readonly skender: boolean;
  /** All that is said about seeds and conventions, in lower case. */
  readonly remarks: string;
  private readonly inputs: Columns;
  private readonly datasets: Columns;

  constructor(testCase: ConformanceCase, datasets: Columns) {
    const { inputs, source = '', notes = '' } = testCase;
    this.metric = plain(testCase.metric);
    this.tulip = Array.isArray(inputs.inputs);
    const origin = `${source} ${typeof inputs.dataset === 'string' ? inputs.dataset : ''}`;
    this.taLib = /ta-?lib/i.test(origin);
    this.skender = /skender/i.test(origin);
    this.remarks = [inputs.seed, inputs.note, inputs.average, notes].filter((part) => typeof part === 'string').join('; ').toLowerCase();
    this.inputs = this.tulip ? named(this.metric, inputs) : inputs;
    this.datasets = datasets;
  }

  get output(): string {
    return plain(this.text('output') || this.text('component') || this.text('line'));
  }

  /** The first of some parameters that is given; `periods.1` is the second of a list. */
  number(names: readonly string[], fallback?: number): number {
    for (const name of names) {
      const [key, index] = name.split('.');
      const value = index === undefined ? this.inputs[key] : (this.inputs[key] as unknown[] | undefined)?.[Number(index)];
      if (typeof value === 'number') return value;
    }
    if (fallback !== undefined) return fallback;
    throw missing(names);
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => this.inputs[name] !== undefined);
  }

  get period(): number {
    return this.number(['period', 'window', 'length', 'n', 'timeperiod', 'time_period', 'lookback', 'periods']);
  }

  text(name: string): string {
    const value = this.inputs[name];
    return typeof value === 'string' ? value.toLowerCase() : '';
  }

  /** A column by name, of the case or of its dataset. */
  column(...names: readonly string[]): Float64Array {
    const dataset = this.dataset(this.inputs.dataset);
    for (const name of names) {
      const given = this.inputs[name] ?? dataset[name];
      if (Array.isArray(given)) return series(given);
    }
    throw missing(names);
  }

  /** The one series an indicator reads: the stated field, or the close. */
  get values(): Float64Array {
    const field = this.inputs.field ?? this.inputs.column ?? this.inputs.price;
    if (Array.isArray(field)) return series(field);
    if (typeof field === 'string') return this.column(field);
    return this.column('values', 'real', 'series', 'x', 'close', 'prices', 'price', 'input');
  }

  /** A second series: an array, the name of a column, or the name of a dataset (its close). */
  other(...names: readonly string[]): Float64Array {
    for (const name of names) {
      const given = this.inputs[name];
      if (Array.isArray(given)) return series(given);
      if (typeof given !== 'string') continue;
      const field = typeof this.inputs.field === 'string' ? this.inputs.field : 'close';
      const column = this.dataset(given)[field] ?? this.dataset(this.inputs.dataset)[given];
      if (Array.isArray(column)) return series(column);
    }
    throw missing(names);
  }

  /** How an exponential average begins, as the seed, the note or the average says. */
  seed(fallback: kernels.Seed): kernels.Seed {
    const stated = this.text('seed');
    if (/^\s*(sma|simple|mean|classic|default)/.test(stated)) return 'sma';
    if (/^\s*first\b/.test(stated)) return 'first';
    if (/first[- ](price|value|close|input)|metastock/.test(this.remarks)) return 'first';
    if (/classic|seeded with (the )?(sma|simple|mean)/.test(this.remarks)) return 'sma';
    return fallback;
  }

  /** Which average is meant where there is a choice. */
  average(fallback: 'sma' | 'ema'): 'sma' | 'ema' {
    const stated = `${this.text('average')} ${this.text('ma')} ${this.text('ma_type')} ${this.text('matype')}`;
    return /ema|exponential/.test(stated) ? 'ema' : /sma|simple/.test(stated) ? 'sma' : fallback;
  }

  /** Terms Wilder's directional sums begin with. */
  get directionalSeed(): 'ta-lib' | 'wilder' | 'early' {
    if (this.tulip) return 'early';
    const stated = this.text('seed');
    if (/n\s*-\s*1|ta-?lib/.test(stated) || stated.includes(`${this.period - 1} term`)) return 'ta-lib';
    if (/stockcharts|skender|wilder|\bn terms/.test(stated) || stated.includes(`${this.period} term`)) return 'wilder';
    return this.taLib ? 'ta-lib' : this.skender ? 'wilder' : 'ta-lib';
  }

  private dataset(name: unknown): Columns {
    return typeof name === 'string' ? ((this.datasets[name] as Columns | undefined) ?? {}) : {};
  }
}

/** Lower case, without signs that sources write differently: `%K`, `slow %K`, `aroon_up`, `width/middle`. */
export function plain(text: string): string {
  return text.toLowerCase().replaceAll('+', 'plus').replace(/^-(?=[a-z])/, 'minus').replaceAll(/[^a-z0-9]/g, '');
}

function series(values: readonly unknown[]): Float64Array {
  return Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value)));
}

/** Positional inputs and parameters under their names. */
function named(metric: string, inputs: Columns): Columns {
  const names = TULIP[metric] ?? { inputs: ['close'], params: ['period'] };
  const columns = (inputs.inputs as unknown[]).map((column, i) => [inputName(names.inputs, inputs.inputs as unknown[], i), column]);
  const params = ((inputs.params as unknown[] | undefined) ?? []).map((value, i) => [names.params[i] ?? `param${i}`, value]);
  return Object.fromEntries([...columns, ...params]) as Columns;
}

function inputName(names: readonly string[], given: readonly unknown[], i: number): string {
  return names.length === 1 && given.length > 1 ? ['values', 'other'][i] ?? `input${i}` : (names[i] ?? `input${i}`);
}

function missing(names: readonly string[]): InputError {
  return new InputError('case-input-missing', `inputs must hold ${names.join(' or ')}, hold none`);
}
