import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { contextOf, type Context, type GlobalArguments } from '../context.ts';
import { note, print, printJson, table } from '../output.ts';
import { savedStudies, savedStudy } from '../stored-study.ts';

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
    const { writeReport } = await import('../write-report.ts');
    const directory = join(context.screensDir, args.artefact);
    const isScreen = existsSync(join(directory, 'screen.json'));
    const artefact = isScreen ? ({ kind: 'screen', directory } as const) : await savedStudy(args.artefact, context);
    const id = args.artefact.replace(/^.*[/\\]/, '').replace(/\.json$/, '');
    const path = await writeReport(artefact, args.output ?? join('reports', 'out', `${id}.html`), context);
    if (context.json) printJson({ report: path });
    else print(path);
  },
};

async function list(context: Context): Promise<void> {
  const ids = await savedStudies(context);
  if (context.json) printJson(ids);
  else if (ids.length === 0) note('nothing is saved yet: assay backtest, sweep or walkforward first');
  else print(table(['id', 'kind'], ids.map(({ id, kind }) => [id, kind]), 2));
}
