import { unknownName } from '../../engine/index.ts';
import { type JournalLine, readJournal } from '../../workbench/index.ts';
import { type JournalPlace, journalsOf } from './journals.ts';

export interface AuditFilter {
  /** `registry/journal`, `grading/live` */
  readonly journal?: string;
  readonly type?: string;
  /** `tsmom@7`, or all versions of `tsmom`. */
  readonly model?: string;
  /** From this time on. */
  readonly fromMs?: number;
  /** Before this time. */
  readonly toMs?: number;
}

export interface AuditEntry {
  readonly journal: string;
  readonly line: JournalLine;
}

/**
 * Entries of all journals below a home folder that fit a filter, in the order of their times; damage throws when it is met.
 *
 * memory  one batch of each journal
 * throws  InputError `journal-unknown`; DataError `journal-damaged`
 */
export function* auditEntries(home: string, filter: AuditFilter = {}): Generator<AuditEntry> {
  const all = journalsOf(home);
  const places = all.filter(({ journal }) => filter.journal === undefined || journal === filter.journal);
  if (filter.journal !== undefined && places.length === 0) throw unknownName('journal-unknown', 'journal', filter.journal, all.map(({ journal }) => journal));
  const sources = places.map((place) => fitting(place, filter)).map((entries) => ({ entries, next: entries.next() }));
  for (;;) {
    let first: (typeof sources)[number] | null = null;
    for (const source of sources) if (source.next.done !== true && (first?.next.value === undefined || source.next.value.line.tsMs < first.next.value.line.tsMs)) first = source;
    if (first === null || first.next.done === true) return;
    yield first.next.value;
    first.next = first.entries.next();
  }
}

function* fitting({ journal, folder, name }: JournalPlace, { type, model, fromMs = -Infinity, toMs = Infinity }: AuditFilter): Generator<AuditEntry, undefined> {
  for (const line of readJournal(folder, name)) {
    if (type !== undefined && line.type !== type) continue;
    if (model !== undefined && !isOf(line.model, model)) continue;
    if (line.tsMs >= fromMs && line.tsMs < toMs) yield { journal, line };
  }
  return undefined;
}

function isOf(model: unknown, wanted: string): boolean {
  return typeof model === 'string' && (model === wanted || model.startsWith(`${wanted}@`));
}
