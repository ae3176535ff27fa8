import type { ModelKey, ModelVersion, RegisteredModel, Transition } from '../types/index.ts';

/** What promotion needs of the registry. */
export interface PromotionRegistry {
  models(): readonly RegisteredModel[];
  version(key: ModelKey): ModelVersion;
  nextVersion(modelId: string): number;
  /** As CANDIDATE. */
  register(version: ModelVersion, actor: string): RegisteredModel;
  transition(transition: Omit<Transition, 'from'>): RegisteredModel;
  /** The sha256 that the bytes are kept by. */
  putObject(bytes: Uint8Array | string): string;
  object(sha256: string): Uint8Array;
}
