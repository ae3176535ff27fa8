import { DataError } from '../../engine/core/index.ts';
import type { Defect, ImportOptions, InstrumentHint, RawCandles, SourceFile } from '../types.ts';
import { isPriceOnly, type Layout } from './columns/layout.ts';
import { mappedLayout } from './columns/mapping.ts';
import { readCells, toCandles } from './columns/to-candles.ts';
import { FORMATS } from './formats/index.ts';
import { refuseFundingCandles, refuseOtherKinds, refuseUnknown } from './formats/not-candles.ts';
import { readSource } from './source/read-source.ts';
import { openTable } from './tables/open-table.ts';
import type { Cells, Reject, Table } from './tables/table.ts';

/** One file's rows as candles, in file order, before any rule of quality. */
export interface FileRead {
  readonly importer: string;
  readonly source: SourceFile;
  readonly candles: RawCandles;
  readonly rejects: readonly Reject[];
  readonly defects: readonly Defect[];
  readonly notes: readonly string[];
  readonly hint: InstrumentHint;
  readonly priceOnly: boolean;
  readonly rowsRead: number;
}

/** Reads one file by the format that its content shows, or by the given mapping. */
export async function readCandles(path: string, options: ImportOptions): Promise<FileRead> {
  const source = await readSource(path, options.entry);
  const table = await openTable(source);
  const { importer, layout } = chooseLayout(table, options);
  const cells = readCells(table, layout, options);
  requireRows(cells, table);
  const { candles, notes } = toCandles(cells, table, layout, options);
  refuseFundingCandles(candles, table.label);
  return {
    importer, source: source.identity, candles, rejects: cells.rejects, defects: cells.defects, priceOnly: isPriceOnly(layout),
    notes: [...layout.notes, ...cells.notes, ...notes, ...blankNote(cells)], hint: { ...table.hint, ...layout.hint }, rowsRead: cells.rowsRead,
  };
}

function chooseLayout(table: Table, options: ImportOptions): { importer: string; layout: Layout } {
  if (options.columnMapping) return { importer: 'column-mapping/1', layout: mappedLayout(table, options.columnMapping, options) };
  refuseOtherKinds(table);
  const matches = FORMATS.flatMap((format) => {
    const match = format.detect(table, options);
    return match ? [{ importer: format.id, ...match }] : [];
  });
  return matches.toSorted((a, b) => b.score - a.score)[0] ?? refuseUnknown(table);
}

/** throws  DataError, its code the first row's fault, or `no-rows` */
function requireRows({ line, rejects, rowsRead }: Cells, table: Table): void {
  if (line.length > 0) return;
  const [first] = rejects;
  if (first) throw new DataError(first.kind, `${table.label} has no readable row among ${rowsRead}: ${first.reason}`);
  throw new DataError('no-rows', `${table.label} has no row with a value in the mapped columns`);
}

function blankNote({ defects }: Cells): string[] {
  const blank = defects.find((defect) => defect.kind === 'blank-row');
  return blank ? [`${blank.count} rows are blank in the mapped columns and were skipped`] : [];
}
