import { type Entry, type KnownModel, type LoadedModel, type Market, type ModelBook, type ModelKey, type ModelState, type Processor } from '../types/index.ts';

const GRADING_STATES: readonly ModelState[] = ['CANDIDATE', 'SHADOW', 'LIVE', 'WATCH'];

/**
 * Models as the entries have named and moved them, sorted by key.
 *
 * @param loaded the version of a hash with its code, which was made ready before the entry is heard
 */
export function createModelBook(loaded: (sha256: string) => LoadedModel): ModelBook & Processor {
  const models = new Map<ModelKey, KnownModel>();
  const byMarket = new Map<string, readonly KnownModel[]>();

  const put = (model: KnownModel): void => {
    models.set(model.key, model);
    byMarket.clear();
  };

  return {
    name: 'models',
    apply(entry: Entry): void {
      if (entry.type === 'model_changed') {
        const { transition: { to }, sha256 } = entry.payload;
        const model = loaded(sha256);
        put({ ...model, state: to, sinceMs: entry.tsMs, registeredMs: models.get(model.key)?.registeredMs ?? entry.tsMs });
      } else if (entry.type === 'transition') {
        const known = models.get(entry.payload.model);
        if (known !== undefined) put({ ...known, state: entry.payload.to, sinceMs: entry.tsMs });
      }
    },
    respond: () => [],
    all: () => sorted(models.values()),
    get: (key) => models.get(key) ?? null,
    grading(market): readonly KnownModel[] {
      const key = `${market.venue}:${market.symbol}@${market.timeframeMs}`;
      const found = byMarket.get(key) ?? sorted(models.values()).filter((model) => GRADING_STATES.includes(model.state) && covers(model, market));
      byMarket.set(key, found);
      return found;
    },
  };
}

function covers({ version: { timeframeMs, universe } }: LoadedModel, market: Market): boolean {
  return timeframeMs === market.timeframeMs && (universe === 'any' || universe.includes(`${market.venue}:${market.symbol}`));
}

function sorted(models: Iterable<KnownModel>): KnownModel[] {
  return [...models].sort((a, b) => (a.key < b.key ? -1 : 1));
}
