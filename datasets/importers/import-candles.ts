import { DataError, parseDurationMs, requireInput, WEEK_MS } from '../../engine/core/index.ts';
import {
  failOnErrors, type Finding, findIrregularStep, findOffGrid, findStep, findTimeframeMismatch, inspectRows, inspectSeries, keepRows, pickRows, repeatedStamps,
  type Step, type TakenRow,
} from '../quality/index.ts';
import type { Defect, DefectKind, DefectPolicy, ImportOptions, ImportResult, InstrumentHint, QuarantinedRow, RawCandles } from '../types.ts';
import { joinCandles, orderReads } from './merge-reads.ts';
import { type FileRead, readCandles } from './read-candles.ts';

const MOST_EXAMPLES = 5;
const POLICIES: readonly DefectPolicy[] = ['fail', 'quarantine', 'keep'];

/**
 * Candles of one market from one or several files of any known format, with every defect named.
 *
 * throws  InputError `files-missing`, `file-unreadable`, `column-unknown`, …; DataError for what is no table of candles, and under
 *         policy `fail` for rows that cannot be bars
 */
export async function importCandles(files: readonly string[], options: ImportOptions = {}): Promise<ImportResult> {
  requireInput(files.length > 0, 'files-missing', 'files', 'at least one path', files.length);
  requireInput(POLICIES.includes(options.onDefect ?? 'fail'), 'policy-unknown', 'onDefect', `one of ${POLICIES.join(', ')}`, options.onDefect);
  const declaredMs = options.timeframe === undefined ? undefined : parseDurationMs(options.timeframe, 'timeframe');
  const reads: FileRead[] = [];
  for (const file of files) reads.push(await readCandles(file, options));
  return assemble(orderReads(reads), options, declaredMs);
}

function assemble(reads: readonly FileRead[], options: ImportOptions, declaredMs: number | undefined): ImportResult {
  const policy = options.onDefect ?? 'fail';
  const label = reads.map(({ source }) => source.file).join(', ');
  const rows = keepBars(reads, policy, label);
  const step = findStep(rows.candles.openTimeMs);
  const timeframeMs = requireTimeframe(step, declaredMs, label);
  const mismatch = findTimeframeMismatch(rows.candles, step, declaredMs);
  if (policy === 'fail' && mismatch.length > 0) {
    throw new DataError('timeframe-mismatch', `${label}: ${mismatch[0].defect.examples[0]}; declare the timeframe that the data has, or set onDefect keep to use the declared one`);
  }
  const grid = keepOnGrid(rows.candles, step, timeframeMs, policy);
  const series = inspectSeries(grid.candles, {
    timeframeMs, calendar: options.calendar ?? '24/7', monthly: step.kind === 'month', priceOnly: reads.every((read) => read.priceOnly),
  });
  const findings = [...rows.findings, ...mismatch, ...findIrregularStep(rows.candles, step), ...grid.findings, ...series];
  return {
    importer: [...new Set(reads.map((read) => read.importer))].join(' + '),
    sources: reads.map((read) => read.source),
    instrumentHint: hintOf(reads, options),
    timeframeMs,
    candles: grid.candles,
    quarantined: [...rows.quarantined, ...quarantine(reads, rows.candles, grid.taken)],
    defects: mergeByKind([...reads.flatMap((read) => read.defects), ...rejectDefects(reads), ...findings.map(({ defect }) => defect)]),
    notes: [...new Set([...reads.flatMap((read) => read.notes), ...calendarNote(grid.candles, options)])],
    rowsRead: reads.reduce((sum, read) => sum + read.rowsRead, 0),
    rowsKept: grid.candles.close.length,
  };
}

interface BarRows {
  readonly candles: RawCandles;
  readonly findings: readonly Finding[];
  readonly quarantined: readonly QuarantinedRow[];
}

/** Rows that the policy accepts as bars, ascending and unique. */
function keepBars(reads: readonly FileRead[], policy: DefectPolicy, label: string): BarRows {
  const raw = joinCandles(reads);
  const repeats = repeatedStamps(raw);
  const findings = inspectRows(raw, repeats);
  if (policy === 'fail') failOnErrors(label, raw, findings, reads.flatMap((read) => read.rejects));
  const kept = keepRows(raw, findings, repeats, policy);
  if (kept.candles.close.length === 0) throw new DataError('no-rows-kept', `${label} has no row that is a bar; the first: ${kept.taken[0]?.reason}`);
  return { candles: kept.candles, findings, quarantined: [...rejectedRows(reads), ...quarantine(reads, raw, kept.taken)] };
}

/** throws  DataError `timeframe-unknown`, `irregular-step` */
function requireTimeframe(step: Step, declaredMs: number | undefined, label: string): number {
  if (declaredMs !== undefined) return declaredMs;
  if (step.modalMs === null) throw new DataError('timeframe-unknown', `${label} has one bar, which tells no timeframe; declare one such as timeframe: '1d'`);
  if (step.kind === 'month') throw new DataError('irregular-step', `${label} has calendar months of 28 to 31 days; declare timeframe: '30d' to import them as such`);
  if (step.kind === 'irregular') throw new DataError('irregular-step', `${label} has bars that stand on no common grid; declare timeframe to import them as they are`);
  return step.modalMs;
}

/** Stamps beside the grid are bars that had not closed, or were stamped late: `quarantine` takes them out, the others tell. */
function keepOnGrid(candles: RawCandles, step: Step, timeframeMs: number, policy: DefectPolicy): { candles: RawCandles; findings: Finding[]; taken: TakenRow[] } {
  const findings = step.kind === 'regular' ? findOffGrid(candles, timeframeMs) : [];
  if (policy !== 'quarantine' || findings.length === 0) return { candles, findings, taken: [] };
  const taken = findings.flatMap(({ defect, rows }) => rows.map((row) => ({ row, reason: defect.kind })));
  const out = new Set(taken.map(({ row }) => row));
  const rows = Array.from(candles.close.keys()).filter((row) => !out.has(row));
  return { candles: pickRows(candles, rows), findings, taken };
}

function rejectedRows(reads: readonly FileRead[]): QuarantinedRow[] {
  return reads.flatMap(({ source, rejects }) =>
    rejects.map(({ line, openTimeMs, text, kind, reason }) => ({ file: source.file, line, openTimeMs, text, reason: `${kind}: ${reason}` })));
}

function quarantine(reads: readonly FileRead[], { source, line, openTimeMs, open, high, low, close, volume }: RawCandles, taken: readonly TakenRow[]): QuarantinedRow[] {
  return taken.map(({ row, reason }) => ({
    file: reads[source[row]].source.file, line: line[row], openTimeMs: openTimeMs[row], reason,
    text: `open ${open[row]}, high ${high[row]}, low ${low[row]}, close ${close[row]}, volume ${volume[row]}`,
  }));
}

function rejectDefects(reads: readonly FileRead[]): Defect[] {
  return reads.flatMap(({ rejects }) => rejects).map(({ kind, line, openTimeMs, reason }) => ({
    kind, severity: 'error' as const, count: 1, firstLine: line, firstTimeMs: openTimeMs, examples: [reason],
  }));
}

/** One entry a kind: counts add up, the first stays first. */
function mergeByKind(defects: readonly Defect[]): Defect[] {
  const merged = new Map<DefectKind, Defect>();
  for (const next of defects) {
    const known = merged.get(next.kind);
    merged.set(next.kind, known === undefined ? next : {
      ...known, count: known.count + next.count, examples: [...known.examples, ...next.examples].slice(0, MOST_EXAMPLES),
    });
  }
  return [...merged.values()];
}

function hintOf(reads: readonly FileRead[], { symbol, venue }: ImportOptions): InstrumentHint {
  const read = reads.reduce<InstrumentHint>((known, { hint }) => ({ ...hint, ...known }), {});
  return { ...read, ...(symbol !== undefined && { symbol }), ...(venue !== undefined && { venue }) };
}

function calendarNote({ openTimeMs }: RawCandles, { calendar }: ImportOptions): string[] {
  const spanMs = (openTimeMs.at(-1) ?? 0) - openTimeMs[0];
  if (calendar !== undefined || spanMs < 2 * WEEK_MS || openTimeMs.some((time) => [0, 6].includes(new Date(time).getUTCDay()))) return [];
  return ["no bar falls on a weekend: declare calendar 'session' if this market closes then, and weekends are no gaps"];
}
