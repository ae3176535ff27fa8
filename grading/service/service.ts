import { canonicalJson, sha256 } from '../../engine/index.ts';
import type { Entry, EntryDraft, EntryPayloads, EntryType, Feed, FeedEvent, Processor, Transition } from '../types/index.ts';
import { positionOf } from './position.ts';

/** A line of the journal as it is written. */
export interface JournalledEntry {
  readonly type: string;
  readonly tsMs: number;
  readonly model: string | null;
  readonly payload: unknown;
  readonly payloadSha256: string;
}

/** The part of the journal that the service writes. */
export interface EntryJournal {
  readonly head: { readonly seq: number };
  append(batch: readonly (JournalledEntry & { readonly [field: string]: unknown })[], options?: { readonly sync?: boolean }): unknown;
  flush(): void;
}

/** A change of state that the registry holds, by its place there. */
export interface RegistryChange {
  readonly seq: number;
  readonly transition: Transition;
  readonly sha256: string;
}

export interface ServiceOptions {
  readonly journal: EntryJournal;
  /** In the order in which they are heard: books first. */
  readonly processors: readonly Processor[];
  /** Keeps the columns of a history under their hash. */
  readonly keepHistory: (json: string) => string;
  /** Makes a version ready before an entry names it. */
  readonly prepareModel: (sha256: string) => Promise<void>;
  /** What the registry has changed after a place in it, its own changes by monitors left out. */
  readonly registryChanges: (afterSeq: number) => readonly RegistryChange[];
  /** Hears of entries once they are on the disk, in order. */
  readonly onCommitted: (entries: readonly Entry[]) => void;
}

export interface Service {
  /** Rebuilds the state from what was written; `apply` alone is called. */
  restore(lines: Iterable<Entry>): Promise<void>;
  /** Hears the feed until it ends or the signal aborts. */
  run(feed: Feed, historyBars: number, signal: AbortSignal): Promise<void>;
}

/**
 * The bar loop: every event and all that follows from it is one batch, written whole before anyone hears of it.
 *
 * A batch is synced when the feed has nothing more to say at once, and at every close.
 */
export function createService(options: ServiceOptions): Service {
  const { journal, processors } = options;
  const position = positionOf();
  let seq = journal.head.seq;
  let uncommitted: Entry[] = [];

  const hear = (entry: Entry): void => {
    position.apply(entry);
    for (const processor of processors) processor.apply(entry);
  };

  const commit = (): void => {
    if (uncommitted.length === 0) return;
    journal.flush();
    const entries = uncommitted;
    uncommitted = [];
    options.onCommitted(entries);
  };

  /** Writes a draft and whatever follows from it. */
  const write = (first: EntryDraft, tsMs: number): void => {
    const batch: Entry[] = [];
    const add = (draft: EntryDraft): void => void batch.push({ ...draft, seq: ++seq, tsMs });
    add(first);
    for (let i = 0; i < batch.length; i++) {
      hear(batch[i]);
      for (const processor of processors) for (const draft of processor.respond(batch[i])) add(draft);
    }
    journal.append(batch.map(journalled), { sync: false });
    uncommitted.push(...batch);
  };

  const followRegistry = async (atMs: number): Promise<void> => {
    for (const { seq: registrySeq, transition, sha256: hash } of options.registryChanges(position.registrySeq())) {
      await options.prepareModel(hash);
      write({ type: 'model_changed', model: transition.model, payload: { transition, sha256: hash, registrySeq } }, atMs);
    }
  };

  const receive = async (event: FeedEvent): Promise<void> => {
    if (event.type === 'close' && position.isClosed(event.timeframeMs, event.closeTimeMs)) return;
    await followRegistry(event.atMs);
    write(draftOf(event, options.keepHistory), event.atMs);
    if (event.type === 'close') commit();
  };

  return {
    async restore(lines): Promise<void> {
      for (const entry of lines) {
        if (entry.type === 'model_changed') await options.prepareModel(entry.payload.sha256);
        hear(entry);
      }
    },
    async run(feed, historyBars, signal): Promise<void> {
      const events = feed.events(position.known(), historyBars, signal)[Symbol.asyncIterator]();
      for (let next = events.next(); ; ) {
        if (!(await settlesAtOnce(next))) commit();
        const { done, value } = await next;
        if (done === true) break;
        await receive(value);
        next = events.next();
      }
      commit();
    },
  };
}

export function journalled({ type, tsMs, model, payload }: Pick<Entry, 'type' | 'tsMs' | 'model' | 'payload'>): JournalledEntry & { readonly [field: string]: unknown } {
  return { type, tsMs, model, payload, payloadSha256: sha256(canonicalJson(payload)) };
}

const draft = <T extends EntryType>(type: T, payload: EntryPayloads[T]): EntryDraft => ({ type, model: null, payload }) as unknown as EntryDraft;

function draftOf(event: FeedEvent, keepHistory: ServiceOptions['keepHistory']): EntryDraft {
  if (event.type === 'bar') return draft('bar_received', event.bar);
  if (event.type === 'late') return draft('bar_late', event.bar);
  if (event.type === 'close') return draft('close', { timeframeMs: event.timeframeMs, closeTimeMs: event.closeTimeMs });
  if (event.type === 'gap') return draft('gap', { market: event.market, fromMs: event.fromMs, toMs: event.toMs, reason: event.reason });
  if (event.type === 'status') return draft('feed_status', { isConnected: event.isConnected, detail: event.detail });
  const { market, columns, columns: { openTimeMs } } = event;
  const bounds = { firstOpenMs: openTimeMs[0] ?? null, lastOpenMs: openTimeMs[openTimeMs.length - 1] ?? null };
  return draft('history_loaded', { market, sha256: keepHistory(canonicalJson(columns)), bars: openTimeMs.length, ...bounds });
}

/** Whether a promise has its value without anything from outside. */
async function settlesAtOnce(promise: Promise<unknown>): Promise<boolean> {
  const later = new Promise<false>((resolve) => setImmediate(() => resolve(false)));
  return Promise.race([promise.then(() => true, () => true), later]);
}
