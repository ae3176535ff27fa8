import path from 'node:path';
import { formatTime } from '../../engine/core/index.ts';
import type { QuarantinedRow } from '../types.ts';

/** Rows that were taken out of an import, each with where it stood, why it went, and what it said. */
export function quarantineCsv(rows: readonly QuarantinedRow[]): string {
  const lines = rows.map(({ file, line, openTimeMs, text, reason }) =>
    [quoted(path.basename(file)), line, openTimeMs === null ? '' : formatTime(openTimeMs), quoted(reason), quoted(text)].join(','),
  );
  return `${['file,line,open_time,reason,text', ...lines].join('\n')}\n`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
