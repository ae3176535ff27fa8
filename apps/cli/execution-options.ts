import type { Argv } from 'yargs';
import { type Costs, type ExecutionRules, type ExposureCaps, type SimulationOptions, VENUES } from '../../engine/index.ts';
import { parseRebalance, parseSizing, REBALANCE_FORMS, SIZING_FORMS } from './compact-texts.ts';
import type { Config } from './config.ts';
import { stated } from './stated.ts';

/** How orders meet the market, what a target means in quantity, and when it is traded back to. */
export function executionOptions<T>(yargs: Argv<T>) {
  const group = 'Execution and sizing:';
  return yargs
    .option('fill', { choices: ['next-open', 'close'] as const, describe: 'close fills at the bar that decided: only to compare with peers [next-open]', group })
    .option('limit-fill', { choices: ['through', 'touch'] as const, describe: 'A resting limit fills when traded through, or when touched [through]', group })
    .option('trigger-on', { choices: ['last', 'mark'] as const, describe: 'Price that triggers stops [last]', group })
    .option('liquidate-on', { choices: ['last', 'mark'] as const, describe: 'Price that liquidates, mark where the bars carry one [mark]', group })
    .option('volume-cap', { type: 'number', describe: 'Largest share of a bar’s volume that you fill; 0 = all [0]', group })
    .option('volume-cap-remainder', { choices: ['carry', 'cancel'] as const, describe: 'What happens to the part above the cap [carry]', group })
    .option('latency', { type: 'number', describe: 'Stress: every decision is carried out so many bars later [0]', group })
    .option('stop-delay-bars', { type: 'number', describe: 'Stress: stops fill so many bars late [0]', group })
    .option('drop-bars-after-gap', { type: 'number', describe: 'Stress: so many bars after a gap cannot be traded [0]', group })
    .option('delisting-haircut', { type: 'number', describe: 'Lost when an instrument’s bars end, a fraction of its last price [0.2]', group })
    .option('sizing', { type: 'string', describe: `What a target means: ${SIZING_FORMS} [exposure]`, group })
    .option('rebalance', { type: 'string', describe: `When an unchanged target is traded back to: ${REBALANCE_FORMS} [on-change]`, group })
    .option('cap-instrument', { type: 'number', describe: 'Largest exposure to one instrument, × equity [as the account allows]', group })
    .option('cap-gross', { type: 'number', describe: 'Largest exposure of all together, × equity [as the account allows]', group });
}

export function venueOption<T>(yargs: Argv<T>, group: string) {
  return yargs
    .option('venue-fees', { type: 'string', describe: `Fees by 30-day volume, and margin rules, of a venue: ${Object.keys(VENUES).join(', ')}`, group })
    .option('impact-bps', { type: 'number', describe: 'Square-root impact: slippage of an order as large as the bar’s volume [0]', group });
}

export interface ExecutionArguments {
  readonly venueFees?: string;
  readonly impactBps?: number;
  readonly fill?: ExecutionRules['fill'];
  readonly limitFill?: ExecutionRules['limitFill'];
  readonly triggerOn?: ExecutionRules['triggerOn'];
  readonly liquidateOn?: ExecutionRules['liquidateOn'];
  readonly volumeCap?: number;
  readonly volumeCapRemainder?: ExecutionRules['volumeCapRemainder'];
  readonly latency?: number;
  readonly stopDelayBars?: number;
  readonly dropBarsAfterGap?: number;
  readonly delistingHaircut?: number;
  readonly sizing?: string;
  readonly rebalance?: string;
  readonly capInstrument?: number;
  readonly capGross?: number;
}

/** The command line over the configuration file; what neither states is left to the defaults. */
export function executionOf(args: ExecutionArguments, config: Config): Pick<SimulationOptions, 'venue' | 'execution' | 'sizing' | 'rebalance' | 'caps'> {
  const { fill, limitFill, triggerOn, liquidateOn, volumeCapRemainder, stopDelayBars, dropBarsAfterGap } = args;
  const execution: Partial<ExecutionRules> = stated({
    fill, limitFill, triggerOn, liquidateOn, volumeCapFrac: args.volumeCap, volumeCapRemainder, latencyBars: args.latency, stopDelayBars, dropBarsAfterGap, delistingHaircutFrac: args.delistingHaircut,
  });
  const caps: Partial<ExposureCaps> = stated({ perInstrument: args.capInstrument, gross: args.capGross });
  const sizing = args.sizing ?? config.sizing;
  const rebalance = args.rebalance ?? config.rebalance;
  return {
    venue: args.venueFees ?? config.venue,
    execution: { ...config.execution, ...execution },
    sizing: sizing === undefined ? undefined : parseSizing(sizing),
    rebalance: rebalance === undefined ? undefined : parseRebalance(rebalance),
    caps: { ...config.caps, ...caps },
  };
}

/** Fees of the file give way to a venue of the command line; without one they stand. */
export function costsOfFile({ costs = {} }: Config, { venueFees }: ExecutionArguments): Partial<Costs> {
  if (venueFees === undefined) return costs;
  const { takerFeeBps: _taker, makerFeeBps: _maker, ...others } = costs;
  return others;
}
