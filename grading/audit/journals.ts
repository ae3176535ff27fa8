import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders below a home that hold journals; the trial ledger has a check of its own. */
export const JOURNAL_FOLDERS = ['registry', 'grading', 'keys'] as const;

export interface JournalPlace {
  /** `registry/journal` */
  readonly journal: string;
  readonly folder: string;
  readonly name: string;
}

const LINES = '.jsonl';
const HEAD = '.head.json';

/** Every journal below a home folder, by its file or by its head alone, sorted. */
export function journalsOf(home: string): readonly JournalPlace[] {
  return JOURNAL_FOLDERS.flatMap((room) => {
    const folder = join(home, room);
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).flatMap((file) => [LINES, HEAD].flatMap((end) => (!file.startsWith('.') && file.endsWith(end) ? [file.slice(0, -end.length)] : [])));
    return [...new Set(names)].sort().map((name) => ({ journal: `${room}/${name}`, folder, name }));
  });
}
