import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { requireInput, unknownName } from '../../engine/core/index.ts';
import { recoverFolders } from './swap-folder.ts';

/** A folder of datasets, one sub-folder each. */
export interface Lake {
  readonly directory: string;
}

/**
 * The lake in a folder, made if it is not there; what a killed import left behind is undone.
 *
 * throws  InputError `lake-directory-invalid`
 */
export function openLake(directory: string): Lake {
  requireInput(directory.trim() !== '', 'lake-directory-invalid', 'lake directory', 'a path', directory);
  mkdirSync(directory, { recursive: true });
  recoverFolders(directory);
  return { directory: path.resolve(directory) };
}

/** Ids of all datasets, sorted. */
export function datasetIds(lake: Lake): string[] {
  return readdirSync(lake.directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .filter((id) => existsSync(manifestFile(lake, id)))
    .sort();
}

/** throws  InputError `dataset-unknown`, with the nearest name */
export function requireDataset(lake: Lake, id: string): string {
  if (isDatasetId(id) && existsSync(manifestFile(lake, id))) return id;
  recoverFolders(lake.directory);
  const ids = datasetIds(lake);
  if (ids.includes(id)) return id;
  throw unknownName('dataset-unknown', 'dataset', id, ids);
}

export function isDatasetId(id: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id);
}

export function datasetFolder(lake: Lake, id: string): string {
  return path.join(lake.directory, id);
}

export function candlesFile(lake: Lake, id: string): string {
  return path.join(datasetFolder(lake, id), 'candles.parquet');
}

/** What can be attached to a dataset's candles. */
export type AttachmentKind = 'funding' | 'mark';

export function attachmentFile(lake: Lake, id: string, kind: AttachmentKind): string {
  return path.join(datasetFolder(lake, id), `${kind}.parquet`);
}

export function attachmentCacheFile(lake: Lake, id: string, kind: AttachmentKind): string {
  return path.join(datasetFolder(lake, id), `${kind}.bin`);
}

export function columnCacheFile(lake: Lake, id: string): string {
  return path.join(datasetFolder(lake, id), 'columns.bin');
}

export function manifestFile(lake: Lake, id: string): string {
  return path.join(datasetFolder(lake, id), 'dataset.json');
}
