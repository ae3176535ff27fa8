import { InputError } from '../core/index.ts';
import type { Condition, Entries, Line } from '../strategy/index.ts';
import type { EventMemory } from './event-memory.ts';

/** Offsets of the bitsets that trades are walked from; 0 = never. */
export interface DecisionBits {
  readonly enterLong: number;
  readonly enterShort: number;
  /** Entries as the other side ends: those that the opposite does not cancel. */
  readonly turnLong: number;
  readonly turnShort: number;
  readonly endLong: number;
  readonly endShort: number;
}

/** The first scratch bitsets belong to the four conditions and their combinations; what is nested in one comes so many further on. */
const RESERVED = 6;

type Leaf = 'above' | 'notAbove' | 'below' | 'notBelow' | 'crossesAbove' | 'crossesBelow';

/** Conditions as bitsets in the kernels' memory; comparisons are kept and shared by all points, combinations are not. */
export class BitConditions {
  private readonly memory: EventMemory;
  private readonly ids = new Map<Line, number>();
  private tick = 0;

  constructor(memory: EventMemory) {
    this.memory = memory;
  }

  /** Entries whose own exit does not hold and whose opposite does not either, and what ends each side. */
  decisionsOf({ enterLong, exitLong, enterShort, exitShort }: Entries, tick: number): DecisionBits {
    this.tick = tick;
    const { kernels } = this.memory;
    const outLong = exitLong === null ? 0 : this.bits(exitLong, 0);
    const outShort = exitShort === null ? 0 : this.bits(exitShort, 1);
    const long = enterLong === null ? 0 : this.without(this.bits(enterLong, 2), outLong, 2);
    const short = enterShort === null ? 0 : this.without(this.bits(enterShort, 3), outShort, 3);
    if (short === 0) return { enterLong: long, enterShort: 0, turnLong: 0, turnShort: 0, endLong: outLong, endShort: 0 };
    if (long === 0) return { enterLong: 0, enterShort: short, turnLong: 0, turnShort: 0, endLong: 0, endShort: outShort };
    const onlyLong = this.into(4, (out) => kernels.butNot(long, short, out));
    const onlyShort = this.into(5, (out) => kernels.butNot(short, long, out));
    return {
      enterLong: onlyLong,
      enterShort: onlyShort,
      turnLong: long,
      turnShort: short,
      endLong: this.union(outLong, onlyShort, 0),
      endShort: this.union(outShort, onlyLong, 1),
    };
  }

  /** The same of an exposure that lies at `offset`: long above zero, short below, otherwise flat. */
  exposureBits(offset: number, sellsShort: boolean): DecisionBits {
    const { kernels } = this.memory;
    const long = this.into(0, (out) => kernels.levelAbove(offset, 0, out));
    const endLong = this.into(1, (out) => kernels.doesNotHold(long, out));
    if (!sellsShort) return { enterLong: long, enterShort: 0, turnLong: 0, turnShort: 0, endLong, endShort: 0 };
    const short = this.into(2, (out) => kernels.levelBelow(offset, 0, out));
    const endShort = this.into(3, (out) => kernels.doesNotHold(short, out));
    return { enterLong: long, enterShort: short, turnLong: long, turnShort: short, endLong, endShort };
  }

  private without(entry: number, exit: number, at: number): number {
    return exit === 0 ? entry : this.into(at, (out) => this.memory.kernels.butNot(entry, exit, out));
  }

  private union(a: number, b: number, at: number): number {
    if (a === 0 || b === 0) return a || b;
    return this.into(at, (out) => this.memory.kernels.eitherHolds(a, b, out));
  }

  /** Computes into scratch bitset number `at`; word by word, so that an operand may be the same one. */
  private into(at: number, compute: (out: number) => void): number {
    const out = this.memory.scratchBits(at);
    compute(out);
    return out;
  }

  /** Bits of a condition: a kept comparison, or scratch number `at`, with those above it free to be used on the way. */
  private bits(condition: Condition, at: number): number {
    const { kind, a, b, level, parts, bars } = condition;
    if (a !== null) return this.leaf(kind as Leaf, a, b, level);
    const { kernels } = this.memory;
    const first = this.bits(parts[0], at);
    switch (kind) {
      case 'and': return this.joined(first, parts, at, kernels.bothHold);
      case 'or': return this.joined(first, parts, at, kernels.eitherHolds);
      case 'since': return this.joined(first, parts, at, kernels.since);
      case 'not': return this.into(at, (out) => kernels.doesNotHold(first, out));
      case 'barsAgo': return this.shifted(first, bars, at);
      case 'forBars': return this.doubled(first, bars, at, kernels.bothHold);
      default: return this.doubled(first, bars, at, kernels.eitherHolds);
    }
  }

  private joined(first: number, parts: readonly Condition[], at: number, join: (x: number, y: number, out: number) => void): number {
    let all = first;
    for (let k = 1; k < parts.length; k++) {
      const x = all;
      const y = this.bits(parts[k], at + RESERVED);
      all = this.into(at, (out) => join(x, y, out));
    }
    return all;
  }

  private shifted(bits: number, bars: number, at: number): number {
    const { kernels } = this.memory;
    const moved = this.into(at + RESERVED, (out) => kernels.held(bits, bars, out));
    return this.into(at, (out) => kernels.bothHold(moved, moved, out));
  }

  /** Over the last so many bars, by shifts that double. */
  private doubled(bits: number, bars: number, at: number, join: (x: number, y: number, out: number) => void): number {
    let all = bits;
    for (let done = 1; done < bars; ) {
      const step = Math.min(done, bars - done);
      const x = all;
      const before = this.into(at + RESERVED, (out) => this.memory.kernels.held(x, step, out));
      all = this.into(at, (out) => join(x, before, out));
      done += step;
    }
    return all;
  }

  private leaf(kind: Leaf, a: Line, b: Line | null, level: number): number {
    const { bits } = this.memory;
    const key = `${kind} ${this.idOf(a)} ${b === null ? level : `#${this.idOf(b)}`}`;
    const known = bits.get(key, this.tick);
    if (known !== undefined) return known.offset;
    const compute = this.leafKernel(kind, a, b, level); // may take the bits of other leaves first
    const slot = bits.add(key, this.tick);
    if (slot === null) throw new InputError('rules-too-large', 'rules of one point must have fewer comparisons');
    compute(slot.offset);
    return slot.offset;
  }

  private leafKernel(kind: Leaf, a: Line, b: Line | null, level: number): (out: number) => void {
    const { kernels } = this.memory;
    if (kind === 'crossesAbove' || kind === 'crossesBelow') {
      const now = this.leaf(kind === 'crossesAbove' ? 'above' : 'below', a, b, level);
      const before = this.leaf(kind === 'crossesAbove' ? 'notAbove' : 'notBelow', a, b, level);
      return (out) => kernels.nowAndBefore(now, before, out);
    }
    const x = this.offsetOf(a);
    if (b === null) {
      const ofLevel = { above: kernels.levelAbove, notAbove: kernels.levelNotAbove, below: kernels.levelBelow, notBelow: kernels.levelNotBelow }[kind];
      return (out) => ofLevel(x, level, out);
    }
    const y = this.offsetOf(b);
    switch (kind) {
      case 'above': return (out) => kernels.linesAbove(x, y, out);
      case 'notAbove': return (out) => kernels.linesNotAbove(x, y, out);
      case 'below': return (out) => kernels.linesAbove(y, x, out);
      default: return (out) => kernels.linesNotAbove(y, x, out);
    }
  }

  private offsetOf(line: Line): number {
    const slot = this.memory.line(line, this.tick);
    if (slot === null) throw new InputError('memory-too-small', 'memory of a worker must hold the lines of one point');
    return slot.offset;
  }

  private idOf(line: Line): number {
    const id = this.ids.get(line) ?? this.ids.size;
    this.ids.set(line, id);
    return id;
  }
}
