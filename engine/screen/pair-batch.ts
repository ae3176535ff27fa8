import type { EventMemory } from './event-memory.ts';
import type { PairRules } from './pair-rules.ts';

/** Lines of one tile: what a core's cache holds beside the other side of the pairs. */
const TILE_BYTES = 24 * 20_000;

/** Pairs of lines that wait to be walked in one call, by tiles of their second line, so that the cache stays small. */
export class PairBatch {
  private readonly memory: EventMemory;
  private readonly tileOf = new Map<number, number>();
  private readonly perTile: number;
  private a: number[] = [];
  private b: number[] = [];
  private from: number[] = [];
  private first: number[] = [];
  private row: number[] = [];
  private tile: number[] = [];
  private crossing = false;

  constructor(memory: EventMemory) {
    this.memory = memory;
    this.perTile = Math.max(1, Math.floor(TILE_BYTES / (2 * memory.padded)));
  }

  get isEmpty(): boolean {
    return this.row.length === 0;
  }

  /** False where the pair cannot join: no room for its lines now, a line with gaps, or another kind of pair. */
  add({ a, b, crossing }: PairRules, first: number, row: number, tick: number): boolean {
    if (!this.isEmpty && crossing !== this.crossing) return false;
    const x = this.memory.quantised(a, tick);
    const y = this.memory.quantised(b, tick);
    if (x === null || y === null || x.first === null || y.first === null || x.first < 0 || y.first < 0) return false;
    this.crossing = crossing;
    this.a.push(x.offset);
    this.b.push(y.offset);
    this.from.push(Math.max(x.first, y.first));
    this.first.push(first);
    this.row.push(row);
    this.tile.push(this.tileAt(y.offset));
    return true;
  }

  /** Walks what waits; figures go to columns of `stride` bytes at `out`. */
  run(out: number, stride: number): void {
    const count = this.row.length;
    if (count === 0) return;
    const { arena, rows, kernels } = this.memory;
    const into = arena.ints(rows, 5 * count);
    const starts = new Int32Array(this.tileOf.size + 1);
    for (let i = 0; i < count; i++) starts[this.tile[i] + 1]++;
    for (let k = 1; k < starts.length; k++) starts[k] += starts[k - 1];
    for (let i = 0; i < count; i++) {
      const at = 5 * starts[this.tile[i]]++;
      into[at] = this.a[i];
      into[at + 1] = this.b[i];
      into[at + 2] = this.from[i];
      into[at + 3] = this.first[i];
      into[at + 4] = this.row[i];
    }
    kernels.pairs(rows, count, this.crossing ? 1 : 0, out, stride);
    this.a.length = this.b.length = this.from.length = this.first.length = this.row.length = this.tile.length = 0;
    this.tileOf.clear();
  }

  /** Lines in the order in which the batch met them, so many a tile. */
  private tileAt(offset: number): number {
    let index = this.tileOf.get(offset);
    if (index === undefined) this.tileOf.set(offset, (index = this.tileOf.size));
    return Math.floor(index / this.perTile);
  }
}
