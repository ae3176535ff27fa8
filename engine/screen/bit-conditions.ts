import { InputError } from '../core/index.ts';
import type { Condition, Entries, Line } from '../strategy/index.ts';
import type { EventMemory } from './event-memory.ts';

/** Offsets of the bitsets that trades are walked from; 0 = never. */
export interface DecisionBits {
  readonly enterLong: number;
  readonly enterShort: number;
  readonly endLong: number;
  readonly endShort: number;
}

type Leaf = 'above' | 'notAbove' | 'below' | 'notBelow' | 'crossesAbove' | 'crossesBelow';

/** Conditions as bitsets in the kernels' memory; comparisons are kept and shared by all points, combinations are not. */
export class BitConditions {
  private readonly memory: EventMemory;
  private readonly ids = new Map<Line, number>();
  private nextScratch = 0;
  private tick = 0;

  constructor(memory: EventMemory) {
    this.memory = memory;
  }

  /** Entries whose own exit does not hold and whose opposite does not either, and what ends each side. */
  decisionsOf({ enterLong, exitLong, enterShort, exitShort }: Entries, tick: number, sellsShort: boolean): DecisionBits {
    this.nextScratch = 0;
    this.tick = tick;
    const { kernels } = this.memory;
    const outLong = exitLong === null ? 0 : this.bits(exitLong);
    const outShort = exitShort === null ? 0 : this.bits(exitShort);
    const long = enterLong === null ? 0 : this.without(this.bits(enterLong), outLong);
    const short = enterShort === null ? 0 : this.without(this.bits(enterShort), outShort);
    if (short === 0) return { enterLong: long, enterShort: 0, endLong: outLong, endShort: 0 };
    const onlyLong = long === 0 ? 0 : this.into((out) => kernels.butNot(long, short, out));
    const onlyShort = long === 0 ? short : this.into((out) => kernels.butNot(short, long, out));
    return {
      enterLong: onlyLong,
      enterShort: sellsShort ? onlyShort : 0,
      endLong: this.union(outLong, onlyShort),
      endShort: this.union(outShort, onlyLong),
    };
  }

  private without(entry: number, exit: number): number {
    return exit === 0 ? entry : this.into((out) => this.memory.kernels.butNot(entry, exit, out));
  }

  private union(a: number, b: number): number {
    if (a === 0 || b === 0) return a || b;
    return this.into((out) => this.memory.kernels.eitherHolds(a, b, out));
  }

  private into(compute: (out: number) => void): number {
    const out = this.memory.scratchBits(this.nextScratch++);
    compute(out);
    return out;
  }

  private bits(condition: Condition): number {
    const { kind, a, b, level, parts, bars } = condition;
    if (a !== null) return this.leaf(kind as Leaf, a, b, level);
    const { kernels } = this.memory;
    const inner = parts.map((part) => this.bits(part));
    switch (kind) {
      case 'and': return inner.reduce((x, y) => this.into((out) => kernels.bothHold(x, y, out)));
      case 'or': return inner.reduce((x, y) => this.into((out) => kernels.eitherHolds(x, y, out)));
      case 'not': return this.into((out) => kernels.doesNotHold(inner[0], out));
      case 'barsAgo': return this.into((out) => kernels.held(inner[0], bars, out));
      case 'since': return this.into((out) => kernels.since(inner[0], inner[1], out));
      case 'forBars': return this.doubled(inner[0], bars, (x, y, out) => kernels.bothHold(x, y, out));
      default: return this.doubled(inner[0], bars, (x, y, out) => kernels.eitherHolds(x, y, out));
    }
  }

  /** Over the last so many bars, by shifts that double. */
  private doubled(bits: number, bars: number, join: (x: number, y: number, out: number) => void): number {
    let all = bits;
    for (let done = 1; done < bars; ) {
      const step = Math.min(done, bars - done);
      const x = all;
      const before = this.into((out) => this.memory.kernels.held(x, step, out));
      all = this.into((out) => join(x, before, out));
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
