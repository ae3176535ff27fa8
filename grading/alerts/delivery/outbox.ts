import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, errorMessage } from '../../../engine/index.ts';
import { writeAtomic } from '../../../workbench/index.ts';
import { applyRecord, newOutboxState, type OutboxRecord, type OutboxState, recordsOf } from './outbox-state.ts';

const SUFFIX = '.outbox.jsonl';
const COMPACT_LINES = 1_000;

/** The queue of one channel on disk. */
export interface Outbox {
  readonly state: OutboxState;
  /** Writes a record, synced, and takes it into the state. */
  write(...records: readonly OutboxRecord[]): void;
  close(): void;
}

/**
 * Opens the queue of a channel where it was left: what a kill tore is cut off, and a long history is folded up.
 *
 * throws  DataError `outbox-damaged` with the file and the line
 */
export function openOutbox(folder: string, channel: string): Outbox {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${channel}${SUFFIX}`);
  const { state, lines, wholeBytes, tornBytes } = readFile(file);
  if (tornBytes > 0) truncateSync(file, wholeBytes);
  if (lines > COMPACT_LINES) writeAtomic(file, recordsOf(state).map(lineOf).join(''));
  const handle = openSync(file, 'a');
  return {
    state,
    write(...records) {
      const bytes = Buffer.from(records.map(lineOf).join(''));
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
      for (const record of records) applyRecord(state, record);
    },
    close: () => closeSync(handle),
  };
}

/** The queues below a folder by channel, as they are on disk. */
export function readOutboxes(folder: string): ReadonlyMap<string, OutboxState> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(SUFFIX)).sort() : [];
  return new Map(names.map((name) => [name.slice(0, -SUFFIX.length), readFile(join(folder, name)).state]));
}

function readFile(file: string): { readonly state: OutboxState; readonly lines: number; readonly wholeBytes: number; readonly tornBytes: number } {
  const state = newOutboxState();
  if (!existsSync(file)) return { state, lines: 0, wholeBytes: 0, tornBytes: 0 };
  const bytes = readFileSync(file);
  const wholeBytes = bytes.lastIndexOf(10) + 1;
  const lines = bytes.subarray(0, wholeBytes).toString('utf8').split('\n').slice(0, -1);
  lines.forEach((line, i) => {
    try {
      applyRecord(state, JSON.parse(line) as OutboxRecord);
    } catch (error) {
      throw new DataError('outbox-damaged', `${file} line ${i + 1} must be a record of an outbox: ${errorMessage(error)}`, { cause: error });
    }
  });
  return { state, lines: lines.length, wholeBytes, tornBytes: bytes.length - wholeBytes };
}

function lineOf(record: OutboxRecord): string {
  return `${JSON.stringify(record)}\n`;
}
