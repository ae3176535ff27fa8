import type { CommandModule } from 'yargs';
import { SCREEN_COLUMNS } from '../../../engine/index.ts';
import { ledgerOptions } from '../ledger-options.ts';
import { dataOptions, searchOptions, simulationOptions } from '../options.ts';
import { note, printJson } from '../output.ts';
import { printScreen, screenJson } from '../screen-output.ts';
import { screen, type ScreenArguments } from '../screen-request.ts';

export const screenCommand: CommandModule<object, ScreenArguments> = {
  command: 'screen <strategy>',
  describe: 'Millions of parameter points for seven figures each, streamed to Parquet; killed, the same command goes on',
  builder: (yargs) =>
    ledgerOptions(simulationOptions(searchOptions(dataOptions(yargs), SCREEN_COLUMNS)))
      .positional('strategy', { type: 'string', demandOption: true, describe: 'Built-in name, or a file such as ./my-strategy.ts' })
      .option('top', { type: 'number', default: 10, describe: 'Trials to print, at most 100' })
      .option('report', { alias: 'o', type: 'string', describe: 'Write the HTML report here' })
      .example('assay screen ema-cross -p fastBars=2:100 -p slowBars=10:400', 'every pair of windows')
      .example('assay screen rsi-reversion --random 100000 --memory-mb 512', 'random points, half a gigabyte for all workers') as never,
  handler: async (args) => {
    const timed = await screen(args);
    const { context, screen: { directory } } = timed;
    if (context.json) printJson({ screen: screenJson(timed.screen, args.top) });
    else printScreen(timed, args.top);
    if (args.report !== undefined) {
      const { writeReport } = await import('../write-report.ts');
      note(`report: ${await writeReport({ kind: 'screen', directory }, args.report, context)}`);
    } else if (!context.json && !context.quiet) note(`saved: ${directory}`);
  },
};
