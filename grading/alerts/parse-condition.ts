import { DAY_MS, InputError, nearestName, parseDurationMs } from '../../engine/index.ts';
import { MONITOR_IDS } from '../types/index.ts';
import type { Condition, LevelOperator } from './condition.ts';
import { ALERT_FIELD_NAMES, ALERT_FIELDS, type AlertField } from './fields.ts';

const COMPARATORS = ['crosses_above', 'crosses_below', '>=', '<=', '>', '<', 'moves_by', 'changes_to', 'changes', 'flips', 'happens'] as const;
type Comparator = (typeof COMPARATORS)[number];
const MAX_WINDOW_DAYS = 31;

interface Word {
  readonly text: string;
  /** From 1. */
  readonly column: number;
}

/**
 * `when` of a rule as a condition: `trader_grade crosses_above 80`, `trader_grade moves_by 20 in 24h`, `monitor.T5 changes_to watch|suspend`,
 * `signal flips`, `index_rebalance happens`.
 *
 * throws  InputError `alert-when-invalid` with the column
 */
export function parseCondition(when: string): Condition {
  const words = [...when.matchAll(/[<>]=?|[^\s<>]+/g)].map(({ 0: text, index }) => ({ text, column: index + 1 }));
  const at = (i: number): Word => words[i] ?? { text: '', column: when.length + 1 };
  const { field, monitor } = fieldOf(at(0), when);
  const comparator = comparatorOf(at(1), field, when);
  const { condition, length } = operands(comparator, at, field, when);
  const extra = words[2 + length];
  if (extra !== undefined) throw wrong('nothing more', extra, when);
  return { field, monitor, ...condition };
}

type Operands = Condition extends infer One ? (One extends Condition ? Omit<One, 'field' | 'monitor'> : never) : never;

function operands(comparator: Comparator, at: (i: number) => Word, field: AlertField, when: string): { readonly condition: Operands; readonly length: number } {
  switch (comparator) {
    case 'crosses_above':
    case 'crosses_below':
      return { condition: { kind: 'crosses', direction: comparator === 'crosses_above' ? 'above' : 'below', level: numberOf(at(2), when) }, length: 1 };
    case 'moves_by':
      return { condition: { kind: 'moves', by: positive(at(2), when), windowMs: windowOf(at(3), at(4), when) }, length: 3 };
    case 'changes_to':
      return { condition: { kind: 'changes', to: valuesOf(at(2), field, when) }, length: 1 };
    case 'changes':
      return { condition: { kind: 'changes', to: null }, length: 0 };
    case 'flips':
    case 'happens':
      return { condition: { kind: comparator }, length: 0 };
    default:
      return { condition: { kind: 'level', operator: comparator satisfies LevelOperator, level: numberOf(at(2), when) }, length: 1 };
  }
}

function fieldOf(word: Word, when: string): { readonly field: AlertField; readonly monitor: string | null } {
  const dot = word.text.indexOf('.');
  const name = dot < 0 ? word.text : word.text.slice(0, dot);
  if (!Object.hasOwn(ALERT_FIELDS, name)) throw wrong(`a field${suggestion(name, ALERT_FIELD_NAMES)}`, word, when);
  const field = name as AlertField;
  if (dot < 0) return { field, monitor: null };
  const monitor = word.text.slice(dot + 1);
  const after = { text: monitor, column: word.column + dot + 1 };
  if (field !== 'monitor') throw wrong(`a field without a part (only monitor has one, such as monitor.T5)`, after, when);
  if (!(MONITOR_IDS as readonly string[]).includes(monitor)) throw wrong(`a monitor (${MONITOR_IDS.join(', ')})`, after, when);
  return { field, monitor };
}

function comparatorOf(word: Word, field: AlertField, when: string): Comparator {
  const allowed = allowedFor(field);
  if (allowed.includes(word.text as Comparator)) return word.text as Comparator;
  throw wrong(`a comparator of ${field} (${allowed.join(', ')})${suggestion(word.text, allowed)}`, word, when);
}

function allowedFor(field: AlertField): readonly Comparator[] {
  const { type } = ALERT_FIELDS[field];
  if (type === 'number') return ['crosses_above', 'crosses_below', '>=', '<=', '>', '<', 'moves_by'];
  if (type === 'event') return ['happens', '>=', '<=', '>', '<'];
  return field === 'signal' ? ['changes', 'changes_to', 'flips'] : ['changes', 'changes_to'];
}

function numberOf(word: Word, when: string): number {
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(word.text) || !Number.isFinite(Number(word.text))) throw wrong('a number', word, when);
  return Number(word.text);
}

function positive(word: Word, when: string): number {
  const value = numberOf(word, when);
  if (!(value > 0)) throw wrong('a number above 0', word, when);
  return value;
}

function windowOf(connective: Word, word: Word, when: string): number {
  if (connective.text !== 'in') throw wrong('"in" and a duration such as 24h', connective, when);
  let ms: number;
  try {
    ms = parseDurationMs(word.text);
  } catch (cause) {
    throw wrong('a duration such as 24h', word, when, cause);
  }
  if (ms > MAX_WINDOW_DAYS * DAY_MS) throw wrong(`a duration of at most ${MAX_WINDOW_DAYS}d`, word, when);
  return ms;
}

function valuesOf(word: Word, field: AlertField, when: string): readonly string[] {
  const known = ALERT_FIELDS[field].values;
  let column = word.column;
  return word.text.split('|').map((text) => {
    const value = field === 'signal' ? signalName(text) : text;
    if (text === '' || (known !== null && !known.includes(value))) {
      throw wrong(`a value of ${field} (${(known ?? []).join(', ')})${suggestion(text, known ?? [])}`, { text, column }, when);
    }
    column += text.length + 1;
    return value;
  });
}

const SIGNAL_NAMES: Readonly<Record<string, string>> = { '1': 'buy', '+1': 'buy', '0': 'flat', '-1': 'sell' };

export function signalName(side: string): string {
  return SIGNAL_NAMES[side] ?? side;
}

function suggestion(typed: string, names: readonly string[]): string {
  const near = typed === '' ? null : nearestName(typed, names);
  return near === null ? '' : `; did you mean "${near}"?`;
}

function wrong(rule: string, { text, column }: Word, when: string, cause?: unknown): InputError {
  const found = text === '' ? 'nothing' : `"${text}"`;
  return new InputError('alert-when-invalid', `when must have at column ${column} ${rule}, was ${found} in "${when}"`, { cause });
}
