import type { KernelMemory } from '../kernels.ts';

/** What the kernels of one memory know: views of it, where everything lies (indices, not bytes), rates, protection and account. Fields as in assembly/memory.ts. */
export class KernelSpace {
  f64 = new Float64Array(0);
  i32 = new Int32Array(0);
  u32 = new Uint32Array(0);
  i16 = new Int16Array(0);
  /** Bars, bars rounded up to a multiple of 64, and blocks of 64 bars rounded up to a multiple of 64. */
  bars = 0;
  padded = 0;
  paddedBlocks = 0;
  /** Bars from a decision to its fill. */
  lag = 1;
  /** First bar of the measured account. */
  opened = 0;
  open = 0;
  high = 0;
  low = 0;
  close = 0;
  /** The price that a decision of the bar `lag` earlier fills at. */
  fill = 0;
  entry = 0;
  exit = 0;
  sums = 0;
  extremes = 0;
  falls = 0;
  blocks = 0;
  scales = 0;
  events = 0;
  rates = { taker: 0, maker: 0, impact: 0, kin: 1, kout: 1 };
  protection = { stop: 0, target: 0, trail: 0, onTouch: false, atOpen: false, policy: 0 };
  account = { sizing: 0, size: 1, cash: 1, leverage: 1, maintenance: 0, sellsShort: false };
  private readonly memory: KernelMemory;

  constructor(memory: KernelMemory) {
    this.memory = memory;
    this.renew();
  }

  /** A memory that has grown has another buffer. */
  renew(): void {
    const { buffer } = this.memory;
    if (this.f64.buffer === buffer) return;
    this.f64 = new Float64Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.i16 = new Int16Array(buffer);
  }
}

export function place(
  space: KernelSpace, bars: number, lag: number, opened: number, columns: number, blocks: number, rows: number, extremes: number, falls: number, scales: number, events: number,
): void {
  const padded = Math.ceil(bars / 64) * 64;
  space.bars = bars;
  space.padded = padded;
  space.paddedBlocks = Math.ceil(padded / 4096) * 64;
  space.lag = lag;
  space.opened = opened;
  space.open = columns / 8;
  space.high = space.open + padded;
  space.low = space.open + 2 * padded;
  space.close = space.open + 3 * padded;
  space.fill = lag === 0 ? space.close : space.open;
  space.entry = rows / 8;
  space.exit = space.entry + 4 * padded;
  space.sums = space.entry + 8 * padded;
  space.blocks = blocks / 8;
  space.extremes = extremes / 8;
  space.falls = falls / 8;
  space.scales = scales / 8;
  space.events = events / 4;
}

export function rates(space: KernelSpace, taker: number, maker: number, impact: number, kin: number, kout: number): void {
  space.rates = { taker, maker, impact, kin, kout };
}

export function protect(space: KernelSpace, stop: number, target: number, trail: number, touch: number, session: number, intrabar: number): void {
  space.protection = { stop, target, trail, onTouch: touch !== 0, atOpen: session !== 0, policy: intrabar };
}

export function account(space: KernelSpace, sizing: number, size: number, cash: number, leverage: number, maintenance: number, short: number): void {
  space.account = { sizing, size, cash, leverage, maintenance, sellsShort: short !== 0 };
}

/** The lesser and the greater of two numbers; the first where they are equal. */
export function lesser(a: number, b: number): number {
  return b < a ? b : a;
}

export function greater(a: number, b: number): number {
  return a < b ? b : a;
}
