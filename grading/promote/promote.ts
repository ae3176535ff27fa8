import { join } from 'node:path';
import { curveOf, daysOf, type Evidence, InputError, judge, type Policy, POLICY, sha256, uniquenessOf, type Verdict } from '../../engine/index.ts';
import type { ModelManifest, ValidationReport } from '../../reports/index.ts';
import type { ValidatedStudy } from '../../workbench/index.ts';
import { modelKey, type ModelVersion } from '../types/index.ts';
import { checksOf } from './checks.ts';
import { type Compared, compareReplay } from './compare.ts';
import { comparePage } from './compare-page.ts';
import { findBars } from './find-bars.ts';
import { findCode, type FoundCode } from './find-code.ts';
import { type GradedScores, gradedScores } from './graded.ts';
import { modelIdOf, universeOf } from './model-id.ts';
import { heldOf, modelVersionOf } from './model-version.ts';
import { type ReadReport, readReport } from './read-report.ts';
import { register } from './register.ts';
import { registeredReturns } from './registered-returns.ts';
import { findBesides, replay, requirePolicy } from './replay.ts';
import type { PromoteOptions, Promotion, PromotionFacts, StudyBars } from './types.ts';

/**
 * From a validation report to a registered model in SHADOW: nothing that the report says is believed, all of it is computed again.
 *
 * Code by its hash, bars by theirs, then the whole search, walk-forward and every gate; what differs from the report is an error, a verdict that
 * rejects is a result.
 *
 * throws  InputError and DataError of readReport, findCode, findBars, compareReplay, comparePage; InputError `already-promoted`, `model-holds-nothing`
 */
export async function promote(pathOrHtml: string, options: PromoteOptions): Promise<Promotion> {
  const policy = options.policy ?? POLICY;
  const cacheDir = options.cacheDir ?? join(options.home, 'cache');
  const report = readReport(pathOrHtml);
  const { manifest } = report;
  const modelId = modelIdOf(options.modelId, manifest.spec.strategyId, manifest.spec.markets);
  requireNew(manifest, modelId, options);
  requirePolicy(manifest, policy);
  const code = await findCode(manifest.spec, options.strategy, cacheDir);
  const markets = await findBars(manifest.spec.markets, options);
  const besides = await findBesides(manifest, options, options.home);
  const universe = universeOf(options.universe, [...markets, ...besides.pooled]);
  const study = await replay(manifest, { strategy: code.name, markets, ...besides }, { ...options, cacheDir, policy });
  const compared = compareReplay(report, study);
  const page = await pageOf(report, compared, study, options);
  const facts = { modelId, manifest, ledger: compared.ledger, promisedDecision: manifest.verdict.decision, checks: checksOf(report, code, study, compared, page.isCompared) };
  const { verdict } = study.validation;
  if (verdict.decision === 'reject') return { promoted: false, blocking: verdict.blocking, verdict, ...facts };
  return graded({ report, code, study, facts, page: page.html, bars: { markets, pooled: besides.pooled }, universe }, policy, options);
}

interface Replayed {
  readonly report: ReadReport;
  readonly code: FoundCode;
  readonly study: ValidatedStudy;
  readonly facts: Omit<PromotionFacts, 'verdict'>;
  /** The page that is kept. */
  readonly page: string;
  readonly bars: StudyBars;
  readonly universe: ModelVersion['universe'];
}

/** The last gates, for which the model must be scored; then the version and its place in the registry. */
function graded(replayed: Replayed, policy: Policy, options: PromoteOptions): Promotion {
  const { study: { walkForward: walk, validation }, code, facts, bars, report: { manifest } } = replayed;
  const held = heldOf(walk);
  if (held === null) throw new InputError('model-holds-nothing', 'the last train window must have chosen parameters, chose none: there is nothing to hold');
  const scores = gradedScores(walk, code.strategy, bars.markets[0], held, { horizonBars: options.horizonBars, seed: manifest.random.seed });
  const { evidence, verdict } = judgedAtPromotion(validation.evidence, scores, replayed, policy, options);
  if (verdict.decision === 'reject') return { promoted: false, blocking: verdict.blocking, verdict, ...facts };
  const { bundle } = code;
  const version = modelVersionOf({
    modelId: facts.modelId, version: options.registry.nextVersion(facts.modelId), walk, evidence, verdict, graded: scores, pooled: bars.pooled, manifest, environment: options.environment,
    strategy: { id: code.strategy.id, codeHash: code.codeHash, bundleSha256: bundle === null ? null : sha256(bundle.text), exportName: bundle?.exportName ?? null, params: held },
    universe: replayed.universe, reportSha256: sha256(replayed.page), author: options.author ?? null, notes: options.notes ?? [],
    promotedAtMs: options.clock.nowMs(), validDays: options.validDays ?? 365,
  });
  const promoted = { promoted: true, key: modelKey(version), version, verdict, ...facts } as const;
  if (options.isDryRun === true) return { ...promoted, isDryRun: true, model: null };
  const model = register(options.registry, { version, actor: options.actor ?? 'promotion', manifest, page: replayed.page, bundle: bundle?.text ?? null });
  return { ...promoted, isDryRun: false, key: model.key, version: options.registry.version(model.key), model };
}

/** All gates, with what a study alone cannot know. */
function judgedAtPromotion(
  study: Evidence, { calibration }: GradedScores, { study: { walkForward }, facts }: Replayed, policy: Policy, { registry }: PromoteOptions,
): { readonly evidence: Evidence; readonly verdict: Verdict } {
  const { n, nEffective, brierSkill, ece, eceLimit95, slope } = calibration;
  const uniqueness = uniquenessOf(daysOf(curveOf(walkForward)), registeredReturns(registry, facts.modelId), policy.G15.minCommonDays);
  const evidence = { ...study, uniqueness, calibration: { n, nEffective, brierSkill, ece, eceLimit95, slope } };
  return { evidence, verdict: judge(evidence, policy, 'promotion') };
}

/** The page to keep: as given where it is that of the replay; where the ledger has grown since, the replay's own. */
async function pageOf({ html, name }: ReadReport, { report, ledger }: Compared, { validation }: ValidatedStudy, { render }: PromoteOptions): Promise<{ readonly html: string; readonly isCompared: boolean }> {
  if (render === undefined) return { html, isCompared: false };
  const asNow: ValidationReport = ledger.isSame ? report : { ...report, validation };
  const rendered = await render(asNow);
  if (!ledger.isSame) return { html: rendered, isCompared: false };
  comparePage({ html, name }, rendered);
  return { html, isCompared: true };
}

/** throws  InputError `already-promoted` */
function requireNew({ manifestSha256 }: ModelManifest, modelId: string, { registry }: PromoteOptions): void {
  const same = registry.models().find((model) => model.modelId === modelId && model.state !== 'RETIRED' && model.state !== 'CANDIDATE' && registry.version(model.key).provenance.manifestSha256 === manifestSha256);
  if (same !== undefined) throw new InputError('already-promoted', `report must not be promoted already, is ${same.key} (${same.state})`);
}
