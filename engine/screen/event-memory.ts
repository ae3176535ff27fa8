import { InputError } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import { ratesOf, type SimulationConfig } from '../simulate/index.ts';
import { isLine, type Line } from '../strategy/index.ts';
import { type Arena, type Budget, type Slot, SlotPool, takeArena } from './arena.ts';
import type { KernelMemory, SweepKernels } from './kernels.ts';

/** Columns of a point's raw figures: total return, Σr, Σr², worst ratio, closed trades, winners, bars held, ambiguous bars, 0 flat · 1 open at a loss · 2 at a profit. */
export const RAW_COLUMNS = 9;
/** Bytes of a row of `pairs`. */
const PAIR_BYTES = 20;
/** Lines that at least have room, and conditions that one point can have. */
const LEAST_LINES = 4;
const LEAST_BITS = 48;
/** Bitsets that a point's combinations are computed in. */
const SCRATCH_BITS = 96;

/** The kernel's longest window. */
const LONGEST_MEAN = 4096;
/** Lines whose running sums are kept at most. */
const MOST_SUMS = 8;

interface RunningSums {
  readonly high: number;
  readonly low: number;
  readonly blocks: number;
}

/** A line in the kernels' memory: its doubles, and once it has been compared with another, its integers. */
export interface LineSlot extends Slot<Line> {
  /** First bar that is not NaN; −1 where one follows a number; null: not yet quantised. */
  first: number | null;
}

/** Bytes of what there is for so many bars, and for points of one call. */
function sizesOf(n: number, batch: number) {
  const N = Math.ceil(n / 64) * 64;
  const levels = Math.floor(Math.log2(Math.max(1, n - 1))) + 1;
  const lineBytes = N * 10 + 2 * Math.ceil(N / 4096) * 64 * 2;
  const blockBytes = (N / 64 + Math.ceil(N / 4096) + 1) * 16;
  const memoBytes = 2 * N * 16;
  const fixedBytes = N * 44 + blockBytes + N / 4 + batch * (PAIR_BYTES + RAW_COLUMNS * 8) + (SCRATCH_BITS * N) / 8;
  const leastBytes = fixedBytes + LEAST_LINES * lineBytes + (LEAST_BITS * N) / 8 + memoBytes;
  return { levels, lineBytes, blockBytes, tableBytes: N * (80 + levels * 24), memoBytes, leastBytes };
}

/** throws  InputError `memory-too-small` */
export function requireMemory(bars: number, batch: number, memoryBytes: number): void {
  const { leastBytes } = sizesOf(bars, batch);
  if (leastBytes <= memoryBytes) return;
  throw new InputError('memory-too-small', `kernel memory of a worker must be at least ${Math.ceil(leastBytes / 1e6)} MB for ${bars} bars, was ${Math.floor(memoryBytes / 1e6)} MB; allow more (--memory-mb), or fewer workers`);
}

export interface EventMemoryInput {
  readonly bars: Bars;
  readonly config: SimulationConfig;
  readonly memoryBytes: number;
  /** Points of one call at most. */
  readonly batch: number;
  /** Whether tables over the price pay: not for a few points. */
  readonly tables: boolean;
  readonly kernelsOf: (memory: KernelMemory) => SweepKernels;
}

/**
 * The bars, the tables over them, and room for lines, conditions and touches, in the kernels' memory.
 *
 * memory  at most `memoryBytes`: least recently used lines and conditions go first
 * throws  InputError `memory-too-small`
 */
export class EventMemory {
  readonly kernels: SweepKernels;
  readonly arena: Arena;
  private readonly sums = new Map<Line, RunningSums | null>();
  /** Bars, and bars rounded up to whole words of 64. */
  readonly bars: number;
  readonly padded: number;
  readonly hasTables: boolean;
  readonly rows: number;
  readonly out: number;
  /** Room for the exposure of one point. */
  readonly exposure: number;
  readonly lines: SlotPool<Line>;
  readonly bits: SlotPool<string>;
  readonly memos: SlotPool<string>;
  private readonly scratch: number;
  private readonly samples: number;
  private readonly columns: number;
  private readonly source: Bars;
  private hasRanges = false;
  private readonly budget: Budget;

  constructor({ bars, config, memoryBytes, batch, tables, kernelsOf }: EventMemoryInput) {
    const arena = takeArena(memoryBytes);
    this.arena = arena;
    const n = bars.length;
    const N = Math.ceil(n / 64) * 64;
    this.bars = n;
    this.padded = N;
    const { levels, lineBytes, blockBytes, tableBytes, memoBytes, leastBytes } = sizesOf(n, batch);
    requireMemory(n, batch, memoryBytes);
    this.hasTables = tables && leastBytes + tableBytes <= memoryBytes / 2;
    this.budget = { left: memoryBytes - leastBytes - (this.hasTables ? tableBytes : 0) };
    const columns = arena.take(4 * N * 8);
    const blocks = arena.take(blockBytes);
    const rows = this.hasTables ? arena.take(10 * N * 8) : 0;
    const extremes = this.hasTables ? arena.take(levels * N * 16) : 0;
    const falls = this.hasTables ? arena.take(levels * N * 8) : 0;
    const scales = arena.take((N / 64) * 16);
    const events = arena.take((N + 256) * 4);
    this.rows = arena.take(batch * PAIR_BYTES);
    this.out = arena.take(batch * RAW_COLUMNS * 8);
    this.scratch = arena.take((SCRATCH_BITS * N) / 8);
    this.samples = arena.take(64 * 4);
    this.exposure = arena.take(N * 8);
    this.lines = new SlotPool(arena, lineBytes, LEAST_LINES, this.budget);
    this.bits = new SlotPool(arena, N / 8, LEAST_BITS, this.budget);
    this.memos = new SlotPool(arena, memoBytes, 1, this.budget);
    this.columns = columns;
    this.source = bars;
    if (config.execution.fill === 'next-open') this.copy(0, bars.open, Number.NaN);
    this.copy(3, bars.close, Number.NaN);
    this.kernels = kernelsOf(arena.memory);
    const { taker, maker, impact } = ratesOf(config.costs);
    this.kernels.place(n, config.execution.fill === 'close' ? 0 : 1, config.firstDecisionBar, columns, blocks, rows, extremes, falls, scales, events);
    this.kernels.rates(taker, maker, impact, 1 / ((1 + impact) * (1 + taker)), (1 - impact) * (1 - taker));
    if (this.hasTables) {
      this.kernels.sums();
      this.kernels.extremes(levels);
    }
  }

  scratchBits(index: number): number {
    if (index >= SCRATCH_BITS) throw new InputError('rules-too-large', `conditions of one point must nest at most ${Math.floor(SCRATCH_BITS / 6)} deep`);
    return this.scratch + (index * this.padded) / 8;
  }

  /** A line's region, computed where it is not there; null where all regions are in use at this tick. */
  line(line: Line, tick: number): LineSlot | null {
    const known = this.lines.get(line, tick) as LineSlot | undefined;
    if (known !== undefined) return known;
    const slot = this.lines.add(line, tick) as LineSlot | null;
    if (slot === null) return null;
    slot.first = null;
    this.fill(line, slot.offset);
    return slot;
  }

  private fill(line: Line, offset: number): void {
    const mean = meanCall(line);
    const sums = mean === null ? null : this.sumsOf(mean.input);
    if (mean !== null && sums !== null) this.kernels.rollingMean(sums.high, sums.low, sums.blocks, mean.windowBars, offset);
    const values = this.arena.doubles(offset, this.padded);
    if (sums === null) values.set(line.values());
    values.fill(Number.NaN, this.bars);
  }

  /** Running sums of a line that averages of many windows are taken of; null where it has values that are not finite, or beyond a few lines. */
  private sumsOf(line: Line): RunningSums | null {
    const known = this.sums.get(line);
    if (known !== undefined) return known;
    const bytes = (this.padded + 2) * 8;
    if (this.sums.size >= MOST_SUMS || this.budget.left < 4 * bytes) return null;
    this.budget.left -= 4 * bytes;
    const [values, high, low] = Array.from({ length: 3 }, () => this.arena.take(bytes));
    this.arena.doubles(values, this.bars).set(line.values());
    const blocks = this.arena.take((Math.floor(this.bars / 4096) + 2) * 16);
    const sums = this.kernels.runningSums(values, high, low, blocks) ? { high, low, blocks } : null;
    this.sums.set(line, sums);
    return sums;
  }

  /** The same with its integers. */
  quantised(line: Line, tick: number): LineSlot | null {
    const slot = this.line(line, tick);
    if (slot !== null) slot.first ??= this.kernels.quantise(slot.offset);
    return slot;
  }

  /** Fixes the scale of the integers from some lines of the search; results do not depend on it, the time does. */
  scaleBy(lines: readonly Line[], tick: number): void {
    const offsets = lines.map((line) => this.line(line, tick)).filter((slot) => slot !== null).map(({ offset }) => offset);
    this.arena.ints(this.samples, 64).set(offsets);
    this.kernels.scales(this.samples, offsets.length);
  }

  /** Highs and lows, and their bounds: for points that have levels to meet. */
  needRanges(): void {
    if (this.hasRanges) return;
    this.hasRanges = true;
    const { open, high, low } = this.source;
    this.copy(0, open, Number.NaN);
    this.copy(1, high, -Infinity);
    this.copy(2, low, Infinity);
    this.kernels.blocks();
  }

  /** A column of the bars, padded by what no level is met by. */
  private copy(index: number, column: Float64Array, padding: number): void {
    const into = this.arena.doubles(this.columns + index * this.padded * 8, this.padded);
    into.set(column);
    into.fill(padding, this.bars);
  }
}

/** The input and the window of a simple moving average; null of any other line. */
function meanCall({ call }: Line): { readonly input: Line; readonly windowBars: number } | null {
  if (call === null || (call.kernel !== 'sma' && call.kernel !== 'rollingMean') || call.args.length !== 2) return null;
  const [input, windowBars] = call.args;
  return isLine(input) && typeof windowBars === 'number' && Number.isInteger(windowBars) && windowBars >= 1 && windowBars <= LONGEST_MEAN ? { input, windowBars } : null;
}
