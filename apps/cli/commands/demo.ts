import { join, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { type Bars, DAY_MS, hashBars, type Pool, sliceBars } from '../../../engine/index.ts';
import { contextOf, type Context, type GlobalArguments } from '../context.ts';
import { ledgerOf } from '../ledger-options.ts';
import { note, print, printJson } from '../output.ts';
import { progressBar, stageBars } from '../progress.ts';
import { printWalkForward, walkForwardJson } from '../results.ts';
import { printValidation } from '../validation-output.ts';

interface DemoArguments extends GlobalArguments { readonly output: string }

const AXES = {
  fastBars: [5, 8, 12, 16, 20, 30, 40],
  slowBars: [30, 45, 60, 80, 100, 130, 160, 200],
} as const;

/** A market with a planted trend: what a study finds there is there. The bars after these are left for the live grades. */
const PLANTED = { id: 'demo-planted', seed: 2, startMs: Date.UTC(2016, 0, 1), bars: 3_400, studiedBars: 3_000, axes: { fastBars: [2, 4, 8, 12], slowBars: [12, 20, 30] } } as const;

export const demoCommand: CommandModule<object, DemoArguments> = {
  command: 'demo',
  describe: 'The whole way on embedded candles: import, sweep, walk forward, verdict, reports; and a planted trend that passes',
  builder: (yargs) => yargs.option('output', { alias: 'o', type: 'string', default: 'reports/out', describe: 'Folder of the reports' }) as never,
  handler: async (args) => {
    const context = await contextOf(args);
    const say = context.quiet || context.json ? () => undefined : note;
    const { createPool } = await import('../../../engine/index.ts');
    const { saveArtefact, sweepStudy, validateStudy } = await import('../../../workbench/index.ts');
    const { writeReport } = await import('../write-report.ts');
    const bars = await demoBars(context, say);
    const pool = await createPool(context.config.workers);
    try {
      const request = { strategy: 'ema-cross', data: bars, cacheDir: context.cacheDir, axes: AXES, pool, ledger: ledgerOf({}, context) };
      const sweeping = progressBar('sweep', 'trials', context.quiet);
      const sweep = await sweepStudy({ ...request, directory: context.sweepsDir, onProgress: sweeping.update }).finally(sweeping.stop);
      const stages = stageBars(context.quiet);
      const { validation, walkForward } = await validateStudy({
        ...request, windows: { train: '1460d', test: '365d' }, directory: context.runsDir, onStage: stages.update,
      }).finally(stages.stop);
      const judged = { schema: 'assay-artefact/3', kind: 'validation', validation, walkForward } as const;
      saveArtefact(context.runsDir, judged);
      const sweepReport = await writeReport({ kind: 'sweep', directory: sweep.directory }, join(args.output, 'demo-sweep.html'), context);
      const report = await writeReport({ schema: 'assay-artefact/3', kind: 'walkforward', walkForward }, join(args.output, 'demo-walkforward.html'), context);
      const verdictReport = await writeReport(judged, join(args.output, 'demo-verdict.html'), context);
      const planted = await judgePlanted(context, pool, join(args.output, 'demo-planted.html'));
      if (context.json) {
        printJson({ ...walkForwardJson(walkForward), verdict: validation.verdict, report: resolve(report), sweepReport: resolve(sweepReport), verdictReport: resolve(verdictReport), planted });
      }
      else {
        printWalkForward(walkForward);
        print();
        printValidation(validation);
        print(`\nsweep report         ${resolve(sweepReport)}\nwalk-forward report  ${resolve(report)}\nverdict              ${resolve(verdictReport)}\nplanted trend        ${planted.report}  (${planted.decision})`);
        print(`\nnext: from that report to live grades\n  ${NEXT}`);
      }
    } finally {
      await pool.close();
    }
  },
};

const NEXT = 'npx assay promote reports/out/demo-planted.html && npx assay serve --sandbox';

/** The same way on a market whose trend is planted: a report that can be promoted. */
async function judgePlanted(context: Context, pool: Pool, output: string): Promise<{ readonly report: string; readonly decision: string }> {
  const { importOfBars, loadBars, openLake, syntheticMarket, writeDataset } = await import('../../../datasets/index.ts');
  const { saveArtefact, validateStudy } = await import('../../../workbench/index.ts');
  const { writeReport } = await import('../write-report.ts');
  const { id, seed, startMs, axes, studiedBars, bars: length } = PLANTED;
  const { bars } = syntheticMarket({ kind: 'momentum', seed, bars: length, timeframeMs: DAY_MS, startMs });
  const lake = openLake(context.lakeDir);
  const notes = [`synthetic momentum, seed ${seed}: a planted trend`];
  await writeDataset(lake, importOfBars(bars, 'synthetic/1', notes), { id, instrument: bars.instrument, timeframeMs: DAY_MS, importedAtMs: Date.now(), replace: true });
  const stages = stageBars(context.quiet);
  const { validation, walkForward } = await validateStudy({
    strategy: 'ema-cross', data: sliceBars(await loadBars(lake, id), 0, studiedBars), cacheDir: context.cacheDir, axes, pool, ledger: ledgerOf({}, context),
    windows: { train: '730d', test: '180d' }, permutations: 19, directory: context.runsDir, onStage: stages.update,
  }).finally(stages.stop);
  const judged = { schema: 'assay-artefact/3', kind: 'validation', validation, walkForward } as const;
  saveArtefact(context.runsDir, judged);
  return { report: resolve(await writeReport(judged, output, context)), decision: validation.verdict.decision };
}

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
