import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtFile, InvariantError, isMissing, type MarketRef } from '../../engine/index.ts';
import { type Dataset, datasetIds, openLake, readDataset } from '../../datasets/index.ts';
import { type ReportInput, renderReport } from '../../reports/index.ts';
import { ledgerFigures, loadScreen, loadSweep, readTrials, type StoredArtefact, writeAtomic } from '../../workbench/index.ts';
import type { Context } from './context.ts';

/** Renders an artefact to one HTML file and returns its path. */
export async function writeReport(
  artefact: StoredArtefact | { readonly kind: 'sweep' | 'screen'; readonly directory: string },
  path: string,
  context: Context,
): Promise<string> {
  writeAtomic(path, await renderPage(await reportInput(artefact, context)));
  return path;
}

/** A report as this build renders it. */
export function renderPage(report: ReportInput): Promise<string> {
  return renderReport(report, { script: clientScript() });
}

async function reportInput(artefact: Parameters<typeof writeReport>[0], context: Context): Promise<ReportInput> {
  if (artefact.kind === 'run') return { kind: 'run', run: artefact.run, dataNotes: dataNotes(artefact.run.spec.markets, context) };
  if (artefact.kind === 'walkforward') {
    const { walkForward } = artefact;
    return { kind: 'walkforward', walkForward, dataNotes: dataNotes(walkForward.spec.markets, context) };
  }
  if (artefact.kind === 'validation') {
    const { validation, walkForward } = artefact;
    return { kind: 'validation', validation, walkForward, dataNotes: dataNotes(walkForward.spec.markets, context) };
  }
  if (artefact.kind === 'screen') return screenInput(artefact.directory, context);
  const sweep = loadSweep(artefact.directory);
  const trials = await readTrials(artefact.directory);
  return { kind: 'sweep', sweep, trials, dataNotes: dataNotes(sweep.spec.markets, context) };
}

function screenInput(directory: string, context: Context): ReportInput {
  const screen = loadScreen(directory);
  const counted = screen.ledger === null ? null : ledgerFigures(context.home, screen.ledger.claim);
  const ledger = counted === null || isMissing(counted) ? undefined : { claim: counted.claim, n: counted.n };
  return { kind: 'screen', screen, ledger, dataNotes: dataNotes(screen.spec.markets, context) };
}

/** Where the bars came from and what is wrong with them, for each market that the lake still holds under the same content. */
function dataNotes(markets: readonly MarketRef[], context: Context): string[] {
  if (!existsSync(context.lakeDir)) return [];
  const lake = openLake(context.lakeDir);
  const known = datasetIds(lake).map((id) => readDataset(lake, id));
  return markets.flatMap(({ dataHash }) => {
    const dataset = known.find(({ contentHash }) => contentHash === dataHash);
    if (dataset === undefined) return [];
    const named = (from: Dataset['sources']): string => from.map(({ name, sha256 }) => `${name} (sha256 ${sha256.slice(0, 12)})`).join(', ');
    const sources = [
      named(dataset.sources), ...(dataset.funding ? [`funding from ${named(dataset.funding.sources)}`] : []), ...(dataset.mark ? [`mark prices from ${named(dataset.mark.sources)}`] : []),
    ].join(', ');
    const defects = dataset.defects.filter(({ severity }) => severity !== 'info').map(({ kind, count }) => `${count} × ${kind}`);
    return [`${dataset.id}: from ${sources}; ${defects.length > 0 ? defects.join(', ') : 'no defects found'}`];
  });
}

function clientScript(): string {
  const file = fileURLToPath(builtFile(import.meta.url, '../../reports/client/client.js'));
  if (!existsSync(file)) throw new InvariantError('build-incomplete', `${file} is missing: run npm run build`);
  return readFileSync(file, 'utf8');
}
