import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, errorMessage, type Run, unknownName, type Validation, type WalkForward } from '../../engine/index.ts';
import { decodeArtefact, encodeArtefact } from './encode.ts';
import { writeAtomic } from './write-atomic.ts';

/** What the store keeps as one file each; a sweep has a folder of its own. */
export type StoredArtefact =
  | { readonly schema: 'assay-artefact/3'; readonly kind: 'run'; readonly run: Run }
  | { readonly schema: 'assay-artefact/3'; readonly kind: 'walkforward'; readonly walkForward: WalkForward }
  | { readonly schema: 'assay-artefact/3'; readonly kind: 'validation'; readonly validation: Validation; readonly walkForward: WalkForward };

/** Writes an artefact as `<directory>/<id>.json` and returns the path. */
export function saveArtefact(directory: string, artefact: StoredArtefact): string {
  const path = join(directory, `${idOf(artefact)}.json`);
  writeAtomic(path, encodeArtefact(artefact));
  return path;
}

function idOf(artefact: StoredArtefact): string {
  if (artefact.kind === 'run') return artefact.run.id;
  return artefact.kind === 'validation' ? artefact.validation.id : artefact.walkForward.id;
}

/**
 * The artefact of an id in a directory, or of a file.
 *
 * throws  InputError `artefact-unknown`; DataError `artefact-unreadable`
 */
export function loadArtefact(directory: string, idOrFile: string): StoredArtefact {
  const path = idOrFile.endsWith('.json') ? idOrFile : join(directory, `${idOrFile}.json`);
  if (!existsSync(path)) throw unknownName('artefact-unknown', 'artefact', idOrFile, listArtefacts(directory));
  let decoded: unknown;
  try {
    decoded = decodeArtefact(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new DataError('artefact-unreadable', `${path} must be an artefact of Assay: ${errorMessage(error)}`, { cause: error });
  }
  if ((decoded as { schema?: unknown } | null)?.schema !== 'assay-artefact/3') {
    throw new DataError('artefact-unreadable', `${path} must have schema assay-artefact/3, has ${String((decoded as { schema?: unknown } | null)?.schema)}`);
  }
  return decoded as StoredArtefact;
}

export function listArtefacts(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory).filter((name) => name.endsWith('.json') && !name.startsWith('.')).map((name) => name.slice(0, -'.json'.length)).sort();
}
