import { openChain } from '../journal/index.ts';
import { ledgerChain } from './files.ts';
import type { LedgerEntry } from './types.ts';

/** Lines are synced, and the head written, at most so often while a study runs, and at its end. */
const SYNC_MS = 500;
const LOCK = { patienceMs: 20_000, stepMs: 4, waitsForOwnProcess: true, code: 'ledger-in-use' } as const;

export interface LedgerWriter {
  append(entry: LedgerEntry): void;
  /** Syncs what was appended and writes the head. */
  flush(): void;
}

export interface WriterOptions {
  readonly now: () => number;
  /** Hears of damage, and of lines that a kill left torn. */
  readonly onNotice: (text: string) => void;
}

/**
 * Appends to the ledger below a home folder: any number of processes at once, one line at a time, whole or moved aside.
 *
 * A damaged ledger is appended to all the same; the chain goes on from the head, so that what is missing before it stays visible.
 *
 * throws  InputError `ledger-in-use`
 */
export function openLedger(home: string, { now, onNotice }: WriterOptions): LedgerWriter {
  const writer = openChain(ledgerChain(home), { hold: false, lock: LOCK, onNotice });
  let syncedAtMs = -Infinity;
  return {
    append(entry): void {
      const sync = performance.now() - syncedAtMs >= SYNC_MS;
      writer.append([{ ...entry, timeMs: now() }], { sync });
      if (sync) syncedAtMs = performance.now();
    },
    flush(): void {
      writer.flush();
      syncedAtMs = performance.now();
    },
  };
}
