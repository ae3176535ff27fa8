import type { AlertField } from './fields.ts';

export type LevelOperator = '>=' | '<=' | '>' | '<';

/** What `when` of a rule says. */
export type Condition = { readonly field: AlertField; /** Of `monitor.T5`; null for any. */ readonly monitor: string | null } & (
  | { readonly kind: 'crosses'; readonly direction: 'above' | 'below'; readonly level: number }
  | { readonly kind: 'level'; readonly operator: LevelOperator; readonly level: number }
  | { readonly kind: 'moves'; readonly by: number; readonly windowMs: number }
  | { readonly kind: 'changes'; /** Null: to anything. */ readonly to: readonly string[] | null }
  | { readonly kind: 'flips' }
  | { readonly kind: 'happens' }
);

/** Whether a number is on the side that a condition asks for. */
export function holds(condition: Extract<Condition, { kind: 'crosses' | 'level' | 'moves' }>, value: number): boolean {
  if (condition.kind === 'moves') return value >= condition.by;
  if (condition.kind === 'crosses') return condition.direction === 'above' ? value >= condition.level : value <= condition.level;
  const { operator, level } = condition;
  if (operator === '>=') return value >= level;
  if (operator === '>') return value > level;
  return operator === '<=' ? value <= level : value < level;
}

/** Whether a number is far enough on the other side for a condition to be met anew. */
export function isCleared(condition: Extract<Condition, { kind: 'crosses' | 'level' | 'moves' }>, value: number, hysteresis: number): boolean {
  if (holds(condition, value)) return false;
  if (condition.kind === 'moves') return value <= condition.by - hysteresis;
  const isUpward = condition.kind === 'crosses' ? condition.direction === 'above' : condition.operator.startsWith('>');
  return isUpward ? value <= condition.level - hysteresis : value >= condition.level + hysteresis;
}

/** What a value is compared with, for people and for `FiredAlert.threshold`. */
export function thresholdOf(condition: Condition): number | string | null {
  if (condition.kind === 'crosses' || condition.kind === 'level') return condition.level;
  if (condition.kind === 'moves') return condition.by;
  return condition.kind === 'changes' && condition.to !== null ? condition.to.join('|') : null;
}
