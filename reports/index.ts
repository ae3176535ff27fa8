import { runPage } from './pages/run.ts';
import { screenPage } from './pages/screen.ts';
import { type Page, renderPage } from './pages/shell.ts';
import { sweepPage } from './pages/sweep.ts';
import { validationPage } from './pages/validation.ts';
import { walkForwardPage } from './pages/walkforward.ts';
import type { ReportAssets, ReportInput } from './types.ts';

export type { ReportAssets, ReportContext, ReportInput, RunReport, ScreenReport, SweepReport, ValidationReport, WalkForwardReport } from './types.ts';

export { type ProfiledCall, type ProfileReport, renderProfile } from './profile/index.ts';
export { STYLE } from './style.ts';
export { validationManifest } from './pages/validation.ts';
export { daysOfStretches, MODEL_SCHEMA, type ModelManifest } from './sections/validation/model-manifest.ts';

/** An artefact as one self-contained HTML page; the same input gives the same bytes. */
export async function renderReport(report: ReportInput, assets: ReportAssets): Promise<string> {
  return renderPage(await pageOf(report), assets);
}

async function pageOf(report: ReportInput): Promise<Page> {
  if (report.kind === 'run') return runPage(report);
  if (report.kind === 'validation') return validationPage(report);
  if (report.kind === 'screen') return screenPage(report);
  return report.kind === 'sweep' ? sweepPage(report) : walkForwardPage(report);
}
