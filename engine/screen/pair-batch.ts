import type { Line } from '../strategy/index.ts';
import type { EventMemory, LineSlot } from './event-memory.ts';
import type { PairRules } from './pair-rules.ts';

/** Integers of one tile of lines: what a core's cache holds beside the other side of the pairs. */
const TILE_BYTES = 512 * 1024;

/** Pairs of lines that wait to be walked together, by tiles of their second line, so that caches and the memory for lines stay small. */
export class PairBatch {
  private readonly memory: EventMemory;
  private readonly perTile: number;
  /** Of the lines of this batch, by id: their number, and by number the line and where it lay last. */
  private readonly numbers: (number | undefined)[] = [];
  private readonly lines: Line[] = [];
  private readonly slots: (LineSlot | undefined)[] = [];
  private readonly a: Int32Array;
  private readonly b: Int32Array;
  private readonly first: Int32Array;
  private readonly row: Int32Array;
  private count = 0;
  private crossing = false;

  constructor(memory: EventMemory, most: number) {
    this.memory = memory;
    this.perTile = Math.max(1, Math.min(Math.floor(TILE_BYTES / (2 * memory.padded)), Math.floor(memory.lines.most / 3)));
    [this.a, this.b, this.first, this.row] = Array.from({ length: 4 }, () => new Int32Array(most));
  }

  /** False where another kind of pair waits. */
  add({ a, b, crossing }: PairRules, first: number, row: number): boolean {
    if (this.count > 0 && crossing !== this.crossing) return false;
    this.crossing = crossing;
    const at = this.count++;
    this.a[at] = this.numberOf(a);
    this.b[at] = this.numberOf(b);
    this.first[at] = first;
    this.row[at] = row;
    return true;
  }

  /**
   * Walks what waits; figures go to columns of `stride` bytes at `out`. `nextTick` is asked for a new tick as lines may be let go.
   *
   * Returns the rows that cannot be walked so: a line of theirs has gaps.
   */
  run(out: number, stride: number, nextTick: () => number): number[] {
    const { memory, count } = this;
    const left: number[] = [];
    if (count === 0) return left;
    const order = this.byTile();
    let tick = nextTick();
    let waiting = 0;
    let into = memory.arena.ints(memory.rows, 5 * count);
    const flush = (): void => {
      memory.kernels.pairs(memory.rows, waiting, this.crossing ? 1 : 0, out, stride);
      waiting = 0;
      tick = nextTick();
    };
    for (let k = 0; k < count; k++) {
      const i = order[k];
      let a = this.slot(this.a[i], tick);
      let b = a === null ? null : this.slot(this.b[i], tick);
      if (a === null || b === null) {
        flush();
        a = this.slot(this.a[i], tick);
        b = this.slot(this.b[i], tick);
      }
      if (a === null || b === null || a.first === null || b.first === null || a.first < 0 || b.first < 0) {
        left.push(this.row[i]);
        continue;
      }
      if (into.byteLength === 0 || into.buffer !== memory.arena.memory.buffer) into = memory.arena.ints(memory.rows, 5 * count);
      const at = 5 * waiting++;
      into[at] = a.offset;
      into[at + 1] = b.offset;
      into[at + 2] = Math.max(a.first, b.first);
      into[at + 3] = this.first[i];
      into[at + 4] = this.row[i];
    }
    flush();
    this.count = 0;
    for (const { id } of this.lines) this.numbers[id] = undefined;
    this.lines.length = this.slots.length = 0;
    return left;
  }

  private numberOf(line: Line): number {
    return (this.numbers[line.id] ??= this.lines.push(line) - 1);
  }

  /** What has been used at this tick stays where it is. */
  private slot(number: number, tick: number): LineSlot | null {
    const known = this.slots[number];
    if (known !== undefined && known.usedAt === tick && known.key === this.lines[number]) return known;
    const slot = this.memory.quantised(this.lines[number], tick);
    if (slot !== null) this.slots[number] = slot;
    return slot;
  }

  /** Indices by tile of the second line, within it by the first line. */
  private byTile(): Int32Array {
    const { a, b, count, perTile, lines } = this;
    const order = new Int32Array(count);
    let isAscending = true;
    for (let i = 0; i < count; i++) {
      order[i] = i;
      if (i > 0 && a[i] < a[i - 1]) isAscending = false;
    }
    return sortedBy(isAscending ? order : sortedBy(order, a, 1, lines.length), b, perTile, lines.length);
  }
}

/** A stable counting sort of indices by floor(keys[index] ÷ step). */
function sortedBy(indices: Int32Array, keys: Int32Array, step: number, most: number): Int32Array {
  const starts = new Int32Array(Math.floor(most / step) + 2);
  for (let i = 0; i < indices.length; i++) starts[Math.floor(keys[indices[i]] / step) + 1]++;
  for (let k = 1; k < starts.length; k++) starts[k] += starts[k - 1];
  const sorted = new Int32Array(indices.length);
  for (let i = 0; i < indices.length; i++) sorted[starts[Math.floor(keys[indices[i]] / step)]++] = indices[i];
  return sorted;
}
