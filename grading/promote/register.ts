import { canonicalJson } from '../../engine/index.ts';
import type { ModelManifest } from '../../reports/index.ts';
import type { ModelVersion, RegisteredModel } from '../types/index.ts';
import type { PromotionRegistry } from './registry-port.ts';

export interface Registration {
  readonly version: ModelVersion;
  readonly manifest: ModelManifest;
  readonly page: string;
  readonly actor: string;
  readonly bundle: string | null;
}

/** The manifest as it is kept: named by the hash that it states of itself. */
export function manifestObject(manifest: ModelManifest): string {
  const { manifestSha256: _, ...rest } = manifest;
  return canonicalJson(rest);
}

/** Keeps page, manifest and code, registers the version as CANDIDATE and moves it to SHADOW; one that a kill left in between goes on. */
export function register(registry: PromotionRegistry, { version, manifest, page, bundle, actor }: Registration): RegisteredModel {
  registry.putObject(page);
  registry.putObject(manifestObject(manifest));
  if (bundle !== null) registry.putObject(bundle);
  const registered = registry.register(version, actor);
  if (registered.state !== 'CANDIDATE') return registered;
  const { verdict, provenance: { validationId } } = version;
  return registry.transition({
    model: registered.key, to: 'SHADOW', actor, statistic: 'verdict', value: null, threshold: null, evidenceSha256: registered.sha256,
    reason: `verdict ${verdict.decision} of validation ${validationId}, found again by a full replay, policy ${verdict.policyVersion}`,
  });
}
