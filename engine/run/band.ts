import type { Metrics } from '../metrics/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { Params, Strategy } from '../strategy/index.ts';
import { evaluateTrial, type TrialArena } from './trial.ts';
import type { AmbiguityBand } from './types.ts';

/** The two policies that take every ambiguous bar the same way. */
export type Resolution = 'pessimistic' | 'optimistic';

/**
 * Figures of a trial under both resolutions of its ambiguous bars; `own` are those of the configured policy.
 *
 * Until the first ambiguous bar the policies agree, so that a trial without one is its own band and costs nothing; finer bars decide what both
 * resolutions do not, and then both are simulated. The configured policy is
 * not simulated again; otherwise the arena's buffers hold another resolution afterwards.
 */
export function ambiguityBand(strategy: Strategy, params: Params, config: SimulationConfig, arena: TrialArena, own: Metrics): AmbiguityBand {
  const ambiguousBars = own.ambiguousBars ?? 0;
  const under = (intrabar: Resolution): Metrics =>
    isItsOwnBand(ambiguousBars, config.intrabar, intrabar) ? own : evaluateTrial(strategy, params, { ...config, intrabar }, arena).metrics;
  return { ambiguousBars, pessimistic: under('pessimistic'), optimistic: under('optimistic') };
}

/** Whether a resolution can differ from what the configured policy has given. */
export function isItsOwnBand(ambiguousBars: number, configured: SimulationConfig['intrabar'], resolution: Resolution): boolean {
  return configured === resolution || (ambiguousBars === 0 && configured !== 'lower-timeframe');
}
