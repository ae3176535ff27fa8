import { runPage } from './pages/run.ts';
import { renderPage } from './pages/shell.ts';
import { sweepPage } from './pages/sweep.ts';
import { walkForwardPage } from './pages/walkforward.ts';
import type { ReportAssets, ReportInput } from './types.ts';

export type { ReportAssets, ReportContext, ReportInput, RunReport, SweepReport, WalkForwardReport } from './types.ts';

/** An artefact as one self-contained HTML page; the same input gives the same bytes. */
export async function renderReport(report: ReportInput, assets: ReportAssets): Promise<string> {
  switch (report.kind) {
    case 'run': return renderPage(await runPage(report), assets);
    case 'sweep': return renderPage(await sweepPage(report), assets);
    case 'walkforward': return renderPage(await walkForwardPage(report), assets);
  }
}
