import type { Line } from '../strategy/index.ts';
import type { EventMemory } from './event-memory.ts';
import type { PairRules } from './pair-rules.ts';

/** Integers of one tile of lines: what a core's cache holds beside the other side of the pairs. */
const TILE_BYTES = 512 * 1024;

/** Pairs of lines that wait to be walked together, by tiles of their second line, so that caches and the memory for lines stay small. */
export class PairBatch {
  private readonly memory: EventMemory;
  private readonly perTile: number;
  private readonly numbers = new Map<Line, number>();
  private readonly lines: Line[] = [];
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
    for (const i of order) {
      const lineA = this.lines[this.a[i]];
      const lineB = this.lines[this.b[i]];
      let a = memory.quantised(lineA, tick);
      let b = a === null ? null : memory.quantised(lineB, tick);
      if (a === null || b === null) {
        flush();
        a = memory.quantised(lineA, tick);
        b = memory.quantised(lineB, tick);
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
    this.numbers.clear();
    this.lines.length = 0;
    return left;
  }

  private numberOf(line: Line): number {
    let number = this.numbers.get(line);
    if (number === undefined) {
      number = this.lines.push(line) - 1;
      this.numbers.set(line, number);
    }
    return number;
  }

  /** Indices by tile of the second line, then by the first line. */
  private byTile(): Int32Array {
    const { a, b, count, perTile, lines } = this;
    const byA = sortedBy(Int32Array.from({ length: count }, (_, i) => i), (i) => a[i], lines.length);
    return sortedBy(byA, (i) => Math.floor(b[i] / perTile), Math.floor(lines.length / perTile) + 1);
  }
}

/** A stable counting sort. */
function sortedBy(indices: Int32Array, keyOf: (index: number) => number, keys: number): Int32Array {
  const starts = new Int32Array(keys + 1);
  for (const i of indices) starts[keyOf(i) + 1]++;
  for (let k = 1; k <= keys; k++) starts[k] += starts[k - 1];
  const sorted = new Int32Array(indices.length);
  for (const i of indices) sorted[starts[keyOf(i)]++] = i;
  return sorted;
}
