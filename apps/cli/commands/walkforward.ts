import type { CommandModule } from 'yargs';
import { ledgerOptions } from '../ledger-options.ts';
import { dataOptions, searchOptions, simulationOptions } from '../options.ts';
import { note, printJson } from '../output.ts';
import { printWalkForward, walkForwardJson } from '../results.ts';
import { search, type SearchArguments } from '../search-request.ts';
import { type WindowArguments, windowOptions, windowsOf } from '../window-options.ts';

type WalkForwardArguments = SearchArguments & WindowArguments;

export const walkForwardCommand: CommandModule<object, WalkForwardArguments> = {
  command: 'walkforward <strategy>',
  aliases: ['wf'],
  describe: 'Optimise in each train window, trade the choice in the test window after it',
  builder: (yargs) =>
    windowOptions(ledgerOptions(simulationOptions(searchOptions(dataOptions(yargs)))))
      .positional('strategy', { type: 'string', demandOption: true, describe: 'Built-in name, or a file such as ./my-strategy.ts' })
      .option('report', { alias: 'o', type: 'string', describe: 'Write the HTML report here' })
      .example('assay walkforward ema-cross -d binance-btc-usdt-1h --train 365d --test 90d', 'rolling windows over the whole range')
      .example('assay wf ema-cross -p fastBars=5:50:5 -p slowBars=20:200:20 --anchored -o wf.html', 'a stated grid, with a report') as never,
  handler: async (args) => {
    const { saveArtefact, walkForwardStudy } = await import('../../../workbench/index.ts');
    const windows = windowsOf(args);
    const { context, result: walkForward } = await search(args, 'walk forward', (request) => walkForwardStudy({ ...request, windows }));
    const artefact = { schema: 'assay-artefact/3', kind: 'walkforward', walkForward } as const;
    const saved = saveArtefact(context.runsDir, artefact);
    if (context.json) printJson({ ...walkForwardJson(walkForward), ledger: walkForward.ledger });
    else printWalkForward(walkForward);
    if (args.report !== undefined) {
      const { writeReport } = await import('../write-report.ts');
      note(`report: ${await writeReport(artefact, args.report, context)}`);
    } else if (!context.json && !context.quiet) note(`saved: ${saved}`);
  },
};
