import { DataError } from '../../engine/core/index.ts';
import type { DefectPolicy, RawCandles } from '../types.ts';
import type { Finding } from './finding.ts';
import { rowName } from './finding.ts';
import type { Repeats } from './repeated-stamps.ts';
import { isStrictlyAscending, pickRows, rowsByTime } from './time-order.ts';

const MOST_LISTED = 20;
const NEVER_A_BAR = 'missing-value';

/** A row that a policy took out, and why. */
export interface TakenRow {
  readonly row: number;
  readonly reason: string;
}

export interface Kept {
  readonly candles: RawCandles;
  readonly taken: readonly TakenRow[];
}

/** Sorts rows by time, keeps one of identical rows, and takes out what the policy does not allow. `fail` has thrown before. */
export function keepRows(candles: RawCandles, findings: readonly Finding[], repeats: Repeats, policy: DefectPolicy): Kept {
  const taken = policy === 'keep' ? unrepresentable(candles, findings, repeats) : allFaulty(findings);
  const out = new Set([...taken.map(({ row }) => row), ...repeats.duplicates]);
  if (out.size === 0 && isStrictlyAscending(candles.openTimeMs)) return { candles, taken };
  return { candles: pickRows(candles, rowsByTime(candles).filter((row) => !out.has(row))), taken };
}

/** Rows of every finding of severity error, each with its first reason. */
function allFaulty(findings: readonly Finding[]): TakenRow[] {
  const reasons = new Map<number, string>();
  for (const { defect, rows } of findings) {
    if (defect.severity !== 'error') continue;
    for (const row of rows) reasons.set(row, reasons.has(row) ? `${reasons.get(row)}, ${defect.kind}` : defect.kind);
  }
  return [...reasons].sort((a, b) => a[0] - b[0]).map(([row, reason]) => ({ row, reason }));
}

/** Under `keep` only blank prices go, and all but the last of the rows that contradict each other. */
function unrepresentable(candles: RawCandles, findings: readonly Finding[], { conflicts }: Repeats): TakenRow[] {
  const blank = findings.filter(({ defect }) => defect.kind === NEVER_A_BAR).flatMap(({ rows }) => rows);
  const blanks = new Set(blank);
  const last = new Map(conflicts.filter((row) => !blanks.has(row)).map((row) => [candles.openTimeMs[row], row]));
  const superseded = conflicts.filter((row) => !blanks.has(row) && last.get(candles.openTimeMs[row]) !== row);
  return [
    ...blank.map((row) => ({ row, reason: NEVER_A_BAR })),
    ...superseded.map((row) => ({ row, reason: 'conflicting-stamp: a later row of the same time is kept' })),
  ].sort((a, b) => a.row - b.row);
}

/** A row that could not even be read. */
export interface Unread {
  readonly kind: string;
  readonly reason: string;
}

/**
 * Under `fail`: stops at rows that cannot be bars, listing them.
 *
 * throws  DataError, its code the kind of defect, or `defective-rows` for several kinds
 */
export function failOnErrors(label: string, candles: RawCandles, findings: readonly Finding[], unread: readonly Unread[]): void {
  const errors = findings.filter(({ defect }) => defect.severity === 'error');
  const kinds = new Set([...unread.map(({ kind }) => kind), ...errors.map(({ defect }) => defect.kind)]);
  if (kinds.size === 0) return;
  const lines = [...unread.map(({ reason }) => reason), ...errors.flatMap((finding) => describeRows(candles, finding))];
  const counts = [...kinds].map((kind) => `${kind} ${countOf(kind, errors, unread)}`).join(', ');
  const more = lines.length > MOST_LISTED ? `\n  … and ${lines.length - MOST_LISTED} more` : '';
  throw new DataError(kinds.size === 1 ? [...kinds][0] : 'defective-rows',
    `${label} has rows that cannot be bars (${counts}); onDefect quarantine imports the others, keep imports all that are bars at all:\n  ` +
    `${lines.slice(0, MOST_LISTED).join('\n  ')}${more}`);
}

function describeRows(candles: RawCandles, { defect, rows }: Finding): string[] {
  if (rows.length <= defect.examples.length) return defect.examples.map((example) => `${example} [${defect.kind}]`);
  const rest = rows.slice(defect.examples.length).map((row) => rowName(candles, row));
  return [...defect.examples, ...rest].map((text) => `${text} [${defect.kind}]`);
}

function countOf(kind: string, errors: readonly Finding[], unread: readonly Unread[]): number {
  return unread.filter((row) => row.kind === kind).length + errors.reduce((sum, { defect }) => sum + (defect.kind === kind ? defect.count : 0), 0);
}
