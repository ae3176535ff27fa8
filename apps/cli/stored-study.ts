import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { unknownName } from '../../engine/index.ts';
import type { Finished } from '../../workbench/index.ts';
import type { Context } from './context.ts';

const LATEST = 'latest';

/** What is saved below a home: an id each. */
export async function savedStudies({ runsDir, sweepsDir, screensDir }: Context): Promise<{ readonly id: string; readonly kind: string }[]> {
  const { listArtefacts, listScreens, listSweeps } = await import('../../workbench/index.ts');
  return [
    ...listArtefacts(runsDir).map((id) => ({ id, kind: 'run, walk-forward or validation' })),
    ...listSweeps(sweepsDir).map((id) => ({ id, kind: 'sweep' })),
    ...listScreens(screensDir).map((id) => ({ id, kind: 'screen' })),
  ];
}

/**
 * A saved study by its id, by the path that the command which saved it printed, or as the `latest`.
 *
 * throws  InputError `artefact-unknown`; DataError `artefact-unreadable`
 */
export async function savedStudy(idOrPath: string, context: Context): Promise<Finished> {
  const { findFinished, loadArtefact, loadSweep } = await import('../../workbench/index.ts');
  if (idOrPath.endsWith('.json') && basename(idOrPath) !== 'sweep.json') return loadArtefact(context.runsDir, idOrPath);
  const folder = basename(idOrPath) === 'sweep.json' ? dirname(idOrPath) : idOrPath;
  if (isFolder(folder) && existsSync(join(folder, 'sweep.json'))) return { kind: 'sweep', sweep: loadSweep(folder), directory: folder };
  const ids = (await savedStudies(context)).filter(({ kind }) => kind !== 'screen').map(({ id }) => id);
  const found = findFinished(context.home, idOrPath === LATEST ? latestOf(ids, context) : idOrPath);
  if (found !== null) return found;
  throw unknownName('artefact-unknown', 'artefact', idOrPath, ids);
}

/** The id that was saved last; none where nothing is saved. */
function latestOf(ids: readonly string[], { runsDir, sweepsDir }: Context): string {
  const savedAtMs = (id: string): number => Math.max(...[join(runsDir, `${id}.json`), join(sweepsDir, id, 'sweep.json')].map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0));
  return [...ids].sort((a, b) => savedAtMs(b) - savedAtMs(a))[0] ?? '';
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
