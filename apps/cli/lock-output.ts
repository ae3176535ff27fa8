import type { FirstDifference, LockedStudy, StudyOutcome } from '../../workbench/index.ts';
import { alarm, faint, good, print, table, warning } from './output.ts';

export interface LockedChange {
  readonly name: string;
  readonly study: LockedStudy;
  readonly state: 'new' | 'unchanged' | 'replaced';
}

export function lockedJson(lock: string, changes: readonly LockedChange[]): object {
  return { lock, studies: changes.map(({ name, study: { kind, strategy, data, result }, state }) => ({ name, kind, state, strategy, data, id: result.id })) };
}

export function printLocked(changes: readonly LockedChange[]): void {
  print(table(['study', 'kind', 'strategy', 'data', 'result', ''], changes.map(({ name, study, state }) => [name, study.kind, study.strategy, study.data.map(sourceText).join(', '), study.result.id, state]), 6));
}

function sourceText(source: LockedStudy['data'][number]): string {
  if (source.kind === 'lake') return source.dataset;
  return source.kind === 'file' ? source.path : 'embedded sample';
}

/** A replay that found something to lock: another result, or the same one of other code or another engine. */
export function isReplaceable(outcome: StudyOutcome): outcome is StudyOutcome & { readonly now: LockedStudy } {
  return outcome.now !== null && (outcome.state !== 'equal' || outcome.notes.length > 0);
}

export function verifiedJson(lock: string, outcomes: readonly StudyOutcome[], updated: ReadonlySet<string>): object {
  return {
    lock,
    isOk: outcomes.every(({ name, state }) => state === 'equal' || updated.has(name)),
    studies: outcomes.map(({ name, kind, state, notes, reason, figures, first }) => ({
      name, kind, state, isUpdated: updated.has(name), notes, reason,
      figures: figures.map(({ field, promised, found }) => ({ field, locked: promised, now: found })), first,
    })),
  };
}

const WORDS: Readonly<Record<StudyOutcome['state'], string>> = {
  equal: '✓ results equal', drifted: '✕ results drifted', 'data-changed': '✕ data changed', 'dataset-missing': '✕ dataset missing', 'strategy-missing': '✕ strategy missing', failed: '✕ replay failed',
};

export function printVerified(outcomes: readonly StudyOutcome[], updated: ReadonlySet<string>): void {
  print(table(['study', 'kind', 'result', 'notes'], outcomes.map((one) => [one.name, one.kind, colour(one)(WORDS[one.state]), [...(updated.has(one.name) ? ['locked anew'] : []), ...one.notes].join('; ')]), 4));
  for (const outcome of outcomes) if (outcome.state !== 'equal') printDetails(outcome);
}

function colour({ state }: StudyOutcome): (text: string) => string {
  return state === 'equal' ? good : alarm;
}

const MOST_FIGURES = 12;
const HEADLINES = ['decision', ...['totalReturn', 'sharpeAnn', 'maxDrawdown', 'trades'].map((name) => `metrics.${name}`)];

function printDetails({ name, reason, figures, first }: StudyOutcome): void {
  print();
  print(warning(name + (reason === null ? '' : `: ${reason}`)));
  if (figures.length > 0) print(table(['figure', 'locked', 'now'], headlinesFirst(figures).slice(0, MOST_FIGURES).map(({ field, promised, found }) => [field, valueText(promised), valueText(found)])));
  if (figures.length > MOST_FIGURES) print(faint(`and ${figures.length - MOST_FIGURES} more figures; all of them: --json`));
  for (const one of first) for (const line of firstText(one)) print(line);
}

/** Headlines, the other figures of the account, and what is left, such as the ambiguity band. */
function headlinesFirst(figures: StudyOutcome['figures']): StudyOutcome['figures'] {
  const rank = (field: string): number => (HEADLINES.includes(field) ? HEADLINES.indexOf(field) : field.startsWith('band.') ? HEADLINES.length + 1 : HEADLINES.length);
  return [...figures].sort((a, b) => rank(a.field) - rank(b.field));
}

/** Where a series first differs, and what stands there. */
function firstText({ series, from, to, locked, now }: FirstDifference): string[] {
  const one = { trades: 'trade', equity: 'bar', trials: 'trial' }[series];
  const where = to - from === 1 ? `first at ${one} ${from}` : `first between ${one} ${from} and ${one} ${to - 1}`;
  const element = (label: string, value: FirstDifference['now']): string => `  ${label} ${value === null ? 'none' : describe(value)}`;
  return [`${series} differ ${where}`, ...(locked === null ? [] : [element('locked', locked)]), element(to - from === 1 ? 'now' : `now, ${one} ${from}:`, now)];
}

function describe(element: Readonly<Record<string, unknown>>): string {
  return Object.entries(element).map(([name, value]) => (name.endsWith('TimeMs') && typeof value === 'number' ? `${name.slice(0, -2)} ${new Date(value).toISOString().slice(0, 16)}` : `${name} ${valueText(value)}`)).join(', ');
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
