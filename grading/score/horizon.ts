import { DAY_MS, quantile, type WalkForward, WEEK_MS } from '../../engine/index.ts';

/**
 * Bars over which outcomes are measured: the median holding of out-of-sample trades, at least a bar and at most 7 days; a day where nothing was traded.
 */
export function defaultHorizonBars({ trades, spec }: Pick<WalkForward, 'trades' | 'spec'>): number {
  const [{ timeframeMs }] = spec.markets;
  const held = quantile(trades.map(({ entryBar, exitBar }) => exitBar - entryBar), 0.5) ?? DAY_MS / timeframeMs;
  return Math.max(1, Math.round(Math.min(held, WEEK_MS / timeframeMs)));
}
