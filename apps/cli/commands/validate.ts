import type { CommandModule } from 'yargs';
import { type Tier, TIERS } from '../../../engine/index.ts';
import { contextOf } from '../context.ts';
import { GateFailure } from '../exit.ts';
import { ledgerOptions } from '../ledger-options.ts';
import { dataOptions, searchOptions, simulationOptions } from '../options.ts';
import { note, printJson } from '../output.ts';
import { printValidation } from '../validation-output.ts';
import { windowOptions } from '../window-options.ts';
import { validate, type ValidateArguments } from '../validate-request.ts';

interface Arguments extends ValidateArguments {
  readonly tier: Tier;
}

export const validateCommand: CommandModule<object, Arguments> = {
  command: 'validate <study>',
  describe: 'Try to prove that a walk-forward is luck, and end with a verdict; exit code 4 when a gate fails',
  builder: (yargs) =>
    windowOptions(ledgerOptions(simulationOptions(searchOptions(dataOptions(yargs)))))
      .positional('study', { type: 'string', demandOption: true, describe: 'Strategy (built-in name or file), or the id of a saved walk-forward' })
      .option('strategy', { type: 'string', describe: 'File of the strategy of a saved walk-forward, where it is not built in', group: 'Validation:' })
      .option('tier', { choices: TIERS, default: 'shadow' as const, describe: 'Gates that must pass for exit code 0', group: 'Validation:' })
      .option('policy', { type: 'string', describe: 'File of thresholds; see: assay schema policy [built in]', group: 'Validation:' })
      .option('draws', { type: 'number', default: 10_000, describe: 'Bootstrap draws', group: 'Validation:' })
      .option('permutations', { type: 'number', describe: 'Searches repeated on permuted bars [as many of 99 as take about a minute; 0: none]', group: 'Validation:' })
      .option('memory-mb', { type: 'number', describe: 'Returns of the trials in memory at once, in MiB; the rest lies in a file meanwhile [1024]', group: 'Validation:' })
      .option('pool-with', { type: 'string', array: true, describe: 'Other datasets that the same search is walked forward on, pooled', group: 'Validation:' })
      .option('joined', { type: 'string', array: true, describe: 'CSV of a joined column (time, value) for the stamp test', group: 'Validation:' })
      .option('report', { alias: 'o', type: 'string', describe: 'Write the HTML report here' })
      .example('assay validate ema-cross -d binance-btc-usdt-1h --train 365d --test 90d -o verdict.html', 'search, walk forward, judge')
      .example('assay validate 3f2a9c81d0e4b756 --tier live', 'hold a saved walk-forward to the live gates, in CI') as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const { saveArtefact } = await import('../../../workbench/index.ts');
    const { validation, walkForward } = await validate(args, context);
    const artefact = { schema: 'assay-artefact/3', kind: 'validation', validation, walkForward } as const;
    const saved = saveArtefact(context.runsDir, artefact);
    if (context.json) printJson(validation);
    else printValidation(validation);
    if (args.report !== undefined) {
      const { writeReport } = await import('../write-report.ts');
      note(`report: ${await writeReport(artefact, args.report, context)}`);
    } else if (!context.json && !context.quiet) note(`saved: ${saved}`);
    const { decision, blocking } = validation.verdict;
    if (decision === 'reject' || (args.tier === 'live' && decision !== 'live-eligible')) throw new GateFailure(`${validation.evidence.subject.claim} does not reach ${args.tier}: ${blocking.join(', ')}`);
  },
};
