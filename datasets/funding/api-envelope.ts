import type { Source } from '../importers/source/read-source.ts';

/** An exchange's answer as JSON, `{"result": {"list": […]}}` (Bybit) or `{"data": […]}` (OKX), down to its rows; anything else as it is. */
export function withoutEnvelope(source: Source): Source {
  const rows = rowsInside(source.bytes);
  return rows === null ? source : { ...source, bytes: Buffer.from(JSON.stringify(rows)) };
}

function rowsInside(bytes: Uint8Array): unknown[] | null {
  if (bytes[0] !== 0x7b) return null; // {
  try {
    const { result, data } = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')) as Answer;
    const rows = result?.list ?? data;
    return Array.isArray(rows) ? rows : null;
  } catch {
    return null; // the JSON reader says what is wrong with it
  }
}

interface Answer {
  readonly result?: { readonly list?: unknown };
  readonly data?: unknown;
}
