import { InputError } from '../core/index.ts';
import { KERNELS } from '../kernels/registry.ts';
import { BAR_COLUMNS, type BarColumn, type BarColumns } from '../market/index.ts';
import type { Indicators } from './indicators.ts';

const LINE = 'assay-line/1';

export function isLine(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && (value as { brand?: unknown }).brand === LINE;
}

/**
 * A series that is named and not yet computed: a column of the bars, or a kernel of such series. Conditions compare lines; the engine computes
 * each distinct line once, in whatever memory its kernels read.
 */
export class Line {
  /** How a line of another copy of this library is known. */
  readonly brand = LINE;
  /** Dense from 0 on within its bars. */
  readonly id: number;
  /** `sma(close, 20)`. */
  readonly label: string;
  /** The kernel that computes it and what it is called with, where it is the whole result of one. */
  readonly call: LineCall | null;
  private readonly compute: () => Float64Array;
  private readonly make: NewLine;
  private readonly earlier: Line[] = [];

  constructor(id: number, label: string, compute: () => Float64Array, make: NewLine, call: LineCall | null = null) {
    this.id = id;
    this.label = label;
    this.compute = compute;
    this.make = make;
    this.call = call;
  }

  /** The line as it was some bars ago. */
  ago(bars: number): Line {
    return (this.earlier[bars] ??= this.make(`${this.label} ${bars} bars ago`, () => shifted(this.values(), bars)));
  }

  /** One value a bar; shared, to be read only. */
  values(): Float64Array {
    return this.compute();
  }
}

/** The columns of the bars as lines. */
export type LineColumns = { readonly [C in BarColumn]: Line };

type LineArgument<A> = A extends Float64Array ? Line : A;
type LineArguments<A extends readonly unknown[]> = { [I in keyof A]: LineArgument<A[I]> };
type LineResult<R> = R extends Float64Array ? Line : { readonly [K in keyof R]: Line };
type LineKernelName = { [K in keyof Indicators]: ReturnType<Indicators[K]> extends Uint8Array ? never : Indicators[K] extends (...args: never[]) => unknown ? K : never }[keyof Indicators];
/** Every kernel by name, of lines instead of arrays. */
export type LineKernels = {
  readonly [K in Exclude<LineKernelName, 'derived'>]: (...args: LineArguments<Parameters<Indicators[K]>>) => LineResult<ReturnType<Indicators[K]>>;
} & {
  /**
   * A line of your own from others. `compute` must be one function for all points (declared outside `rules`): it is known by its identity.
   *
   * causal  value t may read values ≤ t
   */
  derived(inputs: readonly Line[], params: readonly number[], compute: (inputs: readonly Float64Array[], params: readonly number[]) => Float64Array): Line;
};

export interface LineBook {
  readonly columns: LineColumns;
  readonly ta: LineKernels;
}

export interface LineCall {
  readonly kernel: string;
  readonly args: readonly Argument[];
}

type NewLine = (label: string, compute: () => Float64Array, call?: LineCall) => Line;

type Argument = Line | number | string | boolean | object | undefined;
type Lines = Line | Readonly<Record<string, Line>>;
/** Windows up to here are found by index. */
const INDEXED = 65_536;

const books = new WeakMap<Indicators, WeakMap<BarColumns, LineBook>>();

/** The lines of some bars, computed by these indicators; the same line asked for again is the same object. */
export function linesOf(bars: BarColumns, ta: Indicators): LineBook {
  const ofBars = books.get(ta) ?? new WeakMap<BarColumns, LineBook>();
  books.set(ta, ofBars);
  const book = ofBars.get(bars) ?? createBook(bars, ta);
  ofBars.set(bars, book);
  return book;
}

function createBook(bars: BarColumns, ta: Indicators): LineBook {
  let count = 0;
  const line: NewLine = (label, compute, call) => new Line(count++, label, compute, line, call);
  const columns = Object.fromEntries(BAR_COLUMNS.map((name) => [name, line(name, () => bars[name])])) as unknown as LineColumns;
  const kernels = KERNELS.filter(({ name }) => name in ta).map(({ name, outputs }) => {
    const compute = ta[name as keyof Indicators] as (...args: unknown[]) => unknown;
    return [name, interned((args) => kernelLines(name, outputs, args, compute, line))] as const;
  });
  return { columns, ta: Object.freeze({ ...Object.fromEntries(kernels), derived: derivedLines(ta, line) }) as unknown as LineKernels };
}

function kernelLines(name: string, outputs: readonly string[], args: readonly Argument[], compute: (...args: unknown[]) => unknown, line: NewLine): Lines {
  const label = `${name}(${args.map(textOf).join(', ')})`;
  const evaluate = (): unknown => compute(...args.map((arg) => (isLine(arg) ? arg.values() : arg)));
  if (outputs.length === 0) return line(label, () => evaluate() as Float64Array, { kernel: name, args });
  return Object.freeze(Object.fromEntries(outputs.map((output) => [output, line(`${label}.${output}`, () => (evaluate() as Record<string, Float64Array>)[output])])));
}

/** The same arguments give the same lines; (line, window), the commonest call of a search, without a key to be made. */
function interned(make: (args: readonly Argument[]) => Lines): (...args: Argument[]) => Lines {
  const byWindow: Lines[][] = [];
  const byKey = new Map<string, Lines>();
  const byArguments = (args: readonly Argument[]): Lines => {
    const key = args.map((arg) => (isLine(arg) ? `#${arg.id}` : JSON.stringify(arg))).join();
    const known = byKey.get(key) ?? make(args);
    byKey.set(key, known);
    return known;
  };
  return (a, b, ...more) => {
    if (more.length > 0 || !isLine(a) || typeof b !== 'number' || !(b >= 0 && b < INDEXED) || b !== Math.trunc(b)) {
      return byArguments(b === undefined && more.length === 0 ? [a] : [a, b, ...more]);
    }
    const windows = (byWindow[a.id] ??= []);
    return (windows[b] ??= make([a, b]));
  };
}

function derivedLines(ta: Indicators, line: NewLine): LineKernels['derived'] {
  const byFunction = new Map<unknown, Map<string, Line>>();
  return (inputs, params, compute) => {
    const own = byFunction.get(compute) ?? new Map<string, Line>();
    byFunction.set(compute, own);
    const key = `${inputs.map(({ id }) => id).join()};${params.join()}`;
    const known = own.get(key) ?? line(`${compute.name || 'derived'}(${[...inputs.map(textOf), ...params].join(', ')})`, () => ta.derived(inputs.map((input) => input.values()), params, compute));
    own.set(key, known);
    return known;
  };
}

function textOf(arg: Argument): string {
  return isLine(arg) ? arg.label : (JSON.stringify(arg) ?? 'undefined');
}

function shifted(values: Float64Array, bars: number): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN, 0, Math.min(bars, values.length));
  out.set(values.subarray(0, Math.max(0, values.length - bars)), Math.min(bars, values.length));
  return out;
}

/** throws  InputError `rules-mix` where an array stands for a line */
export function requireLine(value: unknown, name: string): asserts value is Line {
  if (!isLine(value)) throw new InputError('rules-mix', `${name} in rules must be a line such as ta.sma(close, 20), was ${ArrayBuffer.isView(value) ? 'an array' : typeof value}`);
}
