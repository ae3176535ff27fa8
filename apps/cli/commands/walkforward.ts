import type { CommandModule } from 'yargs';
import type { MetricName } from '../../../engine/index.ts';
import { loadMarkets } from '../bars.ts';
import { contextOf, type GlobalArguments } from '../context.ts';
import { interruption } from '../interruption.ts';
import { axesFrom, dataOptions, samplerOf, searchOptions, type SimulationArguments, simulationOf, simulationOptions } from '../options.ts';
import { note, printJson } from '../output.ts';
import { progressBar } from '../progress.ts';
import { printWalkForward, walkForwardJson } from '../results.ts';

interface WalkForwardArguments extends GlobalArguments, SimulationArguments {
  readonly strategy: string;
  readonly data?: string[];
  readonly from?: string;
  readonly to?: string;
  readonly param?: string[];
  readonly random?: number;
  readonly seed: number;
  readonly objective?: MetricName;
  readonly workers?: number;
  readonly train: string;
  readonly test: string;
  readonly purge: string;
  readonly step?: string;
  readonly anchored: boolean;
  readonly keepShort: boolean;
  readonly report?: string;
}

export const walkForwardCommand: CommandModule<object, WalkForwardArguments> = {
  command: 'walkforward <strategy>',
  aliases: ['wf'],
  describe: 'Optimise in each train window, trade the choice in the test window after it',
  builder: (yargs) =>
    simulationOptions(searchOptions(dataOptions(yargs)))
      .positional('strategy', { type: 'string', demandOption: true, describe: 'Built-in name, or a file such as ./my-strategy.ts' })
      .option('train', { type: 'string', default: '365d', describe: 'Length of a train window', group: 'Windows:' })
      .option('test', { type: 'string', default: '90d', describe: 'Length of a test window', group: 'Windows:' })
      .option('purge', { type: 'string', default: '0', describe: 'Gap between train and test: the label horizon', group: 'Windows:' })
      .option('step', { type: 'string', describe: 'Distance between test windows [the test length]', group: 'Windows:' })
      .option('anchored', { type: 'boolean', default: false, describe: 'Every train window begins at the first bar', group: 'Windows:' })
      .option('keep-short', { type: 'boolean', default: false, describe: 'Keep a last test window that is shorter', group: 'Windows:' })
      .option('report', { alias: 'o', type: 'string', describe: 'Write the HTML report here' })
      .example('assay walkforward ema-cross -d binance-btc-usdt-1h --train 365d --test 90d', 'rolling windows over the whole range')
      .example('assay wf ema-cross -p fastBars=5:50:5 -p slowBars=20:200:20 --anchored -o wf.html', 'a stated grid, with a report') as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const { readyStrategy, saveArtefact, walkForwardStudy } = await import('../../../workbench/index.ts');
    const data = await loadMarkets(args, context);
    const request = { strategy: args.strategy, data, cacheDir: context.cacheDir, ...simulationOf(args, context) };
    const { strategy } = await readyStrategy(request);
    const progress = progressBar('walk forward', 'trials', context.quiet);
    const { signal, release } = interruption();
    const walkForward = await walkForwardStudy({
      ...request,
      axes: axesFrom(strategy.params, args.param),
      sampler: samplerOf(args),
      objective: args.objective ?? context.config.objective,
      workers: args.workers ?? context.config.workers,
      windows: { kind: args.anchored ? 'anchored' : 'rolling', train: args.train, test: args.test, purge: args.purge, step: args.step, keepShort: args.keepShort },
      onProgress: progress.update,
      signal,
    }).finally(() => {
      progress.stop();
      release();
    });
    const artefact = { schema: 'assay-artefact/1', kind: 'walkforward', walkForward } as const;
    const saved = saveArtefact(context.runsDir, artefact);
    if (context.json) printJson(walkForwardJson(walkForward));
    else printWalkForward(walkForward);
    if (args.report !== undefined) {
      const { writeReport } = await import('../write-report.ts');
      note(`report: ${await writeReport(artefact, args.report, context)}`);
    } else if (!context.json && !context.quiet) note(`saved: ${saved}`);
  },
};
