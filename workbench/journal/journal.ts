import { DataError, requireInput } from '../../engine/index.ts';
import { checkChain, readChain } from './check.ts';
import { journalFiles } from './files.ts';
import type { Chain, ChainHead, JournalCheck, JournalDraft, JournalLine } from './types.ts';
import { openChain } from './writer.ts';

/** A holder writes its head so often at most; a kill in between leaves lines beyond the head, which are as good. */
const HEAD_EVERY_MS = 500;
const OWN_FIELDS = ['seq', 'prev', 'hash', 'last'];

export interface Journal {
  readonly head: ChainHead;
  /** All of a batch or none: the last line carries `last: true`; synced before it returns unless `sync` is false. */
  append(batch: readonly JournalDraft[], options?: { readonly sync?: boolean }): readonly JournalLine[];
  flush(): void;
  /** Keeps other writers out while `work` reads and appends. */
  exclusively<T>(work: () => T): T;
  close(): void;
}

export interface JournalOptions {
  readonly name: string;
  /** Keeps the folder's lock until close: one writer, fast. Otherwise it is taken for each append: many processes. */
  readonly hold: boolean;
  /** Hears of damage, and of what a kill left torn. */
  readonly onNotice: (text: string) => void;
  /** Of the error where the folder stays in use. */
  readonly code?: string;
}

/**
 * Opens `<folder>/<name>.jsonl`, a hash-chained journal of batches; what a kill left of one is moved aside, and noticed.
 *
 * throws  InputError `journal-in-use`, or the code that is given
 */
export function openJournal(folder: string, { name, hold, onNotice, code = 'journal-in-use' }: JournalOptions): Journal {
  const lock = hold ? { code } : { code, patienceMs: 20_000, stepMs: 4, waitsForOwnProcess: true };
  const writer = openChain(journalChain(folder, name), { hold, lock, onNotice, headEveryMs: hold ? HEAD_EVERY_MS : 0 });
  if (!hold) writer.exclusively(() => undefined);
  return {
    get head() {
      return writer.head;
    },
    append(batch, { sync = true } = {}) {
      if (batch.length === 0) return [];
      for (const draft of batch) requireInput(!OWN_FIELDS.some((field) => field in draft), 'journal-draft-invalid', 'draft', `without ${OWN_FIELDS.join(', ')}`, Object.keys(draft));
      const end = batch.length - 1;
      const ended: readonly (JournalDraft & { readonly last?: true })[] = batch.with(end, { ...batch[end], last: true });
      return writer.append(ended, { sync });
    },
    flush: () => writer.flush(),
    exclusively: (work) => writer.exclusively(work),
    close: () => writer.close(),
  };
}

/**
 * The lines of whole batches in order; damage throws once the lines before it have been given.
 *
 * memory  one batch
 * throws  DataError `journal-damaged` with the number of the first damaged entry
 */
export function* readJournal(folder: string, name: string, { fromSeq = 1 }: { readonly fromSeq?: number } = {}): Generator<JournalLine> {
  const batches = readChain(journalChain(folder, name));
  for (let step = batches.next(); ; step = batches.next()) {
    if (step.done === true) {
      if (step.value.damage !== null) throw new DataError('journal-damaged', step.value.damage.message);
      return;
    }
    for (const line of step.value) if (line.seq >= fromSeq) yield line as unknown as JournalLine;
  }
}

/** Checks every line, the chain and the head. */
export function verifyJournal(folder: string, name: string): JournalCheck {
  return checkJournal(folder, name);
}

/** The same; `onLine` hears the lines of whole batches, up to the damage. */
export function checkJournal(folder: string, name: string, onLine: (line: JournalLine) => void = () => undefined): JournalCheck {
  return checkChain(journalChain(folder, name), (line) => onLine(line as unknown as JournalLine));
}

function journalChain(folder: string, name: string): Chain {
  const files = journalFiles(folder, name);
  return { title: `journal ${files.lines}`, files, endsBatch: ({ last }) => last === true };
}
