import { type OpenLiveOptions, type LoadedModel, modelKey, type ModelVersion, openRegistry, type Registry } from '../../grading/index.ts';
import { BUILT_IN } from '../../strategies/index.ts';
import { modelVersion } from './model-version.ts';

/** A registry below a home folder with one version of ema-cross in SHADOW, and how its code is loaded. */
export async function promotedRegistry(home: string, overrides: Partial<ModelVersion> = {}): Promise<Pick<OpenLiveOptions, 'registry' | 'loadModel'> & { readonly registry: Registry }> {
  const version = modelVersion(overrides);
  const registry = openRegistry(home, { clock: { nowMs: () => version.promotedAtMs }, onNotice: () => undefined });
  if (registry.models().length === 0) {
    const { key } = registry.register(version, 'promotion');
    registry.transition({ model: key, to: 'SHADOW', reason: 'passed', actor: 'promotion', statistic: null, value: null, threshold: null, evidenceSha256: null });
  }
  return { registry, loadModel: async (hash) => loadedOf(JSON.parse(registry.object(hash).toString('utf8')) as ModelVersion) };
}

function loadedOf(version: ModelVersion): LoadedModel {
  const found = BUILT_IN.find(({ strategy }) => strategy.id === version.strategy.id);
  if (found === undefined) throw new Error(`no strategy ${version.strategy.id}`);
  return { key: modelKey(version), version, strategy: found.strategy };
}
