import { type Bars, sha256 } from '../../engine/index.ts';
import { replayFeed, type ReplayOptions } from '../feed/index.ts';
import { createBarBook, createModelBook, createService, type RegistryChange } from '../service/index.ts';
import type { Entry, HistoryColumns, LoadedModel } from '../types/index.ts';
import { liveParts } from './parts.ts';
import type { LiveSettings } from './settings.ts';

export interface BatchOptions extends Pick<ReplayOptions, 'fromMs' | 'toMs' | 'latencyMs'> {
  readonly markets: readonly Bars[];
  readonly models: readonly LoadedModel[];
  readonly settings: LiveSettings;
  readonly historyBars: number;
  readonly onEntries: (entries: readonly Entry[]) => void;
  readonly signal?: AbortSignal;
}

/** Grades bars of datasets in one go and keeps nothing: the same loop, so the same grades as a service that hears them one by one. */
export async function gradeBatch({ markets, models, settings, historyBars, onEntries, signal = new AbortController().signal, ...replay }: BatchOptions): Promise<void> {
  const histories = new Map<string, HistoryColumns>();
  const history = (hash: string): HistoryColumns => histories.get(hash) as HistoryColumns;
  const keepBars = Math.max(...markets.map(({ length }) => length));
  const books = { bars: createBarBook({ keepBars, history }), corrected: createBarBook({ keepBars, history, revisions: 'latest' }), models: createModelBook(byKey(models)) };
  const service = createService({
    journal: { head: { seq: 0 }, append: () => undefined, flush: () => undefined },
    processors: [books.bars, books.corrected, books.models, ...liveParts(books, settings)],
    keepHistory: (json) => {
      const hash = sha256(json);
      histories.set(hash, JSON.parse(json) as HistoryColumns);
      return hash;
    },
    prepareModel: async () => undefined,
    registryChanges: (afterSeq) => models.map(changeOf).slice(afterSeq),
    onCommitted: onEntries,
  });
  await service.run(replayFeed(markets, replay), historyBars, signal);
}

/** A model that is graded for its own sake: as in the shadow, in the order given. */
function changeOf({ key }: LoadedModel, i: number): RegistryChange {
  const transition = { model: key, from: null, to: 'SHADOW' as const, reason: 'graded in a batch', actor: 'operator', statistic: null, value: null, threshold: null, evidenceSha256: null };
  return { seq: i + 1, sha256: key, transition };
}

function byKey(models: readonly LoadedModel[]): (key: string) => LoadedModel {
  return (key) => models.find((model) => model.key === key) as LoadedModel;
}
