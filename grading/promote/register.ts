import { canonicalJson } from '../../engine/index.ts';
import type { ModelManifest } from '../../reports/index.ts';
import { modelKey, type ModelVersion, type RegisteredModel } from '../types/index.ts';
import type { PromotionRegistry } from './registry-port.ts';

export interface Registration {
  readonly version: ModelVersion;
  readonly manifest: ModelManifest;
  readonly page: string;
  readonly actor: string;
  readonly bundle: string | null;
}

/** The manifest as it is kept: named by the hash that it states of itself. */
export function manifestObject({ manifestSha256: _, ...rest }: ModelManifest): string {
  return canonicalJson(rest);
}

/** Keeps page, manifest and code, registers the version as CANDIDATE and moves it to SHADOW. */
export function register(registry: PromotionRegistry, { version, manifest, page, bundle, actor }: Registration): RegisteredModel {
  registry.putObject(page);
  registry.putObject(manifestObject(manifest));
  if (bundle !== null) registry.putObject(bundle);
  const { sha256 } = registry.register(version, actor);
  const { verdict, provenance: { validationId } } = version;
  return registry.transition({
    model: modelKey(version), to: 'SHADOW', actor, statistic: 'verdict', value: null, threshold: null, evidenceSha256: sha256,
    reason: `verdict ${verdict.decision} of validation ${validationId}, found again by a full replay, policy ${verdict.policyVersion}`,
  });
}
