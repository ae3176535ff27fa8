import type { Bars, Strategy } from '../../engine/index.ts';
import type { ClosedBar, Market } from './market.ts';
import type { ModelKey, ModelState, ModelVersion } from './model.ts';

/** The bars that the service holds of every market: its history and what came since, as far back as its parts asked for. */
export interface BarBook {
  markets(): readonly Market[];
  /** The last closed bars of a market by key, at most `count`, with the newest last; null where there is none. A copy: it does not change later. */
  window(marketKey: string, count: number): Bars | null;
  last(marketKey: string): ClosedBar | null;
}

/** A version with its code, ready to score. */
export interface LoadedModel {
  readonly key: ModelKey;
  readonly version: ModelVersion;
  readonly strategy: Strategy;
}

/** A model as entries have moved it. */
export interface KnownModel extends LoadedModel {
  readonly state: ModelState;
  readonly sinceMs: number;
  /** When an entry first named it. */
  readonly registeredMs: number;
}

/** The models that entries have named so far, with the state that entries have given them. */
export interface ModelBook {
  all(): readonly KnownModel[];
  get(key: ModelKey): KnownModel | null;
  /** Those in CANDIDATE, SHADOW, LIVE or WATCH whose timeframe and universe hold a market. */
  grading(market: Market): readonly (LoadedModel & { readonly state: ModelState })[];
}
