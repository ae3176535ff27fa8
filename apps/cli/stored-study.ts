import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { unknownName } from '../../engine/index.ts';
import type { Finished } from '../../workbench/index.ts';
import type { Context } from './context.ts';

/** What is saved below a home: an id each. */
export async function savedStudies({ runsDir, sweepsDir }: Context): Promise<{ readonly id: string; readonly kind: string }[]> {
  const { listArtefacts, listSweeps } = await import('../../workbench/index.ts');
  return [
    ...listArtefacts(runsDir).map((id) => ({ id, kind: 'run, walk-forward or validation' })),
    ...listSweeps(sweepsDir).map((id) => ({ id, kind: 'sweep' })),
  ];
}

/**
 * A saved study by its id, or by the path that the command which saved it printed.
 *
 * throws  InputError `artefact-unknown`; DataError `artefact-unreadable`
 */
export async function savedStudy(idOrPath: string, context: Context): Promise<Finished> {
  const { findFinished, loadArtefact, loadSweep } = await import('../../workbench/index.ts');
  if (idOrPath.endsWith('.json') && basename(idOrPath) !== 'sweep.json') return loadArtefact(context.runsDir, idOrPath);
  const folder = basename(idOrPath) === 'sweep.json' ? dirname(idOrPath) : idOrPath;
  if (isFolder(folder) && existsSync(join(folder, 'sweep.json'))) return { kind: 'sweep', sweep: loadSweep(folder), directory: folder };
  const found = findFinished(context.home, idOrPath);
  if (found !== null) return found;
  throw unknownName('artefact-unknown', 'artefact', idOrPath, (await savedStudies(context)).map(({ id }) => id));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
