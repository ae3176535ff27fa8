import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { unknownName } from '../../../engine/index.ts';
import { contextOf, type Context, type GlobalArguments } from '../context.ts';
import { note, print, printJson, table } from '../output.ts';

interface ReportArguments extends GlobalArguments {
  readonly artefact?: string;
  readonly output?: string;
}

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report [artefact]',
  describe: 'Write the HTML report of a saved run, sweep, screen, walk-forward or validation; without one, list them',
  builder: (yargs) =>
    yargs
      .positional('artefact', { type: 'string', describe: 'Id, or a saved .json file' })
      .option('output', { alias: 'o', type: 'string', describe: 'File to write [reports/out/<id>.html]' })
      .example('assay report', 'what there is')
      .example('assay report 3f2a9c81d0e4b756 -o ema.html', 'one of them') as never,
  handler: async (args) => {
    const context = await contextOf(args);
    if (args.artefact === undefined) {
      await list(context);
      return;
    }
    const { loadArtefact } = await import('../../../workbench/index.ts');
    const { writeReport } = await import('../write-report.ts');
    const ids = await knownIds(context);
    const sweepDirectory = join(context.sweepsDir, args.artefact);
    const isSweep = existsSync(join(sweepDirectory, 'sweep.json'));
    const screenDirectory = join(context.screensDir, args.artefact);
    const isScreen = existsSync(join(screenDirectory, 'screen.json'));
    if (!isSweep && !isScreen && !args.artefact.endsWith('.json') && !ids.some(({ id }) => id === args.artefact)) {
      throw unknownName('artefact-unknown', 'artefact', args.artefact, ids.map(({ id }) => id));
    }
    const stored = isSweep ? ({ kind: 'sweep', directory: sweepDirectory } as const) : ({ kind: 'screen', directory: screenDirectory } as const);
    const artefact = isSweep || isScreen ? stored : loadArtefact(context.runsDir, args.artefact);
    const id = args.artefact.replace(/^.*[/\\]/, '').replace(/\.json$/, '');
    const path = await writeReport(artefact, args.output ?? join('reports', 'out', `${id}.html`), context);
    if (context.json) printJson({ report: path });
    else print(path);
  },
};

async function list(context: Context): Promise<void> {
  const ids = await knownIds(context);
  if (context.json) printJson(ids);
  else if (ids.length === 0) note('nothing is saved yet: assay backtest, sweep or walkforward first');
  else print(table(['id', 'kind'], ids.map(({ id, kind }) => [id, kind]), 2));
}

async function knownIds(context: Context): Promise<{ id: string; kind: string }[]> {
  const { listArtefacts, listScreens, listSweeps } = await import('../../../workbench/index.ts');
  const sweeps = existsSync(context.sweepsDir) ? listSweeps(context.sweepsDir) : [];
  return [
    ...listArtefacts(context.runsDir).map((id) => ({ id, kind: 'run, walk-forward or validation' })),
    ...sweeps.map((id) => ({ id, kind: 'sweep' })),
    ...listScreens(context.screensDir).map((id) => ({ id, kind: 'screen' })),
  ];
}
