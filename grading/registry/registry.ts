import { join } from 'node:path';
import { canonicalJson, DataError, requireInput, sha256 } from '../../engine/index.ts';
import { type Alias, type Clock, type ModelKey, modelKey, type ModelVersion, type RegisteredModel, type Transition } from '../types/index.ts';
import { registryDraft, type RegistryEntry, type RegistryPayloads, type RegistryType } from './entries.ts';
import { contentKey, lastOf, type RegistryState } from './fold.ts';
import { checkAlias, checkModelId, checkTag, resolveModel } from './names.ts';
import { type ObjectStore, openObjects } from './objects.ts';
import { openState } from './state.ts';
import { checkTransition, isTooShort, OPERATOR } from './states.ts';
import { checkVersion, contentOf } from './version.ts';

/** A registration or a change of state, by its place in the registry's journal. */
export interface ModelChange {
  readonly seq: number;
  readonly tsMs: number;
  readonly transition: Transition;
  readonly sha256: string;
}

export interface Registry {
  /** Every version, in the order of registration. */
  models(): readonly RegisteredModel[];
  /** By `tsmom@7`, `tsmom@champion` or `tsmom`, its last version. */
  get(name: string): RegisteredModel;
  version(name: string): ModelVersion;
  /** What was written about one version, oldest first. */
  history(name: string): readonly RegistryEntry[];
  putObject(bytes: Uint8Array | string): string;
  object(hash: string): Buffer;
  nextVersion(modelId: string): number;
  /** As CANDIDATE. The same content again, whatever its number and day, is the version that is registered unless that is retired. */
  register(version: ModelVersion, actor: string): RegisteredModel;
  /** `once`: a second transition with the same key does nothing. `force`: the operator cuts the shadow period short. */
  transition(transition: Omit<Transition, 'from' | 'forced'>, options?: { readonly once?: string; readonly force?: boolean }): RegisteredModel;
  /** Moves an alias to a version, from whichever has it; null takes all aliases from the version. */
  setAlias(name: string, alias: Alias | null, actor?: string): RegisteredModel;
  tag(name: string, tag: string, change: 'add' | 'remove', actor?: string): RegisteredModel;
  /** After a place in the journal; cheap where nothing was written since. */
  changes(afterSeq: number): readonly ModelChange[];
}

export interface RegistryOptions {
  readonly clock: Clock;
  /** Hears of damage, and of what a kill left torn. */
  readonly onNotice: (text: string) => void;
}

/** Folder of the registry below a home folder. */
export function registryFolder(home: string): string {
  return join(home, 'registry');
}

/** The immutable files of the registry below a home folder. */
export function registryObjects(home: string): ObjectStore {
  return openObjects(join(registryFolder(home), 'objects'));
}

/**
 * Promoted versions of models, their states, aliases and tags: a journal that many processes may write, and files named by their content.
 *
 * throws  InputError `model-unknown`, `version-invalid`, those of `checkTransition`; DataError `journal-damaged`, `object-damaged`, `object-missing`
 */
export function openRegistry(home: string, { clock, onNotice }: RegistryOptions): Registry {
  const objects = registryObjects(home);
  const journalled = openState(registryFolder(home), onNotice);
  const state = (): RegistryState => journalled.state();

  const versionOf = ({ key, sha256: hash }: RegisteredModel): ModelVersion => {
    const version = JSON.parse(objects.get(hash).toString('utf8')) as ModelVersion;
    if (version.schema !== 'assay-model/1') throw new DataError('model-unreadable', `the version of ${key} must have schema assay-model/1, has ${String(version.schema)}`);
    return version;
  };

  /** Reads the state and writes what follows from it, while no other process writes; null changes nothing. */
  const change = <T extends RegistryType>(name: string, type: T, payloadOf: (model: RegisteredModel) => RegistryPayloads[T] | null): RegisteredModel => {
    let key: ModelKey = name;
    journalled.write((now) => {
      const model = resolveModel(now, name);
      key = model.key;
      const payload = payloadOf(model);
      return payload === null ? null : registryDraft(type, key, payload, clock.nowMs());
    });
    return resolveModel(state(), key);
  };

  return {
    models: () => [...state().models.values()],
    get: (name) => resolveModel(state(), name),
    version: (name) => versionOf(resolveModel(state(), name)),
    history(name) {
      const { key } = resolveModel(state(), name);
      return state().entries.filter(({ model }) => model === key);
    },
    putObject: (bytes) => objects.put(bytes),
    object: (hash) => objects.get(hash),
    nextVersion(modelId) {
      checkModelId(modelId);
      return (lastOf(state(), modelId)?.version ?? 0) + 1;
    },
    register(version, actor) {
      checkVersion(version, objects);
      let key = modelKey(version);
      journalled.write((now) => {
        const text = canonicalJson(version);
        const contentSha256 = contentOf(version);
        const same = now.models.get(now.contents.get(contentKey(version.modelId, contentSha256)) ?? '');
        if (same !== undefined && (same.state !== 'RETIRED' || same.sha256 === sha256(text))) {
          key = same.key;
          return null;
        }
        const next = (lastOf(now, version.modelId)?.version ?? 0) + 1;
        requireInput(version.version === next, 'version-invalid', `version of ${version.modelId}`, `${next}, the next one`, version.version);
        const hash = objects.put(text);
        const transition: Transition = {
          model: key, from: null, to: 'CANDIDATE', reason: 'registered', actor, statistic: null, value: null, threshold: null, evidenceSha256: hash,
        };
        return registryDraft('model_changed', key, { transition, sha256: hash, contentSha256 }, clock.nowMs());
      });
      return resolveModel(state(), key);
    },
    transition({ model: name, to, reason, actor, statistic, value, threshold, evidenceSha256 }, { once, force = false } = {}) {
      return change(name, 'model_changed', (model) => {
        if (once !== undefined && state().once.has(once)) return null;
        const inStateMs = clock.nowMs() - model.sinceMs;
        checkTransition({ model: model.key, to, actor, reason }, { from: model.state, inStateMs, decision: () => versionOf(model).verdict.decision, force });
        const forced = force && isTooShort(model.state, to, inStateMs) ? { forced: true as const } : {};
        const transition: Transition = { model: model.key, from: model.state, to, reason, actor, statistic, value, threshold, evidenceSha256, ...forced };
        return { transition, sha256: model.sha256, ...(once === undefined ? {} : { once }) };
      });
    },
    setAlias(name, alias, actor = OPERATOR) {
      if (alias !== null) checkAlias(alias);
      return change(name, 'alias_set', (model) => {
        requireInput(alias === null || model.state !== 'RETIRED', 'alias-retired', `state of ${model.key}`, 'other than RETIRED for an alias', model.state);
        const isSo = alias === null ? model.aliases.length === 0 : model.aliases.includes(alias);
        return isSo ? null : { alias, actor };
      });
    },
    tag(name, tag, changeOfTag, actor = OPERATOR) {
      checkTag(tag);
      return change(name, 'tag_changed', (model) => (model.tags.includes(tag) === (changeOfTag === 'add') ? null : { tag, change: changeOfTag, actor }));
    },
    changes(afterSeq) {
      const { entries } = state();
      if ((entries[entries.length - 1]?.seq ?? 0) <= afterSeq) return [];
      return entries.flatMap(({ seq, tsMs, type, payload }) => (type === 'model_changed' && seq > afterSeq ? [{ seq, tsMs, transition: payload.transition, sha256: payload.sha256 }] : []));
    },
  };
}
