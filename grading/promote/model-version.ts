import {
  type Bars, curveOf, DAY_MS, daysOf, type Evidence, isMissing, type Known, marketRef, type Params, sha256, type Verdict, type WalkForward,
} from '../../engine/index.ts';
import type { ModelManifest } from '../../reports/index.ts';
import type { ModelVersion } from '../types/index.ts';
import type { GradedScores } from './graded.ts';

/** What a version is made of, all of it recomputed. */
export interface VersionParts {
  readonly modelId: string;
  readonly version: number;
  readonly strategy: ModelVersion['strategy'];
  readonly walk: WalkForward;
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  readonly graded: GradedScores;
  readonly pooled: readonly Bars[];
  readonly universe: ModelVersion['universe'];
  readonly manifest: ModelManifest;
  readonly reportSha256: string;
  readonly environment: Pick<ModelVersion['env'], 'node' | 'platform'>;
  readonly author: string | null;
  readonly notes: readonly string[];
  readonly promotedAtMs: number;
  readonly validDays: number;
}

export function modelVersionOf(parts: VersionParts): ModelVersion {
  const { walk, walk: { spec }, evidence: { search, subject }, verdict, manifest, graded, environment } = parts;
  const ledger = isMissing(search) || isMissing(search.ledgerTrials) ? null : search.ledgerTrials;
  return {
    schema: 'assay-model/1',
    modelId: parts.modelId,
    version: parts.version,
    strategy: parts.strategy,
    env: { ...environment, engineVersion: spec.engineVersion, seed: subject.seed },
    data: [...spec.markets, ...parts.pooled.map(marketRef)],
    config: spec.config,
    plan: spec.plan,
    timeframeMs: spec.markets[0].timeframeMs,
    universe: parts.universe,
    trials: { evaluated: walk.trialsEvaluated, counted: ledger?.n ?? null, ledgerHash: ledger?.ledgerHash ?? null },
    oos: outOfSampleOf(walk, parts.evidence),
    ...graded,
    verdict: {
      decision: verdict.decision, policyVersion: verdict.policy.version, policyHash: verdict.policy.hash,
      gates: verdict.gates.map(({ id, shadow, live, statistic, value, reason }) => ({ id, shadow: shadow.state, live: live.state, statistic, value, reason })),
    },
    provenance: { validationId: manifest.validationId, walkForwardId: walk.id, reportSha256: parts.reportSha256, manifestSha256: manifest.manifestSha256 },
    expiry: { validUntilMs: parts.promotedAtMs + parts.validDays * DAY_MS, retrainEveryDays: spec.plan.testMs / DAY_MS },
    author: parts.author,
    notes: parts.notes,
    promotedAtMs: parts.promotedAtMs,
  };
}

/** What was earned where no choice had looked: the promise that the model is held to. */
function outOfSampleOf(walk: WalkForward, { outOfSample, search, overfit, costs }: Evidence): ModelVersion['oos'] {
  const { openTimeMs, trades, metrics, spec: { markets: [{ timeframeMs }] } } = walk;
  const { returns, perYear } = daysOf(curveOf(walk));
  return {
    fromMs: openTimeMs[0],
    toMs: openTimeMs[openTimeMs.length - 1] + timeframeMs,
    bars: openTimeMs.length - 1,
    trades: trades.length,
    sharpeAnn: outOfSample.sharpeAnn,
    sharpeErrorAnn: outOfSample.standardErrorAnn,
    psr: outOfSample.psr,
    dsr: figureOf(search, ({ dsr }) => dsr),
    pbo: figureOf(overfit, ({ pbo }) => pbo),
    maxDrawdown: metrics.maxDrawdown,
    skewness: outOfSample.skewness,
    kurtosis: outOfSample.kurtosis,
    averageHoldBars: metrics.avgTradeBars,
    observationsPerYear: perYear,
    blockDays: outOfSample.bootstrap.blockDays,
    dailyReturns: Array.from(returns),
    returnsSha256: sha256(returns),
    breakEvenMultiple: figureOf(costs, ({ breakEvenMultiple }) => breakEvenMultiple),
  };
}

function figureOf<T>(part: Known<T>, figure: (part: T) => number | null): number | null {
  return isMissing(part) ? null : figure(part);
}

/** The choice of the last train window: what would be held now. */
export function heldOf({ windows }: Pick<WalkForward, 'windows'>): Params | null {
  return windows[windows.length - 1].chosen;
}
