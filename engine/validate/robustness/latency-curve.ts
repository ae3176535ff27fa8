import { InputError } from '../../core/index.ts';
import type { SimulationConfig } from '../../simulate/index.ts';
import type { Retrader, WalkForward } from '../../walkforward/index.ts';
import type { Known, LatencyPoint } from '../evidence.ts';
import { hacMean } from '../hac-mean.ts';
import { curveOf, type Days, daysOf, sharpeOfDays, totalReturnOfCurve } from './curve.ts';

const LAGS = [1, 2, 5];

/**
 * The stored choices when every decision is carried out 1, 2 and 5 bars later than the configuration says.
 *
 * The paired t is that of the mean of (return without − return with the lag), day by day.
 *
 * missing without a trade, or under rules that know no latency
 */
export function latencyCurve(walk: Pick<WalkForward, 'spec' | 'openTimeMs' | 'equity' | 'trades'>, trade: Retrader, lags: readonly number[] = LAGS): Known<readonly LatencyPoint[]> {
  const { config } = walk.spec;
  if (walk.trades.length === 0) return { missing: 'no trade out of sample' };
  if (config.profile !== 'assay') return { missing: `rules of ${config.profile} know no latency` };
  const prompt = daysOf(curveOf(walk));
  const own = sharpeOfDays(prompt);
  return lags.map((lagBars) => {
    const curve = curveOf(walk, trade(withLatency(config, lagBars)));
    const late = daysOf(curve);
    const sharpeAnn = sharpeOfDays(late);
    return {
      lagBars,
      sharpeAnn,
      totalReturn: totalReturnOfCurve(curve),
      ratio: own === null || own <= 0 || sharpeAnn === null ? null : sharpeAnn / own,
      pairedT: hacMean(differences(prompt, late))?.t ?? null,
    };
  });
}

/** A configuration whose decisions are carried out so many bars later. */
export function withLatency(config: SimulationConfig, lagBars: number): SimulationConfig {
  if (!Number.isInteger(lagBars) || lagBars < 0) throw new InputError('lag-invalid', `lag must be a whole number of bars, at least 0, was ${lagBars}`);
  const { execution } = config;
  return { ...config, execution: { ...execution, latencyBars: execution.latencyBars + lagBars } };
}

/** Over the days that both accounts lived. */
function differences(prompt: Days, late: Days): Float64Array {
  return Float64Array.from({ length: Math.min(prompt.returns.length, late.returns.length) }, (_, d) => prompt.returns[d] - late.returns[d]);
}
