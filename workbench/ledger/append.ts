import { closeSync, fsyncSync, fstatSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { lockFolder } from '../artefacts/index.ts';
import { ledgerFiles, readHead, writeHead } from './files.ts';
import { encodeLine, NO_HASH } from './line.ts';
import { bytesAt, readTail, type Tail } from './tail.ts';
import type { LedgerEntry, LedgerHead } from './types.ts';

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
  const files = ledgerFiles(home);
  let known: { readonly bytes: number; readonly head: LedgerHead } | null = null;
  let syncedAtMs = -Infinity;

  /** The entry to chain to. The file is as this writer left it, or is looked at again. */
  const before = (handle: number): LedgerHead => {
    if (known !== null && fstatSync(handle).size === known.bytes) return known.head;
    const tail = readTail(handle);
    const { head, notice } = chainEnd(files.head, tail);
    if (notice !== null) onNotice(notice);
    if (tail.tornBytes > 0) onNotice(moveAside(files.trials, handle, tail, head));
    return head;
  };

  const sync = (handle: number, head: LedgerHead): void => {
    fsyncSync(handle);
    writeHead(files.head, head);
    syncedAtMs = performance.now();
  };

  const locked = (work: (handle: number) => void): void => {
    mkdirSync(files.folder, { recursive: true });
    const release = lockFolder(files.folder, LOCK);
    try {
      const handle = openSync(files.trials, 'a+');
      try {
        work(handle);
      } finally {
        closeSync(handle);
      }
    } finally {
      release();
    }
  };

  return {
    append: (entry) => locked((handle) => {
      const { text, head } = encodeLine(entry, now(), before(handle));
      known = null; // until the line is written whole
      writeAll(handle, Buffer.from(text));
      known = { bytes: fstatSync(handle).size, head };
      if (performance.now() - syncedAtMs >= SYNC_MS) sync(handle, head);
    }),
    flush(): void {
      if (known !== null) locked((handle) => sync(handle, before(handle)));
    },
  };
}

/**
 * Where the chain goes on: at the last line, unless the head knows of more or of another; without a head, an entry is left out after two lines
 * or more, as what followed them may have gone with it.
 */
function chainEnd(headFile: string, { last }: Tail): { readonly head: LedgerHead; readonly notice: string | null } {
  const head = readHead(headFile);
  if (head === null || head === 'damaged') {
    if (head === null && last !== null && last.seq <= 1) {
      if (last.seq === 1) writeHead(headFile, last);
      return { head: last, notice: null };
    }
    const end = last ?? { seq: 0, hash: NO_HASH };
    return { head: { seq: end.seq + 1, hash: end.hash }, notice: `the trial ledger is damaged: ${headFile} is ${head === null ? 'gone' : 'no head'}` };
  }
  if (last !== null && (last.seq > head.seq || (last.seq === head.seq && last.hash === head.hash))) return { head: last, notice: null };
  return { head, notice: `the trial ledger is damaged: its last line is not entry ${head.seq}, which ${headFile} knows` };
}

/** Takes what a kill left of a line out of the file into one of its own. */
function moveAside(file: string, handle: number, { wholeBytes, tornBytes }: Tail, head: LedgerHead): string {
  const torn = bytesAt(handle, wholeBytes, wholeBytes + tornBytes);
  const aside = writeNew(`${file}.torn-${head.seq + 1}`, torn);
  const writable = openSync(file, 'r+');
  try {
    ftruncateSync(writable, wholeBytes);
    fsyncSync(writable);
  } finally {
    closeSync(writable);
  }
  return `the last line of the trial ledger was torn by a kill; its ${tornBytes} bytes were moved to ${aside}`;
}

function writeNew(path: string, bytes: Uint8Array): string {
  for (let n = 0; ; n++) {
    const free = n === 0 ? path : `${path}-${n}`;
    try {
      writeFileSync(free, bytes, { flag: 'wx', flush: true });
      return free;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
