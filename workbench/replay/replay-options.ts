import type { SimulationConfig, SimulationOptions, WalkForwardSpec } from '../../engine/index.ts';
import type { WalkForwardRequest } from '../research/index.ts';

/** The options that give a stored configuration again. */
export function optionsOfConfig(config: SimulationConfig): SimulationOptions {
  const { costs, account, rules, profile, fees, intrabar, execution, sizing, rebalance, caps, funding } = config;
  return { costs, account, rules, profile, fees, intrabar, execution, sizing, rebalance, caps, funding };
}

/** The search and the windows of a stored walk-forward, to be asked for again. */
export function searchOfSpec({ config, axes, sampler, objective, plan }: WalkForwardSpec): Omit<WalkForwardRequest, 'strategy' | 'data'> {
  return {
    ...optionsOfConfig(config), axes, sampler, objective,
    windows: { kind: plan.kind, train: plan.trainMs, test: plan.testMs, purge: plan.purgeMs, step: plan.stepMs, keepShort: plan.keepShort },
  };
}
