import { DataError } from '../../engine/index.ts';
import type { Alias, ModelKey, RegisteredModel } from '../types/index.ts';
import type { RegistryEntry } from './entries.ts';

/** What the registry's entries say so far. */
export interface RegistryState {
  /** By key, in the order of registration. */
  readonly models: ReadonlyMap<ModelKey, RegisteredModel>;
  /** Key by model id and identity of the content. */
  readonly contents: ReadonlyMap<string, ModelKey>;
  /** Keys of changes that are made once. */
  readonly once: ReadonlySet<string>;
  readonly entries: readonly RegistryEntry[];
}

/** The state, entry by entry in their order. */
export function createRegistryFold(): { readonly state: RegistryState; apply(entry: RegistryEntry): void } {
  const models = new Map<ModelKey, RegisteredModel>();
  const contents = new Map<string, ModelKey>();
  const once = new Set<string>();
  const entries: RegistryEntry[] = [];
  return {
    state: { models, contents, once, entries },
    apply(entry): void {
      entries.push(entry);
      if (entry.type === 'alias_set') setAlias(models, entry.model, entry.payload.alias);
      else if (entry.type === 'tag_changed') models.set(entry.model, withTag(known(models, entry.model), entry.payload));
      else {
        const model = changed(models.get(entry.model), entry);
        models.set(entry.model, model);
        if (entry.payload.contentSha256 !== undefined) contents.set(contentKey(model.modelId, entry.payload.contentSha256), entry.model);
        if (entry.payload.once !== undefined) once.add(entry.payload.once);
      }
    },
  };
}

export function contentKey(modelId: string, contentSha256: string): string {
  return `${modelId} ${contentSha256}`;
}

/** The version of a model with the highest number. */
export function lastOf({ models }: RegistryState, modelId: string): RegisteredModel | null {
  let last: RegisteredModel | null = null;
  for (const model of models.values()) if (model.modelId === modelId && model.version > (last?.version ?? 0)) last = model;
  return last;
}

/** A version in its new state; one that is retired has no aliases. */
function changed(before: RegisteredModel | undefined, { model, tsMs, payload: { transition: { to }, sha256 } }: RegistryEntry<'model_changed'>): RegisteredModel {
  const at = model.lastIndexOf('@');
  const named = before ?? { key: model, modelId: model.slice(0, at), version: Number(model.slice(at + 1)), aliases: [], tags: [] };
  return { ...named, sha256, state: to, sinceMs: tsMs, aliases: to === 'RETIRED' ? [] : named.aliases };
}

/** An alias is one version of a model at a time. */
function setAlias(models: Map<ModelKey, RegisteredModel>, key: ModelKey, alias: Alias | null): void {
  const { modelId } = known(models, key);
  for (const model of models.values()) {
    if (model.modelId !== modelId) continue;
    const others = model.aliases.filter((one) => one !== alias);
    const aliases = alias === null ? [] : [...others, alias].sort();
    models.set(model.key, { ...model, aliases: model.key === key ? aliases : others });
  }
}

function withTag(model: RegisteredModel, { tag, change }: { readonly tag: string; readonly change: 'add' | 'remove' }): RegisteredModel {
  const others = model.tags.filter((one) => one !== tag);
  return { ...model, tags: change === 'add' ? [...others, tag].sort() : others };
}

function known(models: ReadonlyMap<ModelKey, RegisteredModel>, key: ModelKey): RegisteredModel {
  const model = models.get(key);
  if (model === undefined) throw new DataError('registry-damaged', `an entry of the registry must be about a version that was registered, was about ${key}`);
  return model;
}
