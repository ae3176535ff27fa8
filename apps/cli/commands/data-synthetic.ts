import type { CommandModule } from 'yargs';
import type { SyntheticKind } from '../../../datasets/index.ts';
import { InputError, parseDurationMs } from '../../../engine/index.ts';
import { contextOf, type GlobalArguments } from '../context.ts';
import { number, print, printJson } from '../output.ts';

const KINDS = ['noise', 'momentum', 'mean-reverting', 'correlated', 'cointegrated'] as const satisfies readonly SyntheticKind[];

interface SyntheticArguments extends GlobalArguments {
  readonly kind: SyntheticKind;
  readonly seed: number;
  readonly bars: number;
  readonly timeframe: string;
  readonly id?: string;
  readonly replace: boolean;
}

/** A market whose truth is known, to check what a study finds against what was planted. */
export const dataSyntheticCommand: CommandModule<object, SyntheticArguments> = {
  command: 'synthetic <kind>',
  describe: 'Make a market with known truth: noise, a planted trend, a cointegrated pair …',
  builder: (yargs) =>
    yargs
      .positional('kind', { choices: KINDS, demandOption: true, describe: 'What is planted' })
      .option('seed', { type: 'number', default: 1, describe: 'The same seed gives the same bytes' })
      .option('bars', { type: 'number', default: 10_000, describe: 'Bars on the clock' })
      .option('timeframe', { alias: 't', type: 'string', default: '1h', describe: 'Length of a bar' })
      .option('id', { type: 'string', describe: 'Name of the dataset; several markets are numbered [by market]' })
      .option('replace', { type: 'boolean', default: false, describe: 'Replace datasets of that name' })
      .example('assay data synthetic noise --seed 7 --bars 50000', 'nothing to find: a study that finds something is wrong')
      .example('assay data synthetic cointegrated --id pair', 'two datasets, pair-1 and pair-2') as never,
  handler: async (args) => {
    if (!Number.isInteger(args.bars) || args.bars < 2) throw new InputError('bars-invalid', `--bars must be a whole number of at least 2, was ${args.bars}`);
    const context = await contextOf(args);
    const { importOfBars, openLake, syntheticMarket, writeDataset } = await import('../../../datasets/index.ts');
    const timeframeMs = parseDurationMs(args.timeframe, '--timeframe');
    const { markets, truth } = syntheticMarket({ kind: args.kind, seed: args.seed, bars: args.bars, timeframeMs });
    const note = `synthetic ${args.kind}, seed ${args.seed}; truth: ${truthText(truth)}`;
    const written = [];
    for (const [index, bars] of markets.entries()) {
      const id = args.id === undefined || markets.length === 1 ? args.id : `${args.id}-${index + 1}`;
      const { dataset } = await writeDataset(openLake(context.lakeDir), importOfBars(bars, 'synthetic/1', [note]), {
        id, instrument: bars.instrument, timeframeMs, importedAtMs: Date.now(), replace: args.replace,
      });
      written.push(dataset);
    }
    if (context.json) printJson({ datasets: written });
    else for (const { id, rows } of written) print(`${id}  ${number(rows, 0)} bars; ${note}`);
  },
};

function truthText(truth: object): string {
  return Object.entries(truth)
    .filter(([, value]) => typeof value === 'number' || typeof value === 'boolean')
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}
