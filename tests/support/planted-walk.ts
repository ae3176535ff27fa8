import { type Bars, DAY_MS, defineStrategy, type Exposure, int, type SimulationOptions, type Strategy, type WalkForward } from '../../engine/index.ts';
import { walkForwardStudy } from '../../workbench/index.ts';

/** A strategy of one point whose target at each close is a function of the bar's number since 2020. */
export function scheduled(id: string, target: (day: number) => number): Strategy {
  return defineStrategy({
    id,
    summary: 'Trades by the calendar.',
    params: { unused: int({ min: 1, max: 1, default: 1 }) },
    warmupBars: () => 1,
    targetExposure: ({ openTimeMs }): Exposure => openTimeMs.map((time) => target(Math.round((time - Date.UTC(2020, 0, 1)) / DAY_MS))),
  });
}

/** Walked over windows of 100 days after the first 100. */
export function planted(strategy: Strategy, data: Bars, options: Pick<SimulationOptions, 'costs' | 'account' | 'fees'> = {}): Promise<WalkForward> {
  return walkForwardStudy({ strategy, data, axes: { unused: [1] }, windows: { train: '100d', test: '100d' }, objective: 'totalReturn', ledger: null, ...options });
}
