import { closeSync, fsyncSync, fstatSync, mkdirSync, openSync } from 'node:fs';
import { invariant } from '../../engine/index.ts';
import { lockFolder, type LockOptions } from '../artefacts/index.ts';
import { cutTo, readHead, writeAll, writeHead, writeNew } from './files.ts';
import { encodeLine, NO_HASH } from './line.ts';
import { bytesAt, readTail, type Tail } from './tail.ts';
import type { Chain, ChainHead, ChainLine } from './types.ts';

export interface ChainWriter {
  /** The last line as this writer knows it. */
  readonly head: ChainHead;
  /** Appends records in one write; the head is written with a sync. */
  append<T extends object>(records: readonly T[], options: { readonly sync: boolean }): readonly (T & ChainLine)[];
  /** Syncs what was appended and writes the head. */
  flush(): void;
  /** Holds the lock while `work` reads and appends. */
  exclusively<T>(work: () => T): T;
  close(): void;
}

export interface ChainOptions {
  /** The lock is kept until close: one writer, who need not look at the file again. */
  readonly hold: boolean;
  readonly lock: LockOptions;
  /** Hears of damage, and of what a kill left torn. */
  readonly onNotice: (text: string) => void;
  /** With a sync the head is written at most so often; at every sync by default, and always at close. */
  readonly headEveryMs?: number;
}

interface Held { readonly handle: number; readonly release: () => void }

/**
 * Appends to a chain: whole batches, or what a kill left of one moved aside.
 *
 * A damaged chain is appended to all the same; it goes on from the head, so that what is missing before it stays visible.
 *
 * throws  the InputError of the lock
 */
export function openChain(chain: Chain, { hold, lock, onNotice, headEveryMs = 0 }: ChainOptions): ChainWriter {
  const { files } = chain;
  let known: { readonly bytes: number; readonly head: ChainHead } | null = null;
  let head: ChainHead = { seq: 0, hash: NO_HASH };
  let held: Held | null = null;
  let headAtMs = -Infinity;
  let isSynced = true;
  let isClosed = false;

  const take = (): Held => {
    mkdirSync(files.folder, { recursive: true });
    const release = lockFolder(files.folder, lock);
    try {
      return { handle: openSync(files.lines, 'a+'), release };
    } catch (error) {
      release();
      throw error;
    }
  };

  const locked = <T>(work: (handle: number) => T): T => {
    invariant(!isClosed, 'journal-closed', `the ${chain.title} was closed`);
    if (held !== null) return work(held.handle);
    held = take();
    try {
      return work(held.handle);
    } finally {
      const { handle, release } = held;
      held = null;
      closeSync(handle);
      release();
    }
  };

  /** The line to chain to. The file is as this writer left it, or is looked at again. */
  const before = (handle: number): { readonly bytes: number; readonly head: ChainHead } => {
    if (known !== null && fstatSync(handle).size === known.bytes) return known;
    const tail = readTail(handle, chain.endsBatch);
    const { head: end, notice } = chainEnd(chain, tail);
    if (notice !== null) onNotice(notice);
    const bytes = wholeBytes(tail, end);
    if (tail.size > bytes) onNotice(moveAside(chain, handle, { from: bytes, to: tail.size, seq: end.seq + 1 }));
    known = { bytes, head: end };
    head = end;
    return known;
  };

  const sync = (handle: number): void => {
    const { head: end } = before(handle);
    fsyncSync(handle);
    isSynced = true;
    if (performance.now() - headAtMs < headEveryMs) return;
    writeHead(files.head, end);
    headAtMs = performance.now();
  };

  const writer: ChainWriter = {
    get head() {
      return head;
    },
    append: (records, options) => locked((handle) => {
      const end = before(handle);
      const batch = encodeBatch(records, end.head);
      const bytes = Buffer.from(batch.text);
      known = null; // until the batch is written whole
      isSynced = false;
      writeAll(handle, bytes);
      known = { bytes: end.bytes + bytes.length, head: batch.head };
      head = batch.head;
      if (options.sync) sync(handle);
      return batch.lines;
    }),
    flush(): void {
      if (!isSynced) locked(sync);
    },
    exclusively: (work) => locked((handle) => {
      before(handle);
      return work();
    }),
    close(): void {
      if (isClosed) return;
      headAtMs = -Infinity;
      if (hold || !isSynced) locked(sync);
      isClosed = true;
      if (held === null) return;
      closeSync(held.handle);
      held.release();
      held = null;
    },
  };
  if (hold) {
    held = take();
    try {
      before(held.handle);
    } catch (error) {
      closeSync(held.handle);
      held.release();
      throw error;
    }
  }
  return writer;
}

function encodeBatch<T extends object>(records: readonly T[], before: ChainHead): { readonly text: string; readonly lines: (T & ChainLine)[]; readonly head: ChainHead } {
  let head = before;
  let text = '';
  const lines = records.map((record) => {
    const encoded = encodeLine(record, head);
    head = { seq: encoded.line.seq, hash: encoded.line.hash };
    text += encoded.text;
    return encoded.line;
  });
  return { text, lines, head };
}

/**
 * Where the chain goes on: at the last batch, unless the head knows of more or of another; without a head, an entry is left out after two lines
 * or more, as what followed them may have gone with it.
 */
function chainEnd({ title, files }: Chain, { last }: Tail): { readonly head: ChainHead; readonly notice: string | null } {
  const head = readHead(files.head);
  if (head === null || head === 'damaged') {
    if (head === null && last !== null && last.seq <= 1) {
      writeHead(files.head, last);
      return { head: last, notice: null };
    }
    const end = last ?? { seq: 0, hash: NO_HASH };
    return { head: { seq: end.seq + 1, hash: end.hash }, notice: `the ${title} is damaged: ${files.head} is ${head === null ? 'gone' : 'no head'}` };
  }
  if (last !== null && (last.seq > head.seq || (last.seq === head.seq && last.hash === head.hash))) return { head: last, notice: null };
  return { head, notice: `the ${title} is damaged: its last line is not entry ${head.seq}, which ${files.head} knows` };
}

/** Lines of a batch without its end are torn, unless the head knows that the batch was whole: then they stay as they are. */
function wholeBytes({ batchBytes, lineBytes, openSeq }: Tail, head: ChainHead): number {
  return openSeq !== null && openSeq <= head.seq ? lineBytes : batchBytes;
}

/** Takes what a kill left of a batch out of the file into one of its own. */
function moveAside({ title, files }: Chain, handle: number, { from, to, seq }: { readonly from: number; readonly to: number; readonly seq: number }): string {
  const aside = writeNew(`${files.lines}.torn-${seq}`, bytesAt(handle, from, to));
  cutTo(files.lines, from);
  return `the end of the ${title} was torn by a kill; its ${to - from} bytes were moved to ${aside}`;
}
