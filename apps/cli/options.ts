import type { Argv } from 'yargs';
import {
  type Axes, InputError, type IntrabarPolicy, METRIC_NAMES, nearestName, type Params, parseParam, type ParamSpecs, type Profile, PROFILES, type Sampler,
  type SimulationOptions, stepped,
  unknownName,
} from '../../engine/index.ts';
import type { Context } from './context.ts';
import { costsOfFile, type ExecutionArguments, executionOf, executionOptions, venueOption } from './execution-options.ts';
import { stated } from './stated.ts';

/** Which bars: dataset ids of the lake and a range of time. */
export function dataOptions<T>(yargs: Argv<T>) {
  return yargs
    .option('data', { alias: 'd', type: 'string', array: true, describe: 'Dataset id(s) of the lake, or candle files; see: assay data list', group: 'Data:' })
    .option('from', { type: 'string', describe: 'First bar, such as 2021 or 2021-06-01T00:00Z', group: 'Data:' })
    .option('to', { type: 'string', describe: 'End of the bars (exclusive)', group: 'Data:' })
    .option('funding', { type: 'string', describe: 'Perpetual: a file of funding rates, or none to pay none [as attached to the dataset]', group: 'Data:' })
    .option('mark', { type: 'string', describe: 'Perpetual: a file of mark candles [as attached to the dataset]', group: 'Data:' })
    .option('finer', { type: 'string', describe: 'Dataset or file of a shorter timeframe, for --intrabar lower-timeframe', group: 'Data:' });
}

/** Costs, account, venue rules and execution. */
export function simulationOptions<T>(yargs: Argv<T>) {
  const group = 'Costs and account:';
  return executionOptions(venueOption(yargs, group))
    .option('fee-bps', { type: 'number', describe: 'Taker fee in basis points [spot 10, perpetual 5]', group })
    .option('maker-fee-bps', { type: 'number', describe: 'Maker fee, paid by targets [spot 10, perpetual 2]', group })
    .option('half-spread-bps', { type: 'number', describe: 'Half of the bid-ask spread [1]', group })
    .option('slippage-bps', { type: 'number', describe: 'Slippage of a taker [4]', group })
    .option('account', { choices: ['spot', 'margin'] as const, describe: 'spot: long only; margin: long and short [by instrument]', group })
    .option('cash', { type: 'number', describe: 'Initial cash in quote currency [10000]', group })
    .option('leverage', { type: 'number', describe: 'Largest exposure of a margin account [1]', group })
    .option('maintenance', { type: 'number', describe: 'Maintenance margin as a fraction [0.01]', group })
    .option('lot-step', { type: 'number', describe: 'Quantities are truncated to a multiple [any]', group })
    .option('tick-size', { type: 'number', describe: 'Fill prices are rounded against you to a multiple [any]', group })
    .option('min-notional', { type: 'number', describe: 'Smaller orders are rejected [0]', group })
    .option('intrabar', { choices: ['pessimistic', 'optimistic', 'path', 'lower-timeframe'] as const, describe: 'Which path a bar walked when both could be [pessimistic]', group })
    .option('profile', { choices: PROFILES, describe: 'Whose rules fill the orders, to compare a study (docs/peers.md) [assay]', group });
}

export interface SimulationArguments extends ExecutionArguments {
  readonly feeBps?: number;
  readonly makerFeeBps?: number;
  readonly halfSpreadBps?: number;
  readonly slippageBps?: number;
  readonly account?: 'spot' | 'margin';
  readonly cash?: number;
  readonly leverage?: number;
  readonly maintenance?: number;
  readonly lotStep?: number;
  readonly tickSize?: number;
  readonly minNotional?: number;
  readonly intrabar?: IntrabarPolicy;
  readonly profile?: Profile;
  readonly funding?: string;
}

/** The command line over the configuration file over the defaults. */
export function simulationOf(args: SimulationArguments, { config }: Context): SimulationOptions {
  const { makerFeeBps, halfSpreadBps, slippageBps, impactBps } = args;
  return {
    ...executionOf(args, config),
    costs: { ...costsOfFile(config, args), ...stated({ takerFeeBps: args.feeBps, makerFeeBps, halfSpreadBps, slippageBps, impactBps }) },
    account: {
      ...config.account,
      ...stated({ kind: args.account, initialCash: args.cash, maxLeverage: args.leverage, maintenanceFrac: args.maintenance }),
      ...(args.maintenance === undefined ? {} : { liquidationFeeFrac: args.maintenance / 2 }),
    },
    rules: { ...config.rules, ...stated({ lotStep: args.lotStep, tickSize: args.tickSize, minNotionalQuote: args.minNotional }) },
    intrabar: args.intrabar ?? config.intrabar,
    profile: args.profile ?? config.profile,
    funding: args.funding === 'none' || (args.funding === undefined && config.funding === 'none') ? 'none' : 'data',
  };
}

/** What a search looks at and by which figure it chooses. */
export function searchOptions<T>(yargs: Argv<T>, objectives: readonly string[] = METRIC_NAMES) {
  const group = 'Search:';
  return yargs
    .option('param', { alias: 'p', type: 'string', array: true, describe: 'name=from:to:step, name=a,b,c or name=value; others take the strategy’s ranges', group })
    .option('random', { type: 'number', describe: 'Draw so many points of the grid at random instead of all', group })
    .option('seed', { type: 'number', default: 1, describe: 'Seed of the random draws', group })
    .option('objective', { choices: objectives, describe: 'Figure that is maximised [sharpeAnn]', group })
    .option('workers', { alias: 'w', type: 'number', describe: 'Worker threads [all cores]', group })
    .option('memory-mb', { type: 'number', describe: 'Ceiling of what all workers together keep of indicators and tables, in MiB', group });
}

/** Fewer would be read and thrown away again and again. */
const LEAST_MEMORY_MB = 1;

/** throws  InputError `memory-invalid` */
export function memoryBytesOf({ memoryMb }: { readonly memoryMb?: number }): number | undefined {
  if (memoryMb === undefined) return undefined;
  if (!(memoryMb >= LEAST_MEMORY_MB)) throw new InputError('memory-invalid', `--memory-mb must be at least ${LEAST_MEMORY_MB}, was ${memoryMb}`);
  return Math.floor(memoryMb * 1024 * 1024);
}

export function samplerOf(args: { readonly random?: number; readonly seed: number }): Sampler {
  if (args.random === undefined) return { kind: 'grid' };
  if (!Number.isInteger(args.random) || args.random < 1) throw new InputError('random-invalid', `--random must be a whole number of points, was ${args.random}`);
  return { kind: 'random', points: args.random, seed: args.seed };
}

/** `name=value` pairs as typed parameters. */
export function paramsOf(specs: ParamSpecs, texts: readonly string[] = []): Params {
  return Object.fromEntries(texts.map((text) => splitParam(specs, text)).map(([name, value]) => [name, parseParam(name, specs[name], value)]));
}

/** `name=from:to:step`, `name=a,b,c` or `name=value` as axes of a search. */
export function axesFrom(specs: ParamSpecs, texts: readonly string[] = []): Axes {
  return Object.fromEntries(
    texts.map((text) => {
      const [name, value] = splitParam(specs, text);
      const range = /^(-?[\d.]+):(-?[\d.]+)(?::([\d.]+))?$/.exec(value);
      const values = range ? stepped(Number(range[1]), Number(range[2]), Number(range[3] ?? 1)).map(String) : value.split(',');
      return [name, values.map((one) => parseParam(name, specs[name], one))];
    }),
  );
}

function splitParam(specs: ParamSpecs, text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) {
    const near = nearestName(text, Object.keys(specs));
    throw new InputError('param-invalid', `--param must be name=value, was "${text}"${near === null ? '' : `; did you mean ${near}=…?`}`);
  }
  const name = text.slice(0, at);
  if (!(name in specs)) throw unknownName('param-unknown', 'parameter', name, Object.keys(specs));
  return [name, text.slice(at + 1)];
}
