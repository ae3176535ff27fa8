import { canonicalJson, sha256 } from '../../engine/index.ts';
import type { JournalDraft, JournalLine } from '../../workbench/index.ts';
import type { Alias, ModelKey, Transition } from '../types/index.ts';

/** What the registry's journal holds, by type. */
export interface RegistryPayloads {
  /** A version was registered (from null) or moved; `sha256` names the version's file. */
  readonly model_changed: {
    readonly transition: Transition;
    readonly sha256: string;
    /** Of a registration: identity of what was promised, whatever number and day it was given. */
    readonly contentSha256?: string;
    /** A second change of the same key is none. */
    readonly once?: string;
  };
  /** Null takes all aliases from the version. */
  readonly alias_set: { readonly alias: Alias | null; readonly actor: string };
  readonly tag_changed: { readonly tag: string; readonly change: 'add' | 'remove'; readonly actor: string };
}
export type RegistryType = keyof RegistryPayloads;

/** A line of the registry's journal. */
export type RegistryEntry<T extends RegistryType = RegistryType> = T extends RegistryType
  ? { readonly seq: number; readonly tsMs: number; readonly type: T; readonly model: ModelKey; readonly payload: RegistryPayloads[T] }
  : never;

export function registryDraft<T extends RegistryType>(type: T, model: ModelKey, payload: RegistryPayloads[T], tsMs: number): JournalDraft {
  return { type, tsMs, model, payload, payloadSha256: sha256(canonicalJson(payload)) };
}

export function registryEntry({ seq, tsMs, type, model, payload }: JournalLine): RegistryEntry {
  return { seq, tsMs, type, model, payload } as RegistryEntry;
}
