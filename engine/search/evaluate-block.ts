import { errorMessage, InvariantError } from '../core/index.ts';
import { ambiguityBand, evaluateTrial, type TrialArena } from '../run/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { Strategy } from '../strategy/index.ts';
import type { ParamSpace } from './space.ts';
import { type ReturnRows, writeNoReturns, writeReturns } from './trial-returns.ts';
import { TRIAL_WIDTH, type TrialBlock, writeTrial } from './trial-columns.ts';

/**
 * Evaluates consecutive points of a space on one market; `firstTrial` is the trial index of the first of them.
 *
 * With `returns` the daily returns of each trial are written to its row there too.
 *
 * A point that throws is a failed trial with its reason, not the end of the sweep; a fault of Assay itself is the end.
 */
export function evaluateBlock(
  strategy: Strategy,
  space: ParamSpace,
  config: SimulationConfig,
  arena: TrialArena,
  range: { readonly fromPoint: number; readonly toPoint: number; readonly firstTrial: number },
  returns: ReturnRows | null = null,
): TrialBlock {
  const count = range.toPoint - range.fromPoint;
  const values = new Float64Array(count * TRIAL_WIDTH).fill(Number.NaN);
  const failures: Record<number, string> = {};
  for (let i = 0; i < count; i++) {
    try {
      const params = space.pointAt(range.fromPoint + i);
      const { metrics } = evaluateTrial(strategy, params, config, arena);
      if (returns !== null) writeReturns(returns, range.firstTrial + i, arena, config);
      writeTrial(metrics, ambiguityBand(strategy, params, config, arena, metrics), values, i);
    } catch (error) {
      if (error instanceof InvariantError) throw error;
      if (returns !== null) writeNoReturns(returns, range.firstTrial + i);
      failures[range.firstTrial + i] = errorMessage(error);
    }
  }
  return { from: range.firstTrial, count, values, failures };
}
