import { readFileSync } from 'node:fs';
import { DataError, formatDuration, formatTime, InputError } from '../../engine/core/index.ts';
import type { Instrument } from '../../engine/market/index.ts';
import type { Defect } from '../types.ts';
import { isDatasetId, type Lake, manifestFile, requireDataset } from './lake.ts';

export const DATASET_SCHEMA = 'assay-dataset/1';

/** A file that candles were read from. */
export interface DatasetSource {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** A table that was attached to a dataset's candles: where it came from and what it holds. */
export interface Attachment {
  readonly rows: number;
  readonly firstTimeMs: number;
  readonly lastTimeMs: number;
  /** sha256 of its columns. */
  readonly contentHash: string;
  readonly sources: readonly DatasetSource[];
  readonly importer: { readonly name: string; readonly version: string };
  readonly notes: readonly string[];
  readonly attachedAtMs: number;
}

/** Funding payments as their file has them; bars carry those that are due within them. */
export interface AttachedFunding extends Attachment {
  readonly intervalMs: number | null;
  readonly gaps: number;
  readonly longestStepMs: number;
  readonly rowsWithMarkPrice: number;
}

/** Mark candles of the dataset's timeframe. */
export interface AttachedMark extends Attachment {
  readonly defects: readonly Defect[];
}

/** What `dataset.json` says: what the candles are, and where they came from. */
export interface Dataset {
  readonly schema: typeof DATASET_SCHEMA;
  readonly id: string;
  readonly instrument: Instrument;
  readonly timeframeMs: number;
  readonly rows: number;
  /** Open times of the first and the last bar. */
  readonly firstTimeMs: number;
  readonly lastTimeMs: number;
  /** hashBars of the whole dataset, with what is attached. */
  readonly contentHash: string;
  /** hashBars of the candles alone; absent where nothing is attached. */
  readonly candlesHash?: string;
  readonly funding?: AttachedFunding;
  readonly mark?: AttachedMark;
  readonly sources: readonly DatasetSource[];
  readonly importer: { readonly name: string; readonly version: string };
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsQuarantined: number;
  readonly defects: readonly Defect[];
  readonly notes: readonly string[];
  readonly importedAtMs: number;
}

/** Content hash of the candles without what is attached to them. */
export function candlesHashOf({ candlesHash, contentHash }: Dataset): string {
  return candlesHash ?? contentHash;
}

/** What names a dataset: its id, or the instrument and timeframe that its id is derived from. */
export type DatasetRef = string | { readonly instrument: Instrument; readonly timeframeMs: number };

/** `binance-btc-usdt-1h`; a perpetual says so, and one of several listings of a symbol its days: `binance-luna-usdt-from-20220528-1d`. */
export function datasetIdOf({ venue, symbol, kind, listedFromMs, listedToMs }: Instrument, timeframeMs: number): string {
  const listing = [...(listedFromMs === undefined ? [] : ['from', dayOf(listedFromMs)]), ...(listedToMs === undefined ? [] : ['to', dayOf(listedToMs)])];
  const parts = [venue, symbol, ...(kind === 'perpetual' ? ['perp'] : []), ...listing, formatDuration(timeframeMs)];
  return parts.join('-').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
}

function dayOf(timeMs: number): string {
  return formatTime(timeMs).slice(0, 10).replaceAll('-', '');
}

/** throws  InputError `dataset-id-invalid` */
export function checkDatasetId(id: string): string {
  if (isDatasetId(id)) return id;
  throw new InputError('dataset-id-invalid', `dataset id must be lower-case words joined by hyphens, such as binance-btc-usdt-1h, was "${id}"`);
}

/** throws  InputError `dataset-unknown`; DataError `dataset-manifest-invalid` */
export function readDataset(lake: Lake, ref: DatasetRef): Dataset {
  const id = requireDataset(lake, typeof ref === 'string' ? ref : datasetIdOf(ref.instrument, ref.timeframeMs));
  const file = manifestFile(lake, id);
  const dataset = parseManifest(readFileSync(file, 'utf8'), file);
  if (dataset.schema === DATASET_SCHEMA && dataset.id === id) return dataset;
  throw invalidManifest(file, `it must be of schema ${DATASET_SCHEMA} and of dataset "${id}", was ${dataset.schema} of "${dataset.id}"`);
}

function parseManifest(text: string, file: string): Dataset {
  try {
    return JSON.parse(text) as Dataset;
  } catch (cause) {
    throw invalidManifest(file, 'it is not JSON', cause);
  }
}

function invalidManifest(file: string, reason: string, cause?: unknown): DataError {
  return new DataError('dataset-manifest-invalid', `${file} must be a manifest of this Assay, but ${reason}; import the dataset again`, { cause });
}
