import type { FiredAlert } from '../../types/index.ts';

/** An alert on its way out of one channel. */
export interface OutboxItem {
  readonly id: string;
  /** Of the journal entry. */
  readonly seq: number;
  readonly alert: FiredAlert;
  readonly state: 'waiting' | 'sent' | 'dead';
  /** Failed attempts since it was queued, or queued anew. */
  readonly attempts: number;
  readonly queuedMs: number;
  /** Not before this time. */
  readonly dueMs: number;
  /** Of the last attempt. */
  readonly atMs: number | null;
  /** Why the last attempt failed, or what is to be said of one that did not. */
  readonly note: string | null;
}

/** A line of the file of a channel. */
export type OutboxRecord =
  | { readonly type: 'item'; readonly item: OutboxItem }
  | { readonly type: 'cursor'; readonly seq: number }
  | { readonly type: 'sent'; readonly ids: readonly string[]; readonly atMs: number; readonly note: string | null }
  | { readonly type: 'failed'; readonly ids: readonly string[]; readonly atMs: number; readonly note: string; readonly dueMs: number; readonly pauseUntilMs: number | null }
  | { readonly type: 'dead'; readonly ids: readonly string[]; readonly atMs: number; readonly note: string; readonly attempts: number }
  | { readonly type: 'requeued'; readonly ids: readonly string[]; readonly atMs: number };

export interface OutboxState {
  readonly items: Map<string, OutboxItem>;
  /** Entries up to this one are in the outbox already. */
  lastSeq: number;
  pauseUntilMs: number;
  sent: number;
}

const KEPT_SENT = 200;
const KEPT_DEAD = 5_000;

export function newOutboxState(): OutboxState {
  return { items: new Map(), lastSeq: 0, pauseUntilMs: -Infinity, sent: 0 };
}

/** What a record makes of the state; the same when it is written and when it is read again. */
export function applyRecord(state: OutboxState, record: OutboxRecord): void {
  switch (record.type) {
    case 'cursor':
      state.lastSeq = Math.max(state.lastSeq, record.seq);
      return;
    case 'item':
      state.items.set(record.item.id, record.item);
      state.lastSeq = Math.max(state.lastSeq, record.item.seq);
      return;
    case 'sent':
      state.sent += record.ids.length;
      change(state, record.ids, () => ({ state: 'sent', atMs: record.atMs, note: record.note }));
      forget(state, 'sent', KEPT_SENT);
      return;
    case 'failed':
      state.pauseUntilMs = Math.max(state.pauseUntilMs, record.pauseUntilMs ?? -Infinity);
      change(state, record.ids, ({ attempts }) => ({ attempts: attempts + 1, atMs: record.atMs, note: record.note, dueMs: record.dueMs }));
      return;
    case 'dead':
      change(state, record.ids, () => ({ state: 'dead', atMs: record.atMs, note: record.note, attempts: record.attempts }));
      forget(state, 'dead', KEPT_DEAD);
      return;
    case 'requeued':
      change(state, record.ids, () => ({ state: 'waiting', attempts: 0, dueMs: record.atMs }));
  }
}

/** What a compacted file says instead of all that led to it. */
export function recordsOf({ items, lastSeq }: OutboxState): readonly OutboxRecord[] {
  return [{ type: 'cursor', seq: lastSeq }, ...[...items.values()].map((item): OutboxRecord => ({ type: 'item', item }))];
}

function change(state: OutboxState, ids: readonly string[], to: (item: OutboxItem) => Partial<OutboxItem>): void {
  for (const id of ids) {
    const item = state.items.get(id);
    if (item !== undefined) state.items.set(id, { ...item, ...to(item) });
  }
}

/** The oldest of a state, beyond those that are kept. */
function forget(state: OutboxState, which: OutboxItem['state'], kept: number): void {
  const all = [...state.items.values()].filter((item) => item.state === which);
  for (const { id } of all.slice(0, Math.max(0, all.length - kept))) state.items.delete(id);
}
