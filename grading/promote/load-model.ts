import { errorMessage, isAssayError, loadStrategy, type StrategyRef } from '../../engine/index.ts';
import { builtInStrategies, installPortable } from '../../workbench/index.ts';
import type { LoadedModel, ModelKey, ModelVersion } from '../types/index.ts';
import type { PromotionRegistry } from './registry-port.ts';

/** A version whose code is not there, or not what it was. */
export interface UnloadableModel {
  readonly key: ModelKey;
  readonly version: ModelVersion;
  /** `code-differs`, or the code of the error that loading met. */
  readonly code: string;
  readonly reason: string;
}

/**
 * A version with its code: a built-in strategy, or the stored bundle, which is written into the cache and imported; its hash must be the version's.
 *
 * throws  those of the registry where there is no such version
 */
export async function loadModel(registry: Pick<PromotionRegistry, 'version' | 'object'>, key: ModelKey, { cacheDir }: { readonly cacheDir: string }): Promise<LoadedModel | UnloadableModel> {
  const version = registry.version(key);
  const { strategy: { id, codeHash, bundleSha256, exportName } } = version;
  const unloadable = (code: string, reason: string): UnloadableModel => ({ key, version, code, reason });
  try {
    const ref = bundleSha256 === null ? builtInRef(id) : { ...installPortable(Buffer.from(registry.object(bundleSha256)).toString('utf8'), codeHash, cacheDir), exportName };
    if (ref === null) return unloadable('code-differs', `strategy ${id} must be built in, is not any more`);
    if (ref.codeHash !== codeHash) return unloadable('code-differs', `code of ${id} must be of hash ${codeHash}, was ${ref.codeHash}`);
    const strategy = await loadStrategy(ref);
    return strategy.id === id ? { key, version, strategy } : unloadable('code-differs', `strategy must be ${id}, was ${strategy.id}`);
  } catch (error) {
    return unloadable(isAssayError(error) ? error.code : 'code-unloadable', errorMessage(error));
  }
}

export function isLoaded(model: LoadedModel | UnloadableModel): model is LoadedModel {
  return 'strategy' in model;
}

function builtInRef(id: string): StrategyRef | null {
  const found = builtInStrategies().find((one) => one.id === id);
  return found === undefined ? null : { url: found.url, exportName: null, codeHash: found.codeHash };
}
