import { DataError } from '../../../engine/core/index.ts';

export type ContentKind = 'csv' | 'json' | 'arrow' | 'parquet';

/**
 * What bytes are, by their own marks and never by a file's name.
 *
 * throws  DataError `feather-v1`, `arrow-cut`, `parquet-cut`, `binary-unknown`
 */
export function contentKind(bytes: Uint8Array, label: string): ContentKind {
  if (startsWith(bytes, 'FEA1')) {
    throw new DataError('feather-v1', `${label} is Feather version 1; re-save it as Feather v2: pandas.read_feather(f).to_feather(f, version=2)`);
  }
  if (startsWith(bytes, 'ARROW1')) return whole(bytes, 'ARROW1', label, 'arrow');
  if (startsWith(bytes, 'PAR1')) return whole(bytes, 'PAR1', label, 'parquet');
  if (bytes.length >= 8 && bytes[0] === 0xff && bytes[1] === 0xff && bytes[2] === 0xff && bytes[3] === 0xff) return 'arrow';
  requireText(bytes, label);
  const first = firstMark(bytes);
  return first === '[' || first === '{' ? 'json' : 'csv';
}

function whole(bytes: Uint8Array, magic: string, label: string, kind: 'arrow' | 'parquet'): ContentKind {
  const tail = Buffer.from(bytes.subarray(-magic.length)).toString('latin1');
  if (tail === magic && bytes.length > 2 * magic.length) return kind;
  throw new DataError(`${kind}-cut`, `${label} begins as ${kind} but its end is missing; copy or download it again`);
}

function startsWith(bytes: Uint8Array, magic: string): boolean {
  return Buffer.from(bytes.subarray(0, magic.length)).toString('latin1') === magic;
}

function requireText(bytes: Uint8Array, label: string): void {
  const head = bytes.subarray(0, 4096);
  const control = head.reduce((count, byte) => count + (byte === 0 || (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) ? 1 : 0), 0);
  if (control > 0) {
    throw new DataError('binary-unknown', `${label} is binary and neither Parquet, Arrow, gzip nor zip; export the candles as CSV or Parquet`);
  }
}

function firstMark(bytes: Uint8Array): string {
  for (const byte of bytes.subarray(0, 1024)) {
    if (byte > 32 && byte < 128) return String.fromCharCode(byte);
  }
  return '';
}
