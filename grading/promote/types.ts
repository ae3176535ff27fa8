import type { Bars, GateId, Policy, Verdict } from '../../engine/index.ts';
import type { ModelManifest, ValidationReport } from '../../reports/index.ts';
import type { Clock, ModelKey, ModelVersion, RegisteredModel } from '../types/index.ts';
import type { LedgerThenAndNow } from './compare.ts';
import type { BarSources } from './find-bars.ts';
import type { PromotionRegistry } from './registry-port.ts';
import type { Besides, ReplayOptions } from './replay.ts';

export interface PromoteOptions extends Omit<BarSources, 'home'>, Besides, Omit<ReplayOptions, 'policy' | 'cacheDir'> {
  readonly registry: PromotionRegistry;
  readonly clock: Clock;
  /** `<home>/cache` by default. */
  readonly cacheDir?: string;
  /** Strategy and market in kebab-case by default. */
  readonly modelId?: string;
  /** A user's file, where the strategy is not built in. */
  readonly strategy?: string;
  /** Thresholds that are accepted; the default policy. */
  readonly policy?: Policy;
  /** Bars over which an outcome is measured; the median holding by default. */
  readonly horizonBars?: number;
  /** Markets that it may grade (`venue:symbol`), or `any` of its timeframe; those of the study by default. */
  readonly universe?: readonly string[] | 'any';
  /** Who registers it; `promotion` by default. */
  readonly actor?: string;
  readonly author?: string;
  readonly notes?: readonly string[];
  /** 365 by default. */
  readonly validDays?: number;
  /** Verifies everything and registers nothing. */
  readonly isDryRun?: boolean;
  readonly environment: Pick<ModelVersion['env'], 'node' | 'platform'>;
  /** The page of a report, as this build renders it; the page is not compared without. */
  readonly render?: (report: ValidationReport) => Promise<string>;
}

/** Something that was verified, in words. */
export interface Check {
  readonly what: string;
  readonly found: string;
}

export interface PromotionFacts {
  readonly modelId: string;
  readonly manifest: ModelManifest;
  readonly checks: readonly Check[];
  /** Of the replay, by the ledger as it is now; at promotion also beside the registered models and with its probabilities. */
  readonly verdict: Verdict;
  readonly promisedDecision: Verdict['decision'];
  readonly ledger: LedgerThenAndNow;
}

export interface Refused extends PromotionFacts {
  readonly promoted: false;
  /** Gates that keep it from SHADOW. */
  readonly blocking: readonly GateId[];
}

export interface Promoted extends PromotionFacts {
  readonly promoted: true;
  readonly isDryRun: boolean;
  readonly key: ModelKey;
  readonly version: ModelVersion;
  /** As it is registered; null in a dry run. */
  readonly model: RegisteredModel | null;
}

/** The end of a promotion; a refusal by gates is a result. */
export type Promotion = Refused | Promoted;

/** The study again, with all that was read for it. */
export interface StudyBars {
  readonly markets: readonly Bars[];
  readonly pooled: readonly Bars[];
}
