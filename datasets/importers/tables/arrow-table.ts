import type { DataType, Vector } from 'apache-arrow';
import { DataError, errorMessage } from '../../../engine/core/index.ts';
import type { Column, ColumnsContent } from './column-table.ts';

type Arrow = typeof import('apache-arrow');

/**
 * Columns of an Arrow IPC file (Feather v2) or stream, LZ4 and Zstandard included.
 *
 * throws  DataError `arrow-broken`, `column-type-unknown`
 */
export async function arrowContent(bytes: Uint8Array, label: string): Promise<ColumnsContent> {
  const arrow = await import('apache-arrow');
  await registerCodecs(arrow);
  const table = parse(arrow, bytes, label);
  const columns = table.schema.fields.map((field) => field.name);
  return {
    columns, length: table.numRows, width: columns.length,
    column: (index) => columnOf(arrow, table.getChildAt(index) as Vector),
  };
}

async function registerCodecs({ compressionRegistry, CompressionType }: Arrow): Promise<void> {
  if (compressionRegistry.get(CompressionType.LZ4_FRAME) !== null) return;
  const [{ default: lz4js }, fzstd] = await Promise.all([import('lz4js') as Promise<{ default: typeof import('lz4js') }>, import('fzstd')]);
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (frame) => lz4js.decompress(frame) });
  // slice: fzstd's output is not aligned to 8 bytes, as BigInt64Array demands
  compressionRegistry.set(CompressionType.ZSTD, { decode: (frame) => fzstd.decompress(frame).slice() });
}

function parse(arrow: Arrow, bytes: Uint8Array, label: string): import('apache-arrow').Table {
  try {
    return arrow.tableFromIPC(bytes);
  } catch (cause) {
    throw new DataError('arrow-broken', `${label} is a damaged Arrow file (${errorMessage(cause)}); write or download it again`, { cause });
  }
}

function columnOf(arrow: Arrow, vector: Vector): Column {
  const type = vector.type as DataType;
  if (arrow.DataType.isTimestamp(type)) {
    const perMs = [1e-3, 1, 1e3, 1e6][type.unit];
    return { type: 'time', values: numbersOf(vector, (raw) => Number(raw) / perMs), zoned: Boolean(type.timezone) };
  }
  if (arrow.DataType.isDate(type)) {
    return { type: 'time', values: numbersOf(vector, (raw) => Number(raw) * (type.unit === arrow.DateUnit.DAY ? 86_400_000 : 1)), zoned: false };
  }
  if (arrow.DataType.isFloat(type) && type.precision !== arrow.Precision.HALF) return { type: 'number', values: numbersOf(vector, Number) };
  if (arrow.DataType.isInt(type)) return { type: 'number', values: numbersOf(vector, Number) };
  return { type: 'text', values: Array.from(vector, textOf) };
}

function textOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  return typeof cell === 'object' ? JSON.stringify(cell) : `${cell as string | number | bigint | boolean}`;
}

/** Values batch by batch (pandas writes 65,536 rows a batch); nulls become NaN. */
function numbersOf(vector: Vector, convert: (raw: number | bigint) => number): Float64Array {
  const out = new Float64Array(vector.length);
  let at = 0;
  for (const batch of vector.data) {
    const values = batch.values as ArrayLike<number | bigint>;
    for (let row = 0; row < batch.length; row++) {
      out[at++] = batch.nullCount > 0 && !batch.getValid(row) ? Number.NaN : convert(values[row]);
    }
  }
  return out;
}
