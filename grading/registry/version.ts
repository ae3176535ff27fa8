import { canonicalJson, requireInput, sha256 } from '../../engine/index.ts';
import type { ModelVersion } from '../types/index.ts';
import { checkModelId } from './names.ts';
import type { ObjectStore } from './objects.ts';

/**
 * Refuses what cannot be a version of a model, or has no code.
 *
 * throws  InputError `model-schema-invalid`, `model-id-invalid`, `version-invalid`, `bundle-missing`
 */
export function checkVersion({ schema, modelId, version, strategy }: ModelVersion, objects: ObjectStore): void {
  requireInput(schema === 'assay-model/1', 'model-schema-invalid', 'schema', '"assay-model/1"', schema);
  checkModelId(modelId);
  requireInput(Number.isInteger(version) && version >= 1, 'version-invalid', 'version', 'a whole number from 1', version);
  const { bundleSha256 } = strategy;
  requireInput(bundleSha256 === null || objects.has(bundleSha256), 'bundle-missing', 'strategy.bundleSha256', 'the hash of a file in the registry', bundleSha256);
}

/** Identity of what a version promises: all of it but the number and the day that it was given. */
export function contentOf(version: ModelVersion): string {
  const { version: _, promotedAtMs: __, expiry: { retrainEveryDays }, ...content } = version;
  return sha256(canonicalJson({ ...content, retrainEveryDays }));
}
