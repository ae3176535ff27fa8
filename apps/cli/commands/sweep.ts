import type { CommandModule } from 'yargs';
import { leakWarnings, type MetricName, type Sweep, type Trial, warmupWarnings } from '../../../engine/index.ts';
import { ledgerOptions } from '../ledger-options.ts';
import { dataOptions, searchOptions, simulationOptions } from '../options.ts';
import { faint, heading, note, number, print, printJson, table, warning } from '../output.ts';
import { metricText, paramText, printBand, printCausality } from '../results.ts';
import { search, type SearchArguments } from '../search-request.ts';

interface SweepArguments extends SearchArguments {
  readonly top: number;
}

const TOP_COLUMNS = ['sharpeAnn', 'totalReturn', 'maxDrawdown', 'trades', 'turnover'] as const;

export const sweepCommand: CommandModule<object, SweepArguments> = {
  command: 'sweep <strategy>',
  describe: 'Run every parameter point on every market; killed, the same command goes on',
  builder: (yargs) =>
    ledgerOptions(simulationOptions(searchOptions(dataOptions(yargs))))
      .positional('strategy', { type: 'string', demandOption: true, describe: 'Built-in name, or a file such as ./my-strategy.ts' })
      .option('top', { type: 'number', default: 10, describe: 'Trials to print' })
      .option('report', { alias: 'o', type: 'string', describe: 'Write the HTML report here' })
      .example('assay sweep ema-cross -p fastBars=5:50:5 -p slowBars=20:200:10', 'a stated grid')
      .example('assay sweep rsi-reversion --random 500 --seed 7 -d binance-btc-usdt-1h binance-eth-usdt-1h', 'random points on two markets') as never,
  handler: async (args) => {
    const { sweepStudy, topTrials } = await import('../../../workbench/index.ts');
    const { context, result: sweep } = await search(args, 'sweep', (request, { sweepsDir }) => sweepStudy({ ...request, directory: sweepsDir }));
    const { objective } = sweep.spec;
    const top = await topTrials(sweep.directory, objective, args.top);
    if (context.json) printJson({ sweep, top });
    else printSweep(sweep, top, objective);
    if (args.report !== undefined) {
      const { writeReport } = await import('../write-report.ts');
      note(`report: ${await writeReport({ kind: 'sweep', directory: sweep.directory }, args.report, context)}`);
    } else if (!context.json && !context.quiet) note(`saved: ${sweep.directory}`);
  },
};

function printSweep(sweep: Sweep, top: readonly Trial[], objective: MetricName): void {
  const columns = [...new Set([objective, ...TOP_COLUMNS])];
  print(heading(`${sweep.spec.strategyId} swept`) + faint(`  ${sweep.id}`));
  print(`${number(sweep.trials, 0)} trials, ${number(sweep.failed, 0)} failed, in sample only: the best of many tries is lucky`);
  for (const text of [...leakWarnings(sweep.causality), ...warmupWarnings(sweep.causality)]) print(warning(text));
  print();
  const isAmbiguous = top.some(({ band }) => band !== null && band.ambiguousBars > 0);
  print(table(
    ['trial', 'market', 'parameters', ...columns, ...(isAmbiguous ? ['ambiguous'] : [])],
    top.map((trial) => [
      String(trial.index), sweep.spec.markets[trial.market]?.instrument.symbol ?? String(trial.market), paramText(trial.params),
      ...columns.map((name) => metricText(name, trial.metrics?.[name] ?? null)), ...(isAmbiguous ? [number(trial.band?.ambiguousBars, 0)] : []),
    ]),
    3,
  ));
  const [best] = top;
  if (isAmbiguous && best.band !== null) printBand(best.band, `trial ${best.index}: `);
  printCausality(sweep.causality, 'best trial: ');
}
