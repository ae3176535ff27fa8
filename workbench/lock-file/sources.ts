import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { findSp500File, loadSp500, SP500_INSTRUMENT } from '../../datasets/index.ts';
import { type Bars, InputError, type Instrument, type MarketRef } from '../../engine/index.ts';
import { datasetsOf, datasetsWith, loadBars } from '../research/index.ts';
import type { LockedSource } from './types.ts';

/** Where bars are looked for when a study is locked. */
export interface StatedSources {
  readonly home: string;
  /** Datasets or files, one a market; the lake is searched by content otherwise. */
  readonly data?: readonly string[];
  readonly funding?: string;
  readonly mark?: string;
  readonly finer?: string;
}

/** A path as the lock file states it: from its own folder, with slashes, beginning with a dot. */
export function fromLockFile(path: string, lockFile: string): string {
  const text = relative(dirname(resolve(lockFile)), resolve(path)).split(sep).join('/');
  return text.startsWith('.') ? text : `./${text}`;
}

/** A path of the lock file as this process reads it. */
export function fromHere(path: string, lockFile: string): string {
  return isAbsolute(path) ? path : resolve(dirname(resolve(lockFile)), path);
}

/**
 * Where the bars of a study are found again.
 *
 * throws  InputError `data-missing`, `lock-source`
 */
export function sourcesOf(markets: readonly MarketRef[], stated: StatedSources, lockFile: string): LockedSource[] {
  const { data, home } = stated;
  if (data !== undefined && data.length !== markets.length) {
    throw new InputError('lock-source', `--data must name one dataset or file a market of the study, ${markets.map(nameOf).join(', ')}, named ${data.length}`);
  }
  return markets.map((market, m) => (data === undefined ? foundByContent(market, home) : namedSource(data[m], stated, lockFile)));
}

/** A dataset of the lake or a file, by the name that a command line gives it. */
export function namedSource(name: string, { home, funding, mark, finer }: StatedSources, lockFile: string): LockedSource {
  const beside = {
    ...(funding === undefined ? {} : { funding: fromLockFile(funding, lockFile) }),
    ...(mark === undefined ? {} : { mark: fromLockFile(mark, lockFile) }),
    ...(finer === undefined ? {} : { finer: isFile(finer) ? fromLockFile(finer, lockFile) : finer }),
  };
  if (isFile(name)) return { kind: 'file', path: fromLockFile(name, lockFile), ...beside };
  if (datasetsOf(home).includes(name)) return { kind: 'lake', dataset: name, ...beside };
  throw new InputError('lock-source', `--data must be a file, or a dataset below ${home}, was ${name}`);
}

function foundByContent(market: MarketRef, home: string): LockedSource {
  if (isSample(market)) return { kind: 'sample' };
  const [dataset] = datasetsWith(home, market.dataHash);
  if (dataset !== undefined) return { kind: 'lake', dataset };
  throw new InputError('data-missing', `a dataset below ${home} must hold the bars of ${nameOf(market)} with content ${market.dataHash.slice(0, 12)}, none does; name them with --data`);
}

function isSample({ instrument, dataHash }: MarketRef): boolean {
  return instrument.venue === SP500_INSTRUMENT.venue && instrument.symbol === SP500_INSTRUMENT.symbol && findSp500File() !== null && loadSp500().dataHash === dataHash;
}

/** What a source is called in messages. */
export function sourceName(source: LockedSource): string {
  const { funding, mark, finer } = source;
  const beside = Object.entries({ funding, mark, finer }).flatMap(([what, name]) => (name === undefined ? [] : [` with ${what} ${name}`]));
  return [mainName(source), ...beside].join(',');
}

function mainName(source: LockedSource): string {
  if (source.kind === 'lake') return `dataset ${source.dataset}`;
  return source.kind === 'file' ? source.path : 'the embedded sample';
}

/** The first file or dataset that a source names and that is not there; null where all are. */
export function missingOf(source: LockedSource, home: string, lockFile: string): string | null {
  if (source.kind === 'lake' && !datasetsOf(home).includes(source.dataset)) return `dataset ${source.dataset} below ${home}`;
  if (source.kind === 'sample' && findSp500File() === null) return 'the embedded sample: package vega-datasets';
  const { funding, mark, finer } = source;
  const files = [...(source.kind === 'file' ? [source.path] : []), funding, mark, finer !== undefined && isPath(finer) ? finer : undefined];
  return files.find((file) => file !== undefined && !existsSync(fromHere(file, lockFile))) ?? null;
}

/** All bars of a source, read as what the study says that they are of; null where it does not say. */
export async function barsOfSource(source: LockedSource, instrument: Instrument | null, home: string, lockFile: string): Promise<Bars> {
  if (source.kind === 'sample') return loadSp500();
  const here = (path: string | undefined): string | undefined => (path === undefined ? undefined : fromHere(path, lockFile));
  const finer = source.finer !== undefined && isPath(source.finer) ? here(source.finer) : source.finer;
  const { venue, symbol, kind, calendar } = instrument ?? {};
  return loadBars(source.kind === 'lake' ? source.dataset : fromHere(source.path, lockFile), { home, venue, symbol, kind, calendar, funding: here(source.funding), mark: here(source.mark), finer });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isPath(text: string): boolean {
  return text.startsWith('.') || isAbsolute(text);
}

function nameOf({ instrument: { venue, symbol } }: MarketRef): string {
  return `${venue}:${symbol}`;
}
