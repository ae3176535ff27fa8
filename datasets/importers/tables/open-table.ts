import { contentKind } from '../source/content-kind.ts';
import { decodeText } from '../source/decode-text.ts';
import type { Source } from '../source/read-source.ts';
import { csvTable } from '../csv/csv-table.ts';
import { hintFromNames } from '../hint-from-names.ts';
import { arrowContent } from './arrow-table.ts';
import { columnTable } from './column-table.ts';
import { jsonContent } from './json-table.ts';
import { parquetContent } from './parquet-table.ts';
import type { Table } from './table.ts';

/** A source as a table, whatever its kind. */
export async function openTable(source: Source): Promise<Table> {
  const bytes = decodeText(source.bytes);
  const kind = contentKind(bytes, source.label);
  const base = { label: source.label, fileNames: source.names, hint: hintFromNames(source.names) };
  if (kind === 'csv') return csvTable(bytes, base);
  if (kind === 'json') return columnTable(jsonContent(bytes, source.label), { ...base, kind });
  return columnTable(await (kind === 'arrow' ? arrowContent(bytes, source.label) : parquetContent(source)), { ...base, kind });
}
