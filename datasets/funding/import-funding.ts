import { DataError, formatDuration } from '../../engine/core/index.ts';
import { splitPair } from '../importers/hint-from-names.ts';
import { readSource } from '../importers/source/read-source.ts';
import { openTable } from '../importers/tables/open-table.ts';
import type { Table } from '../importers/tables/table.ts';
import { withoutEnvelope } from './api-envelope.ts';
import { type FundingColumns, fundingColumns } from './funding-columns.ts';
import { orderPayments, type PaymentRows, stepsOf } from './payments.ts';
import type { FundingImport, FundingOptions } from './types.ts';

/**
 * Funding rates from a file of freqtrade, Binance, Bybit or OKX, or any table with a time and a column named like funding.
 *
 * units   rates are fractions of the position's value a payment; positive: longs pay
 * NaN     a mark price that the file does not have
 * throws  InputError `file-unreadable`, `column-unknown`; DataError `funding-columns-missing`, `funding-columns-unclear`, `funding-rate-missing`,
 *         `funding-rate-suspicious`, `funding-conflict`, and what any table can have wrong
 */
export async function importFunding(path: string, options: FundingOptions = {}): Promise<FundingImport> {
  const source = withoutEnvelope(await readSource(path, options.entry));
  const table = await openTable(source);
  const columns = fundingColumns(table, options);
  const { rows, rowsRead, symbol, notes } = readRows(table, columns, options);
  const { timeMs, rate, markPrice, duplicates, notes: orderNotes } = orderPayments(rows, options.anyway === true);
  const { notes: stepNotes, ...steps } = stepsOf(timeMs);
  const gapNotes = steps.gaps > 0 ? [`${steps.gaps} gaps, the longest step ${formatDuration(steps.longestStepMs)}: nothing is paid in them`] : [];
  const named = symbol ?? table.hint.symbol;
  return {
    importer: columns.importer, source: source.identity, ...(named !== undefined && { symbol: splitPair(named) }), timeMs, rate, markPrice, ...steps, rowsRead, duplicates,
    notes: [...columns.notes, ...notes, ...orderNotes, ...stepNotes, ...gapNotes],
  };
}

function readRows(table: Table, columns: FundingColumns, { timeZone }: FundingOptions): { rows: PaymentRows; rowsRead: number; symbol?: string; notes: readonly string[] } {
  const { time, rate, markPrice, symbol } = columns;
  const cells = table.read({ time, numbers: markPrice === null ? [rate] : [rate, markPrice], symbol: symbol ?? undefined, stamps: { timeZone } });
  const [reject] = cells.rejects;
  if (reject) throw new DataError(reject.kind, `${table.label}: ${reject.reason}${cells.rejects.length > 1 ? `, and ${cells.rejects.length - 1} rows more` : ''}; mend or remove it`);
  const marks = cells.numbers[1] ?? new Float64Array(cells.timeMs.length).fill(Number.NaN);
  const rows = { timeMs: cells.timeMs, rate: cells.numbers[0], markPrice: marks, line: cells.line, lineWord: table.kind === 'csv' ? 'line' : 'row', label: table.label };
  return { rows, rowsRead: cells.rowsRead, symbol: cells.symbol, notes: cells.notes };
}
