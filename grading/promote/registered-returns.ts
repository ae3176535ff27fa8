import { DAY_MS, type DatedReturns } from '../../engine/index.ts';
import { daysOfStretches, type ModelManifest } from '../../reports/index.ts';
import type { ModelState } from '../types/index.ts';
import type { PromotionRegistry } from './registry-port.ts';

/** States in which a model is graded live. */
const GRADED: ReadonlySet<ModelState> = new Set<ModelState>(['SHADOW', 'LIVE', 'WATCH']);

/**
 * Daily out-of-sample returns of the models that are graded; those of the same id are what a new version follows, not what it copies.
 *
 * throws  those of the registry
 */
export function registeredReturns(registry: PromotionRegistry, modelId: string): readonly DatedReturns[] {
  return registry.models().filter((model) => GRADED.has(model.state) && model.modelId !== modelId).map(({ key }) => {
    const { oos: { dailyReturns }, provenance, timeframeMs } = registry.version(key);
    const { oos } = JSON.parse(Buffer.from(registry.object(provenance.manifestSha256)).toString('utf8')) as ModelManifest;
    return { model: key, timeMs: daysOfStretches(oos.stretches, Math.max(DAY_MS, timeframeMs)), returns: dailyReturns };
  });
}
