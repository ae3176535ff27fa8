import { InvariantError } from '../core/index.ts';
import { type KernelMemory, kernelMemory } from './kernels.ts';

const PAGE = 65_536;
/** 4 GiB: what a WebAssembly memory can be. */
const MOST_PAGES = 65_536;

/** A growing memory that regions are taken from, one after another, and never given back; offset 0 is none of them. */
export class Arena {
  readonly memory: KernelMemory;
  private end = 64;

  /** `expected` bytes are asked for at once: pages that nobody touches cost nothing, growing does. */
  constructor(expected: number) {
    this.memory = kernelMemory(Math.min(MOST_PAGES, Math.ceil(expected / PAGE) + 1), MOST_PAGES);
  }

  get bytes(): number {
    return this.end;
  }

  /** Regions are taken anew. */
  clear(): void {
    this.end = 64;
  }

  /** Offset of a region, aligned to 64 bytes; what lies there is what was left there. */
  take(bytes: number): number {
    const offset = this.end;
    this.end = offset + Math.ceil(bytes / 64) * 64;
    const pages = Math.ceil(this.end / PAGE) + 1 - this.memory.buffer.byteLength / PAGE; // one more, so that a vector load may run over
    if (pages > 0) {
      if (this.end > MOST_PAGES * PAGE) throw new InvariantError('kernel-memory', `sweep kernels must need at most 4 GiB, asked for ${this.end} bytes`);
      this.memory.grow(pages);
    }
    return offset;
  }

  /** A view until the next `take`. */
  doubles(offset: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, offset, length);
  }

  ints(offset: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, offset, length);
  }
}

/** The arena that was given back last: fresh memory costs several times what is written into it. */
let idle: Arena | null = null;

/** An arena that will need so many bytes: the idle one where it is large enough and not far too large. */
export function takeArena(bytes: number): Arena {
  const arena = idle;
  idle = null; // one that does not fit is let go
  if (arena === null || arena.memory.buffer.byteLength < bytes || arena.memory.buffer.byteLength > 2 * bytes + 16 * PAGE) return new Arena(bytes);
  arena.clear();
  return arena;
}

/** Nothing may read or write it any more. */
export function giveBack(arena: Arena): void {
  idle = arena;
}

export interface Slot<Key> {
  readonly offset: number;
  key: Key | null;
  /** Tick of the last use. */
  usedAt: number;
}

/** Bytes that several pools may still take, whichever needs them first. */
export interface Budget {
  left: number;
}

/**
 * Regions of one size, by key, the least recently used taken for the next; what was used at the present tick stays.
 *
 * memory  `least` regions, and more while the budget lasts
 */
export class SlotPool<Key> {
  private readonly slots: Slot<Key>[] = [];
  private readonly byKey = new Map<Key, Slot<Key>>();
  private readonly arena: Arena;
  private readonly slotBytes: number;
  private readonly least: number;
  private readonly budget: Budget;

  constructor(arena: Arena, slotBytes: number, least: number, budget: Budget) {
    this.arena = arena;
    this.slotBytes = slotBytes;
    this.least = least;
    this.budget = budget;
  }

  /** Regions that there can be, as things are. */
  get most(): number {
    return Math.max(this.least, this.slots.length + Math.floor(this.budget.left / this.slotBytes));
  }

  get(key: Key, tick: number): Slot<Key> | undefined {
    const slot = this.byKey.get(key);
    if (slot !== undefined) slot.usedAt = tick;
    return slot;
  }

  /** A region for a key that has none; null where all are in use at this tick. */
  add(key: Key, tick: number): Slot<Key> | null {
    const slot = this.slots.length < this.most ? this.fresh() : this.oldest(tick);
    if (slot === null) return null;
    if (slot.key !== null) this.byKey.delete(slot.key);
    slot.key = key;
    slot.usedAt = tick;
    this.byKey.set(key, slot);
    return slot;
  }

  private fresh(): Slot<Key> {
    const slot = { offset: this.arena.take(this.slotBytes), key: null, usedAt: -1 };
    this.slots.push(slot);
    if (this.slots.length > this.least) this.budget.left -= this.slotBytes;
    return slot;
  }

  private oldest(tick: number): Slot<Key> | null {
    let oldest: Slot<Key> | null = null;
    for (const slot of this.slots) if (slot.usedAt !== tick && (oldest === null || slot.usedAt < oldest.usedAt)) oldest = slot;
    return oldest;
  }
}
