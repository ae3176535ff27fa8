import { barsPerYear, InvariantError } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import type { ParamSpace } from '../search/index.ts';
import type { Protection, SimulationConfig } from '../simulate/index.ts';
import { createIndicators, decisionsOf, entriesOf, type Exposure, type Indicators, type Line, linesOf, type Params, type Rules, type Strategy } from '../strategy/index.ts';
import { giveBack } from './arena.ts';
import { BitConditions, type DecisionBits } from './bit-conditions.ts';
import { EventMemory, RAW_COLUMNS } from './event-memory.ts';
import { type SweepKernels, sweepKernels, type KernelMemory } from './kernels.ts';
import { pairOf } from './pair-rules.ts';
import { PairBatch } from './pair-batch.ts';

export interface EventScreenInput {
  readonly strategy: Strategy;
  readonly space: ParamSpace;
  readonly bars: Bars;
  readonly config: SimulationConfig;
  readonly memoryBytes: number;
  /** `sweepKernels` unless said otherwise. */
  readonly kernelsOf?: (memory: KernelMemory) => SweepKernels;
}

/** Points of one call: a part of a stored screen. */
export const BATCH_POINTS = 65_536;
/** Tables over the price cost as much as a few dozen points without them. */
const LEAST_TABLE_POINTS = 32;
/** What the memo of indicators keeps beside the kernels' own memory: each line is asked for once. */
const INDICATOR_BYTES = 4 * 1024 * 1024;
/** Share of the memory for indicators of a strategy that reads them itself. */
const EXPOSURE_INDICATORS = 0.5;
const SAMPLES = 24;

/** What the kernels have of a screener's memory; the rest is for indicators. */
export function kernelBytes({ rules }: Strategy, memoryBytes: number): number {
  return rules === undefined ? (1 - EXPOSURE_INDICATORS) * memoryBytes : memoryBytes - INDICATOR_BYTES;
}

/** Walks the points of a rule strategy by their entries and exits. */
export class EventScreener {
  /** shape  [RAW_COLUMNS × count] after `evaluate`, until the next call; NaN in the first column where only the dense kernel knows. */
  raw: Float64Array = new Float64Array(0);
  private readonly input: EventScreenInput;
  private readonly memory: EventMemory;
  private readonly conditions: BitConditions;
  private readonly pairs: PairBatch;
  private readonly ta: Indicators;
  private readonly rulesAt: (params: Params) => Rules;
  private readonly pointAt: (index: number) => Params;
  private tick = 0;
  private protectedBy = '';
  private memo = 0;
  private accountOf = Number.NaN;

  constructor(input: EventScreenInput) {
    const { strategy, space, bars, config, memoryBytes, kernelsOf = sweepKernels } = input;
    this.input = input;
    this.memory = new EventMemory({ bars, config, memoryBytes: kernelBytes(strategy, memoryBytes), batch: Math.min(space.points, BATCH_POINTS), tables: space.points >= LEAST_TABLE_POINTS, kernelsOf });
    this.conditions = new BitConditions(this.memory);
    this.pairs = new PairBatch(this.memory, Math.min(space.points, BATCH_POINTS));
    this.pointAt = cursorOf(space);
    this.ta = createIndicators(memoryBytes - kernelBytes(strategy, memoryBytes));
    const { columns, ta } = linesOf(bars, this.ta);
    this.rulesAt = (params) => strategy.rules?.(columns, params, ta) ?? {};
    this.memory.scaleBy(this.sampleLines(), this.tick++);
  }

  /** Whether points can be told by two lines alone. */
  private get takesPairs(): boolean {
    const { strategy, config } = this.input;
    return this.memory.hasTables && !strategy.reenters && config.sizing.kind === 'exposure';
  }

  /** Bars a year, returns of the measured stretch, and its length: what figures are made of. */
  get measure(): { readonly barsPerYear: number; readonly returns: number } {
    const { bars, config } = this.input;
    return { barsPerYear: barsPerYear(bars.timeframeMs, bars.instrument.calendar), returns: bars.length - 1 - config.firstDecisionBar };
  }

  /** Raw figures of points [fromPoint, toPoint), at most BATCH_POINTS. */
  evaluate(fromPoint: number, toPoint: number): void {
    const count = toPoint - fromPoint;
    const { arena, out } = this.memory;
    for (let i = 0; i < count; i++) {
      if (!this.tried(fromPoint + i, i, count)) this.leave(i);
    }
    this.runPairs(fromPoint, count);
    this.raw = arena.doubles(out, RAW_COLUMNS * count);
  }

  /** A point whose own code throws is left too: the dense kernel then says why. */
  private tried(point: number, row: number, count: number): boolean {
    try {
      return this.point(this.pointAt(point), row, count);
    } catch (error) {
      if (error instanceof InvariantError) throw error;
      return false;
    }
  }

  /** Gives the memory back; the screener and its figures are gone. */
  close(): void {
    this.raw = new Float64Array(0);
    giveBack(this.memory.arena);
  }

  /** Walks the pairs that wait; those whose lines have gaps by bitsets. */
  private runPairs(fromPoint: number, count: number): void {
    for (const row of this.pairs.run(this.memory.out, 8 * count, () => ++this.tick)) {
      const params = this.pointAt(fromPoint + row);
      if (!this.decide(params, this.rulesAt(params), row, count)) this.leave(row);
    }
  }

  private leave(row: number): void {
    this.memory.arena.doubles(this.memory.out, row + 1)[row] = Number.NaN;
  }

  /** False where the point is left to the dense kernel. */
  private point(params: Params, row: number, count: number): boolean {
    const { strategy, config, bars } = this.input;
    const warmup = strategy.warmupBars(params);
    if (warmup >= bars.length) return false;
    if (strategy.rules === undefined) return this.expose(params, row, count);
    const rules = this.rulesAt(params);
    if (this.takesPairs && !isProtected(strategy.protection(params))) {
      const pair = pairOf(rules);
      if (pair !== null && this.pairs.add(pair, Math.max(config.firstDecisionBar, warmup - 1), row)) return true;
    }
    return this.decide(params, rules, row, count);
  }

  private decide(params: Params, rules: Rules, row: number, count: number): boolean {
    const { strategy } = this.input;
    const entries = entriesOf(strategy.id, rules);
    return this.trade(params, this.conditions.decisionsOf(entries, ++this.tick), entries.size, entries.exitAfterBars, row, count);
  }

  /** A strategy that says its exposure bar by bar: walked by its changes where it is one size, or its opposite, or nothing. */
  private expose(params: Params, row: number, count: number): boolean {
    const { strategy, bars, config } = this.input;
    const { exposure } = decisionsOf(strategy, bars, params, this.ta);
    const size = sizeOf(exposure);
    if (size === null) return false;
    const { arena, exposure: offset, padded } = this.memory;
    const into = arena.doubles(offset, padded);
    into.set(exposure);
    into.fill(0, exposure.length);
    return this.trade(params, this.conditions.exposureBits(offset, config.account.kind === 'margin'), size, 0, row, count);
  }

  private trade(params: Params, bits: DecisionBits, size: number, exitAfterBars: number, row: number, count: number): boolean {
    const { strategy, config } = this.input;
    const { kernels, out } = this.memory;
    const protection = strategy.protection(params);
    if (config.execution.fill === 'close' && protection.trailFrac > 0) return false;
    const first = Math.max(config.firstDecisionBar, strategy.warmupBars(params) - 1);
    if (isProtected(protection) || config.account.kind === 'margin') this.memory.needRanges();
    this.protect(protection);
    this.size(size);
    return (
      kernels.decisions(
        bits.enterLong, bits.enterShort, bits.turnLong, bits.turnShort, bits.endLong, bits.endShort, first, exitAfterBars, strategy.reenters ? 1 : 0,
        this.memo, this.memory.hasTables ? 1 : 0, out + 8 * row, 8 * count,
      ) === 0
    );
  }

  private protect(protection: Protection): void {
    const { stopLossFrac: stop, takeProfitFrac: target, trailFrac: trail } = protection;
    const key = isProtected(protection) ? `${stop} ${target} ${trail}` : 'none';
    const { kernels, memos, arena } = this.memory;
    if (isProtected(protection)) {
      const known = memos.get(key, this.tick);
      const slot = known ?? memos.add(key, this.tick);
      if (known === undefined && slot !== null) arena.ints(slot.offset, this.memory.padded * 8).fill(0);
      this.memo = slot?.offset ?? 0;
    }
    if (key === this.protectedBy) return;
    const { execution, intrabar } = this.input.config;
    const isSession = this.input.bars.instrument.market === 'session';
    kernels.protect(stop, target, trail, execution.limitFill === 'touch' ? 1 : 0, isSession ? 1 : 0, intrabar === 'path' ? 2 : intrabar === 'optimistic' ? 1 : 0);
    this.protectedBy = key;
  }

  private size(size: number): void {
    if (size === this.accountOf) return;
    this.accountOf = size;
    const { sizing, account } = this.input.config;
    const kind = sizing.kind === 'fixed-quantity' ? 1 : sizing.kind === 'fixed-quote' ? 2 : 0;
    const amount = sizing.kind === 'fixed-quantity' ? size * sizing.qtyBase : sizing.kind === 'fixed-quote' ? size * sizing.notionalQuote : Math.min(size, account.maxLeverage);
    this.memory.kernels.account(kind, amount, account.initialCash, account.maxLeverage, account.kind === 'margin' ? account.maintenanceFrac : 0, account.kind === 'margin' ? 1 : 0);
  }

  /** Lines that are compared with one another, of points from all over the search. */
  private sampleLines(): Line[] {
    const { space } = this.input;
    const lines = new Set<Line>();
    for (let k = 0; k < SAMPLES; k++) {
      const pair = pairOf(this.rulesAt(space.pointAt(Math.floor((k * (space.points - 1)) / (SAMPLES - 1)))));
      if (pair !== null) lines.add(pair.a).add(pair.b);
    }
    return [...lines].slice(0, SAMPLES);
  }
}

function isProtected({ stopLossFrac, takeProfitFrac, trailFrac }: Protection): boolean {
  return stopLossFrac > 0 || takeProfitFrac > 0 || trailFrac > 0;
}

/** Points in one object that is written anew each time. */
function cursorOf(space: ParamSpace): (index: number) => Params {
  const at = space.grid.cursor();
  return (index) => at(space.gridIndexAt(index));
}

/** The one size that an exposure has where it is not flat (NaN is); 1 where it always is; null where there are several. */
function sizeOf(exposure: Exposure): number | null {
  let size = 0;
  for (let t = 0; t < exposure.length; t++) {
    const x = Math.abs(exposure[t]);
    if (x === size || !(x > 0)) continue;
    if (size !== 0) return null;
    size = x;
  }
  return size === 0 ? 1 : size;
}
