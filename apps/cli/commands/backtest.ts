import type { CommandModule } from 'yargs';
import { type DataArguments, loadMarkets } from '../bars.ts';
import { contextOf, type GlobalArguments } from '../context.ts';
import { type LedgerArguments, ledgerOf, ledgerOptions } from '../ledger-options.ts';
import { dataOptions, paramsOf, type SimulationArguments, simulationOf, simulationOptions } from '../options.ts';
import { note, print, printJson } from '../output.ts';
import { printRun, runJson, tradesTable } from '../results.ts';

interface BacktestArguments extends GlobalArguments, SimulationArguments, DataArguments, LedgerArguments {
  readonly strategy: string;
  readonly param?: string[];
  readonly trades: boolean;
  readonly report?: string;
}

export const backtestCommand: CommandModule<object, BacktestArguments> = {
  command: 'backtest <strategy>',
  describe: 'Run a strategy at one parameter point',
  builder: (yargs) =>
    ledgerOptions(simulationOptions(dataOptions(yargs)))
      .positional('strategy', { type: 'string', demandOption: true, describe: 'Built-in name, or a file such as ./my-strategy.ts' })
      .option('param', { alias: 'p', type: 'string', array: true, describe: 'name=value; others take their defaults' })
      .option('trades', { type: 'boolean', default: false, describe: 'List the trades too' })
      .option('report', { alias: 'o', type: 'string', describe: 'Write the HTML report here' })
      .example('assay backtest ema-cross -d binance-btc-usdt-1h', 'defaults, buy and hold beside it')
      .example('assay backtest ./my-strategy.ts -p fastBars=10 --json', 'your own file, for a script') as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const { backtest, readyStrategy, saveArtefact } = await import('../../../workbench/index.ts');
    const data = await loadMarkets(args, context);
    const request = { strategy: args.strategy, data, cacheDir: context.cacheDir, ledger: ledgerOf(args, context), ...simulationOf(args, context) };
    const { strategy } = await readyStrategy(request);
    const run = await backtest({ ...request, params: paramsOf(strategy.params, args.param) });
    const artefact = { schema: 'assay-artefact/3', kind: 'run', run } as const;
    const saved = saveArtefact(context.runsDir, artefact);
    if (context.json) printJson({ ...runJson(run), ledger: run.ledger });
    else {
      printRun(run);
      if (args.trades) print(`\n${tradesTable(run.trades, run.spec.markets.map(({ instrument }) => instrument.symbol))}`);
    }
    if (args.report !== undefined) {
      const { writeReport } = await import('../write-report.ts');
      note(`report: ${await writeReport(artefact, args.report, context)}`);
    } else if (!context.json && !context.quiet) note(`saved: ${saved}`);
  },
};
