import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isAssayError } from '../../engine/index.ts';
import { loadArtefact } from '../artefacts/index.ts';
import { loadSweep } from '../studies/index.ts';
import { type Finished, lockResult } from './result.ts';
import type { LockedStudy } from './types.ts';

/** A finished study by its id below a home; null where it has none of that id. */
export function findFinished(home: string, id: string): Finished | null {
  const directory = join(home, 'sweeps', id);
  if (existsSync(join(directory, 'sweep.json'))) return { kind: 'sweep', sweep: loadSweep(directory), directory };
  return existsSync(join(home, 'artefacts', `${id}.json`)) ? loadArtefact(join(home, 'artefacts'), id) : null;
}

/** The locked result itself, where this home still stores it as it was locked; it only makes messages more exact. */
export async function storedResult({ kind, result }: LockedStudy, home: string): Promise<Finished | null> {
  try {
    const finished = findFinished(home, result.id);
    if (finished === null || finished.kind !== kind) return null;
    const { series } = await lockResult(finished);
    const names = Object.keys(result.series) as (keyof typeof result.series)[];
    return names.every((name) => series[name]?.sha256 === result.series[name]?.sha256) ? finished : null;
  } catch (error) {
    if (isAssayError(error)) return null; // outdated, or damaged: the stretch is named without it
    throw error;
  }
}
