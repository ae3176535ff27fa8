import { join, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { type Bars, hashBars } from '../../../engine/index.ts';
import { contextOf, type Context, type GlobalArguments } from '../context.ts';
import { ledgerOf } from '../ledger-options.ts';
import { note, print, printJson } from '../output.ts';
import { progressBar } from '../progress.ts';
import { printWalkForward, walkForwardJson } from '../results.ts';

interface DemoArguments extends GlobalArguments { readonly output: string }

const AXES = {
  fastBars: [5, 8, 12, 16, 20, 30, 40],
  slowBars: [30, 45, 60, 80, 100, 130, 160, 200],
} as const;

export const demoCommand: CommandModule<object, DemoArguments> = {
  command: 'demo',
  describe: 'The whole way on embedded candles: import, sweep, walk forward, report',
  builder: (yargs) => yargs.option('output', { alias: 'o', type: 'string', default: 'reports/out', describe: 'Folder of the reports' }) as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const say = context.quiet || context.json ? () => undefined : note;
    const { createPool } = await import('../../../engine/index.ts');
    const { saveArtefact, sweepStudy, walkForwardStudy } = await import('../../../workbench/index.ts');
    const { writeReport } = await import('../write-report.ts');
    const bars = await demoBars(context, say);
    const pool = await createPool(context.config.workers);
    try {
      const request = { strategy: 'ema-cross', data: bars, cacheDir: context.cacheDir, axes: AXES, pool, ledger: ledgerOf({}, context) };
      const sweeping = progressBar('sweep', 'trials', context.quiet);
      const sweep = await sweepStudy({ ...request, directory: context.sweepsDir, onProgress: sweeping.update }).finally(sweeping.stop);
      const walking = progressBar('walk forward', 'trials', context.quiet);
      const walkForward = await walkForwardStudy({
        ...request, windows: { train: '1460d', test: '365d' }, onProgress: walking.update,
      }).finally(walking.stop);
      const artefact = { schema: 'assay-artefact/3', kind: 'walkforward', walkForward } as const;
      saveArtefact(context.runsDir, artefact);
      const sweepReport = await writeReport({ kind: 'sweep', directory: sweep.directory }, join(args.output, 'demo-sweep.html'), context);
      const report = await writeReport(artefact, join(args.output, 'demo-walkforward.html'), context);
      if (context.json) printJson({ ...walkForwardJson(walkForward), report: resolve(report), sweepReport: resolve(sweepReport) });
      else {
        printWalkForward(walkForward);
        print(`\nsweep report         ${resolve(sweepReport)}\nwalk-forward report  ${resolve(report)}`);
      }
    } finally {
      await pool.close();
    }
  },
};

/** The S&P 500 sample through the importer and the lake; a synthetic market with a planted trend where the sample is not installed. */
async function demoBars(context: Context, say: (line: string) => void): Promise<Bars> {
  const { findSp500File, importCandles, loadBars, openLake, SP500_CREDIT, SP500_INSTRUMENT, SP500_TIMEFRAME_MS, syntheticMarket, writeDataset } =
    await import('../../../datasets/index.ts');
  const file = findSp500File();
  if (file === null) {
    const { bars } = syntheticMarket({ kind: 'momentum', seed: 1, bars: 5_000, timeframeMs: SP500_TIMEFRAME_MS });
    say(`the S&P 500 sample is not installed: a synthetic market with a planted trend instead (content ${hashBars(bars).slice(0, 16)})`);
    return bars;
  }
  const lake = openLake(context.lakeDir);
  const result = await importCandles([file], { timeframe: '1d', calendar: 'session', onDefect: 'quarantine' });
  const { dataset } = await writeDataset(lake, result, {
    instrument: SP500_INSTRUMENT, timeframeMs: result.timeframeMs, importedAtMs: Date.now(), replace: true,
  });
  say(`imported ${dataset.id}: ${dataset.rows} bars (${SP500_CREDIT})`);
  return loadBars(lake, dataset.id);
}
