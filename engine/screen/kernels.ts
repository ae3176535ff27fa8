import { KERNELS_WASM } from './kernels.wasm.ts';
import { PlainMemory, twinKernels } from './twin/index.ts';

/** The sweep kernels over one memory; addresses are byte offsets. Their sources, and what they do, lie in assembly/; the same in TypeScript in twin/. */
export interface SweepKernels {
  readonly place: (bars: number, lag: number, opened: number, columns: number, blocks: number, rows: number, extremes: number, falls: number, scales: number, events: number) => void;
  readonly rates: (taker: number, maker: number, impact: number, kin: number, kout: number) => void;
  readonly sums: () => void;
  readonly extremes: (levels: number) => void;
  readonly blocks: () => void;
  readonly runningSums: (values: number, high: number, low: number, blocks: number) => number;
  readonly rollingMean: (high: number, low: number, blocks: number, window: number, out: number) => void;
  readonly scales: (slots: number, count: number) => void;
  readonly quantise: (line: number) => number;
  readonly pairs: (rows: number, count: number, crossing: number, out: number, stride: number) => number;
  readonly linesAbove: (a: number, b: number, out: number) => void;
  readonly linesNotAbove: (a: number, b: number, out: number) => void;
  readonly levelAbove: (a: number, value: number, out: number) => void;
  readonly levelNotAbove: (a: number, value: number, out: number) => void;
  readonly levelBelow: (a: number, value: number, out: number) => void;
  readonly levelNotBelow: (a: number, value: number, out: number) => void;
  readonly bothHold: (a: number, b: number, out: number) => void;
  readonly eitherHolds: (a: number, b: number, out: number) => void;
  readonly butNot: (a: number, b: number, out: number) => void;
  readonly doesNotHold: (a: number, out: number) => void;
  readonly held: (a: number, bars: number, out: number) => void;
  readonly nowAndBefore: (a: number, b: number, out: number) => void;
  readonly since: (start: number, end: number, out: number) => void;
  readonly protect: (stop: number, target: number, trail: number, touch: number, session: number, intrabar: number) => void;
  readonly account: (sizing: number, size: number, cash: number, leverage: number, maintenance: number, short: number) => void;
  readonly decisions: (
    enterLong: number, enterShort: number, turnLong: number, turnShort: number, endLong: number, endShort: number,
    first: number, limit: number, again: number, memo: number, tables: number, out: number, stride: number,
  ) => number;
}

/** Pages of 64 KiB behind a buffer that is another object after every growth. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What is used of the platform's WebAssembly, whose types come with the browser's only. */
interface Platform {
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => KernelMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: { readonly env: { readonly memory: KernelMemory } }) => { readonly exports: unknown };
  readonly validate: (bytes: Uint8Array) => boolean;
}

let compiled: object | null = null;

/** Null where the platform has none, or one that does not know the kernels' vector instructions. */
function platform(): Platform | null {
  const { WebAssembly: found } = globalThis as unknown as { readonly WebAssembly?: Platform };
  return found !== undefined && (compiled !== null || found.validate(kernelBytes())) ? found : null;
}

function kernelBytes(): Uint8Array {
  return Uint8Array.from(atob(KERNELS_WASM), (char) => char.charCodeAt(0));
}

export function kernelMemory(initial: number, maximum: number): KernelMemory {
  const webAssembly = platform();
  return webAssembly === null ? new PlainMemory(initial) : new webAssembly.Memory({ initial, maximum });
}

/** The compiled kernels on a memory; null where the platform cannot run them. */
export function wasmKernels(memory: KernelMemory): SweepKernels | null {
  const webAssembly = platform();
  if (webAssembly === null) return null;
  compiled ??= new webAssembly.Module(kernelBytes());
  return new webAssembly.Instance(compiled, { env: { memory } }).exports as SweepKernels;
}

/** The compiled kernels on a memory, or their twin. */
export function sweepKernels(memory: KernelMemory): SweepKernels {
  return wasmKernels(memory) ?? twinKernels(memory);
}
