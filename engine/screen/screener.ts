import type { Bars } from '../market/index.ts';
import { createTrialArena, engineFor, type TrialArena } from '../run/index.ts';
import type { ParamSpace } from '../search/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { Strategy } from '../strategy/index.ts';
import { screenDense, type ScreenRows } from './dense.ts';
import { eventGaps } from './event-gaps.ts';
import { requireMemory } from './event-memory.ts';
import { BATCH_POINTS, EventScreener, kernelBytes } from './event-screener.ts';
import { writeFigures } from './figures.ts';
import { type KernelChoice, SCREEN_WIDTH, type ScreenBlock } from './types.ts';

export interface ScreenInput {
  readonly strategy: Strategy;
  readonly space: ParamSpace;
  readonly markets: readonly Bars[];
  readonly config: SimulationConfig;
  readonly memoryBytes: number;
}

/** Evaluates ranges of points for their figures alone. */
export interface Screener {
  readonly choice: KernelChoice;
  /** Points [fromPoint, toPoint); `firstTrial` is the trial index of point 0. */
  evaluate(fromPoint: number, toPoint: number, firstTrial: number): ScreenBlock;
  /** Gives its memory back for the next screener; no call after it. */
  close(): void;
}

/** Which kernel walks the points of a strategy under a configuration. */
export function kernelFor(strategy: Strategy, config: SimulationConfig, markets: readonly Bars[]): KernelChoice {
  const gaps = eventGaps(strategy, config, markets);
  if (gaps.length === 0) return { kernel: 'event kernel', reasons: [] };
  const { engine, reasons } = engineFor(strategy, config, markets);
  return { kernel: engine, reasons: reasons.length > 0 ? reasons : gaps };
}

/** Of the memory; the rest is for the points that the event kernel leaves. */
const EVENT_SHARE = 0.9;

/**
 * Whether a screener of one worker has the memory that it needs: asked before workers are.
 *
 * throws  InputError `memory-too-small`
 */
export function requireScreenMemory(strategy: Strategy, config: SimulationConfig, markets: readonly Bars[], points: number, memoryBytes: number): void {
  if (kernelFor(strategy, config, markets).kernel !== 'event kernel') return;
  requireMemory(markets[0].length, Math.min(points, BATCH_POINTS), kernelBytes(strategy, EVENT_SHARE * memoryBytes));
}

/** throws  InputError `memory-too-small` */
export function createScreener(input: ScreenInput): Screener {
  const { strategy, space, markets, config, memoryBytes } = input;
  const choice = kernelFor(strategy, config, markets);
  const dense = densePoints(choice.kernel === 'event kernel' ? { ...input, memoryBytes: (1 - EVENT_SHARE) * memoryBytes } : input);
  const events = choice.kernel === 'event kernel' ? new EventScreener({ strategy, space, bars: markets[0], config, memoryBytes: EVENT_SHARE * memoryBytes }) : null;
  return {
    choice,
    evaluate(fromPoint, toPoint, firstTrial) {
      const count = toPoint - fromPoint;
      const values = new Float64Array(SCREEN_WIDTH * count).fill(Number.NaN);
      const failures: Record<number, string> = {};
      const rows = { values, count, failures };
      for (let from = fromPoint; from < toPoint; from += BATCH_POINTS) {
        const to = Math.min(toPoint, from + BATCH_POINTS);
        const isLeft = events === null ? () => true : eventPoints(events, from, to, rows, from - fromPoint);
        for (let point = from; point < to; point++) if (isLeft(point - from)) dense(point, rows, point - fromPoint, firstTrial + point);
      }
      return { from: firstTrial + fromPoint, count, values, failures };
    },
    close: () => events?.close(),
  };
}

/** Figures of the points that the event kernel knows; says which of them it has left. */
function eventPoints(events: EventScreener, from: number, to: number, rows: ScreenRows, at: number): (row: number) => boolean {
  events.evaluate(from, to);
  writeFigures(events.raw, to - from, events.measure, rows, at);
  const { raw } = events;
  return (row) => Number.isNaN(raw[row]);
}

/** The points that are left, in an arena of their own, made when the first of them comes. */
function densePoints({ strategy, space, markets, config, memoryBytes }: ScreenInput): (point: number, rows: ScreenRows, row: number, trial: number) => void {
  let arena: TrialArena | null = null;
  return (point, rows, row, trial) => {
    arena ??= createTrialArena(markets, memoryBytes);
    screenDense(strategy, space.pointAt(point), config, arena, rows, row, trial);
  };
}
