import { InputError } from '../core/index.ts';
import * as kernels from '../kernels/index.ts';

type Kernels = typeof kernels;
type KernelName = { [K in Extract<keyof Kernels, string>]: Kernels[K] extends (...args: never[]) => unknown ? K : never }[Extract<keyof Kernels, string>];

/**
 * Every kernel by name, each distinct (kernel, inputs, parameters) computed once and shared; `ta.ema(close, 12)`.
 *
 * Results are shared between parameter points: read them, never write into them.
 */
export type Indicators = Pick<Kernels, KernelName> & {
  /** A series of your own, computed once for the same function, inputs and parameters; `compute` is known by its identity. */
  derived(inputs: readonly Float64Array[], params: readonly number[], compute: (inputs: readonly Float64Array[], params: readonly number[]) => Float64Array): Float64Array;
};

/** What a kernel returns: an array, or a few by name. */
type Output = ArrayBufferView | Readonly<Record<string, ArrayBufferView>>;

const DEFAULT_MEMORY_BYTES = 256 * 1024 * 1024;

/**
 * Memoised kernels with a ceiling on the memory of what they hold; the least recently used goes first.
 *
 * memory  at most `memoryBytes` of results are kept between calls
 */
export function createIndicators(memoryBytes = DEFAULT_MEMORY_BYTES): Indicators {
  const cache = new OutputCache(memoryBytes);
  const memoised = Object.entries(kernels)
    .filter(([, kernel]) => typeof kernel === 'function')
    .map(([name, kernel]) => [name, (...args: unknown[]) => cache.get(name, args, kernel as (...args: unknown[]) => Output)]);
  const derived: Indicators['derived'] = (inputs, params, compute) =>
    cache.get(`derived ${cache.idOf(compute)}`, [...inputs, ...params], () => compute(inputs, params)) as Float64Array;
  return Object.freeze({ ...Object.fromEntries(memoised), derived }) as Indicators;
}

class OutputCache {
  private readonly outputs = new Map<string, { output: Output; bytes: number }>();
  private readonly ids = new WeakMap<object, number>();
  private nextId = 0;
  private bytes = 0;
  private readonly ceiling: number;

  constructor(ceiling: number) {
    this.ceiling = ceiling;
  }

  get(name: string, args: readonly unknown[], compute: (...args: unknown[]) => Output): Output {
    const key = `${name}(${args.map((arg) => this.keyOf(arg)).join()})`;
    const hit = this.outputs.get(key);
    if (hit !== undefined) {
      this.outputs.delete(key);
      this.outputs.set(key, hit);
      return hit.output;
    }
    const output = compute(...args);
    this.keep(key, output);
    return output;
  }

  private keep(key: string, output: Output): void {
    const bytes = ArrayBuffer.isView(output) ? output.byteLength : Object.values(output).reduce((sum, part) => sum + part.byteLength, 0);
    this.outputs.set(key, { output, bytes });
    this.bytes += bytes;
    for (const [oldest, { bytes: size }] of this.outputs) {
      if (this.bytes <= this.ceiling || oldest === key) break;
      this.outputs.delete(oldest);
      this.bytes -= size;
    }
  }

  idOf(object: object): number {
    const id = this.ids.get(object) ?? this.nextId++;
    this.ids.set(object, id);
    return id;
  }

  private keyOf(arg: unknown): string {
    if (ArrayBuffer.isView(arg)) return `#${this.idOf(arg)}`;
    if (typeof arg === 'function') throw new InputError('indicator-argument', 'an indicator argument must be data, was a function');
    return JSON.stringify(arg) ?? 'undefined';
  }
}
