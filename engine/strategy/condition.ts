import { requireInput } from '../core/index.ts';
import type { Line } from './line.ts';

export type ConditionKind = 'above' | 'below' | 'crossesAbove' | 'crossesBelow' | 'and' | 'or' | 'not' | 'barsAgo' | 'forBars' | 'withinBars' | 'since';

const CONDITION = 'assay-condition/1';

export function isCondition(value: unknown): value is Condition {
  return typeof value === 'object' && value !== null && (value as { brand?: unknown }).brand === CONDITION;
}

/**
 * Something that holds or does not at every close, stated and not yet computed: a comparison of lines, or other conditions together.
 *
 * The engine computes it for all bars at once, 64 of them a word.
 */
export class Condition {
  /** How a condition of another copy of this library is known. */
  readonly brand = CONDITION;
  readonly kind: ConditionKind;
  /** Of comparisons: the line, and the line or the level (`b` null) that it is compared with. */
  readonly a: Line | null;
  readonly b: Line | null;
  readonly level: number;
  readonly parts: readonly Condition[];
  readonly bars: number;

  constructor(kind: ConditionKind, a: Line | null, b: Line | null, level: number, parts: readonly Condition[], bars: number) {
    this.kind = kind;
    this.a = a;
    this.b = b;
    this.level = level;
    this.parts = parts;
    this.bars = bars;
  }
}

const NO_PARTS: readonly Condition[] = [];

export function comparison(kind: 'above' | 'below' | 'crossesAbove' | 'crossesBelow', a: Line, b: Line | number): Condition {
  return typeof b === 'number' ? new Condition(kind, a, null, b, NO_PARTS, 0) : new Condition(kind, a, b, Number.NaN, NO_PARTS, 0);
}

export function combination(kind: 'and' | 'or' | 'not' | 'barsAgo' | 'forBars' | 'withinBars' | 'since', parts: readonly Condition[], bars = 0): Condition {
  return new Condition(kind, null, null, Number.NaN, parts, bars);
}

export function requireBars(name: string, bars: number, least: number): void {
  requireInput(Number.isInteger(bars) && bars >= least, 'bars-invalid', name, `a whole number of at least ${least}`, bars);
}
