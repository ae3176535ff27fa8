import type { KernelMemory } from '../kernels.ts';

const PAGE = 65_536;

/** A kernel memory without WebAssembly: a buffer that is copied into a larger one. */
export class PlainMemory implements KernelMemory {
  buffer: ArrayBuffer;

  constructor(pages: number) {
    this.buffer = new ArrayBuffer(pages * PAGE);
  }

  /** Returns the pages that were there. */
  grow(pages: number): number {
    const { buffer } = this;
    this.buffer = new ArrayBuffer(buffer.byteLength + pages * PAGE);
    new Uint8Array(this.buffer).set(new Uint8Array(buffer));
    return buffer.byteLength / PAGE;
  }
}
