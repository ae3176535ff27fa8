import { InputError, requireInput } from '../core/index.ts';
import type { BarColumns } from '../market/index.ts';
import { combination, type Condition } from './condition.ts';
import { signalOf } from './conditions.ts';
import type { EntryExitSignals, Strategy } from './define.ts';
import type { Indicators } from './indicators.ts';
import { linesOf } from './line.ts';
import type { Params } from './params.ts';

/** What a strategy of `rules` says for one parameter point: conditions, all about the close that they are asked at. */
export interface Rules {
  /** Held long, or short, exactly while it holds; together they cancel. Instead of the four below. */
  readonly long?: Condition;
  readonly short?: Condition;
  /** Entries and exits: an exit beats an entry of its side, opposite entries cancel. */
  readonly enterLong?: Condition;
  readonly exitLong?: Condition;
  readonly enterShort?: Condition;
  readonly exitShort?: Condition;
  /** Left so many bars after the entry's decision, at the latest. */
  readonly exitAfterBars?: number;
  /** Fraction of equity (or multiple of the configured size) that an entry takes; 1 unless said otherwise. */
  readonly size?: number;
}

/** The same as entries and exits alone. */
export interface Entries {
  readonly enterLong: Condition | null;
  readonly exitLong: Condition | null;
  readonly enterShort: Condition | null;
  readonly exitShort: Condition | null;
  /** 0 = no limit. */
  readonly exitAfterBars: number;
  readonly size: number;
}

/** throws  InputError `legs-missing` where the strategy has none; `rules-invalid` */
export function rulesOf(strategy: Strategy, bars: BarColumns, params: Params, ta: Indicators): Rules {
  const book = linesOf(bars, ta);
  const rules = strategy.rules?.(book.columns, params, book.ta);
  if (rules === undefined) throw new InputError('rules-invalid', `strategy ${strategy.id} must return its rules, returned none`);
  return rules;
}

/** throws  InputError `rules-invalid` */
export function entriesOf(id: string, rules: Rules): Entries {
  const { long, short, enterLong, exitLong, enterShort, exitShort, exitAfterBars = 0, size = 1 } = rules;
  requireInput(size > 0 && Number.isFinite(size), 'rules-invalid', `size of ${id}`, 'above 0', size);
  requireInput(Number.isInteger(exitAfterBars) && exitAfterBars >= 0, 'rules-invalid', `exitAfterBars of ${id}`, 'a whole number of at least 0', exitAfterBars);
  const holds = long !== undefined || short !== undefined;
  const enters = enterLong !== undefined || enterShort !== undefined;
  if (holds === enters) throw new InputError('rules-invalid', `strategy ${id} must have either long and short, or enterLong and enterShort${holds ? ', has both' : ', has neither'}`);
  if (!holds) return { enterLong: enterLong ?? null, exitLong: exitLong ?? null, enterShort: enterShort ?? null, exitShort: exitShort ?? null, exitAfterBars, size };
  if (exitAfterBars > 0) throw new InputError('rules-invalid', `strategy ${id} must enter by enterLong or enterShort to leave after ${exitAfterBars} bars`);
  const heldLong = long === undefined ? null : short === undefined ? long : combination('and', [long, combination('not', [short])]);
  const heldShort = short === undefined ? null : long === undefined ? short : combination('and', [short, combination('not', [long])]);
  const against = (held: Condition | null): Condition | null => (held === null ? null : combination('not', [held]));
  return { enterLong: heldLong, exitLong: against(heldLong), enterShort: heldShort, exitShort: against(heldShort), exitAfterBars, size };
}

/** Rules as signals, one byte a bar. */
export function signalsOfRules(strategy: Strategy, bars: BarColumns, params: Params, ta: Indicators): EntryExitSignals {
  const { enterLong, exitLong, enterShort, exitShort, exitAfterBars, size } = entriesOf(strategy.id, rulesOf(strategy, bars, params, ta));
  const signal = (condition: Condition | null) => (condition === null ? undefined : signalOf(condition));
  return { enterLong: signal(enterLong), exitLong: signal(exitLong), enterShort: signal(enterShort), exitShort: signal(exitShort), exitAfterBars, size };
}
