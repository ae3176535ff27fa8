import { defineStrategy, InputError } from '../../engine/index.ts';
import { isLoaded, loadModel, type UnloadableModel } from '../promote/index.ts';
import type { Registry } from '../registry/index.ts';
import type { LoadedModel, ModelVersion } from '../types/index.ts';
import { modelKey } from '../types/index.ts';

/** Models by the hash of their version's file; one whose code is gone or changed is there, and every question to it is answered with the reason. */
export function modelLoader(registry: Registry, cacheDir: string): (sha256: string) => Promise<LoadedModel> {
  return async (sha256) => {
    const version = JSON.parse(registry.object(sha256).toString('utf8')) as ModelVersion;
    const model = await loadModel(registry, modelKey(version), { cacheDir });
    return isLoaded(model) ? model : standIn(model);
  };
}

function standIn({ key, version, code, reason }: UnloadableModel): LoadedModel {
  const strategy = defineStrategy({
    id: version.strategy.id, summary: reason, params: {}, warmupBars: () => 1,
    targetExposure: () => {
      throw new InputError(code, reason);
    },
  });
  return { key, version, strategy };
}
