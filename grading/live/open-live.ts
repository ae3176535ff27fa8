import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../engine/index.ts';
import { type Journal, type JournalLine, openJournal, readJournal } from '../../workbench/index.ts';
import { createBarBook, createModelBook, createService, replayJournal, type JournalReplay, type RegistryChange } from '../service/index.ts';
import type { BarBook, Entry, Feed, HistoryColumns, LoadedModel, ModelBook, Processor, Transition } from '../types/index.ts';
import { createView, type View } from '../view/index.ts';
import { type Books, liveParts } from './parts.ts';
import { heldSettings, type LiveSettings } from './settings.ts';

/** Name of the journal below `<home>/grading`. */
export const LIVE_JOURNAL = 'live';

/** What the service needs of the registry. */
export interface LiveRegistry {
  changes(afterSeq: number): readonly RegistryChange[];
  object(sha256: string): Buffer;
  putObject(bytes: Uint8Array | string): string;
  transition(transition: Omit<Transition, 'from'>, options: { readonly once: string }): unknown;
}

export interface OpenLiveOptions {
  readonly home: string;
  readonly registry: LiveRegistry;
  /** A version by the hash of its file, with its code. */
  readonly loadModel: (sha256: string) => Promise<LoadedModel>;
  /** Whatever answers, behind the books, made anew for every replay; all parts unless said otherwise. */
  readonly assemble?: (books: Books, settings: LiveSettings) => readonly Processor[];
  readonly settings: LiveSettings;
  readonly keepBars?: number;
  readonly onNotice: (text: string) => void;
}

export interface Live {
  readonly view: View;
  readonly bars: BarBook;
  readonly models: ModelBook;
  readonly settings: LiveSettings;
  readonly head: { readonly seq: number; readonly hash: string };
  /** Hears every entry once it is on the disk, in order; returns how to stop. */
  subscribe(listener: (entries: readonly Entry[]) => void): () => void;
  run(feed: Feed, historyBars: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

const KEEP_BARS = 12_000;

/**
 * Opens the live service below a home folder, and rebuilds its state from its journal.
 *
 * throws  InputError `service-running`, `settings-differ`; DataError `journal-damaged`
 */
export async function openLive(options: OpenLiveOptions): Promise<Live> {
  const { home, registry, onNotice } = options;
  const folder = join(home, 'grading');
  mkdirSync(folder, { recursive: true });
  const journal = openJournal(folder, { name: LIVE_JOURNAL, hold: true, onNotice, code: 'service-running' });
  try {
    return await openedLive(options, folder, journal);
  } catch (error) {
    journal.close();
    throw error;
  }

  async function openedLive({ settings: asked }: OpenLiveOptions, at: string, held: Journal): Promise<Live> {
    const settings = heldSettings(at, asked);
    const { processors, books, prepare } = assembled(options, settings);
    const view = createView({ ...books, readEntries: ({ fromMs, toMs, types }) => entriesBetween(at, fromMs, toMs, types) });
    const listeners = new Set<(entries: readonly Entry[]) => void>();
    const service = createService({
      journal: held,
      processors,
      keepHistory: (json) => registry.putObject(json),
      prepareModel: prepare,
      registryChanges: (afterSeq) => registry.changes(afterSeq).filter(({ transition }) => !isByMonitor(transition)),
      onCommitted: (entries) => {
        for (const entry of entries) {
          view.apply(entry);
          if (entry.type === 'transition') register(registry, entry, onNotice);
        }
        for (const listener of listeners) listener(entries);
      },
    });
    await service.restore(entriesOf(at, (entry) => {
      view.apply(entry);
      if (entry.type === 'transition') register(registry, entry, onNotice);
    }));
    return {
      view, bars: books.bars, models: books.models, settings,
      get head() {
        return held.head;
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      run: (feed, historyBars, signal) => service.run(feed, historyBars, signal),
      close: () => held.close(),
    };
  }
}

/** Hears the inputs of the journal again, and finds the first entry that does not come out as it was published. */
export async function replayLive(options: Omit<OpenLiveOptions, 'settings' | 'onNotice'>): Promise<JournalReplay> {
  const folder = join(options.home, 'grading');
  const settings = heldSettings(folder, null);
  const { processors, prepare } = assembled(options, settings);
  return replayJournal(entriesOf(folder), processors, async (entry) => {
    if (entry.type === 'model_changed') await prepare(entry.payload.sha256);
  });
}

function assembled({ registry, loadModel, assemble = liveParts, keepBars = KEEP_BARS }: Omit<OpenLiveOptions, 'settings' | 'onNotice'>, settings: LiveSettings) {
  const loaded = new Map<string, LoadedModel>();
  const history = (sha256: string): HistoryColumns => JSON.parse(registry.object(sha256).toString('utf8')) as HistoryColumns;
  const bars = createBarBook({ keepBars, history });
  const corrected = createBarBook({ keepBars, history, revisions: 'latest' });
  const models = createModelBook((sha256) => {
    const model = loaded.get(sha256);
    if (model === undefined) throw new InputError('model-not-prepared', `version ${sha256.slice(0, 12)} must be prepared before an entry names it`);
    return model;
  });
  const books = { bars, corrected, models };
  const prepare = async (sha256: string): Promise<void> => {
    if (!loaded.has(sha256)) loaded.set(sha256, await loadModel(sha256));
  };
  return { books, prepare, processors: [bars, corrected, models, ...assemble(books, settings)] };
}

/** Entries of the journal in order. */
export function* entriesOf(folder: string, onEntry: (entry: Entry) => void = () => undefined): Generator<Entry> {
  for (const line of readJournal(folder, LIVE_JOURNAL)) {
    const entry = entryOf(line);
    onEntry(entry);
    yield entry;
  }
}

function* entriesBetween(folder: string, fromMs: number, toMs: number, types: readonly string[]): Generator<Entry> {
  for (const entry of entriesOf(folder)) {
    if (entry.tsMs > toMs) return;
    if (entry.tsMs >= fromMs && types.includes(entry.type)) yield entry;
  }
}

function entryOf({ type, tsMs, seq, model, payload }: JournalLine): Entry {
  return { type, tsMs, seq, model, payload } as unknown as Entry;
}

function isByMonitor({ actor }: Transition): boolean {
  return /^T\d+$/.test(actor);
}

/** A monitor's decision goes to the registry once, whenever the service finds it in its journal. */
function register(registry: LiveRegistry, { seq, payload }: Entry<'transition'>, onNotice: (text: string) => void): void {
  try {
    const { from: _, ...transition } = payload;
    registry.transition(transition, { once: `live:${seq}` });
  } catch (error) {
    onNotice(`the registry did not take ${payload.model} to ${payload.to}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
