import { expect } from 'vitest';
import { Arena } from '../../engine/screen/arena.ts';
import { type SweepKernels, wasmKernels } from '../../engine/screen/kernels.ts';
import { twinKernels } from '../../engine/screen/twin/index.ts';

/** The WebAssembly kernels and their twin, each on a memory of its own with the same bytes. */
export class KernelTwins {
  readonly bytes: number;
  private readonly arenas: readonly [Arena, Arena];
  private readonly kernels: readonly [SweepKernels, SweepKernels];

  constructor(bytes: number) {
    this.bytes = bytes;
    this.arenas = [new Arena(bytes), new Arena(bytes)];
    for (const arena of this.arenas) arena.take(bytes);
    const compiled = wasmKernels(this.arenas[0].memory);
    if (compiled === null) throw new Error('WebAssembly must be there to be compared with');
    this.kernels = [compiled, twinKernels(this.arenas[1].memory)];
  }

  /** Zeros everywhere. */
  clear(): void {
    for (const { memory } of this.arenas) new Uint8Array(memory.buffer).fill(0);
  }

  write(offset: number, values: ArrayLike<number>): void {
    for (const arena of this.arenas) arena.doubles(offset, values.length).set(values);
  }

  writeInts(offset: number, values: ArrayLike<number>): void {
    for (const arena of this.arenas) arena.ints(offset, values.length).set(values);
  }

  /** Of the WebAssembly kernels. */
  doubles(offset: number, length: number): Float64Array {
    return this.arenas[0].doubles(offset, length).slice();
  }

  /** Runs one kernel in both memories: both must return the same. */
  both(where: string, run: (kernels: SweepKernels) => number | void): number | void {
    const [compiled, twin] = this.kernels.map(run);
    expect(twin, where).toBe(compiled);
    return compiled;
  }

  expectSame(where: string): void {
    const [a, b] = this.arenas.map(({ memory }) => Buffer.from(memory.buffer));
    if (a.equals(b)) return;
    const at = a.findIndex((byte, i) => byte !== b[i]);
    expect.fail(`${where}: bytes differ from offset ${at} on (of ${a.length})`);
  }
}
