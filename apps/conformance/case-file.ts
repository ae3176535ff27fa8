import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorMessage, InputError } from '../../engine/index.ts';
import { accountingCases, isAccountingFile } from './accounting.ts';
import type { ConformanceCase, ConformanceFile } from './case.ts';
import { peerCases, type PeerFile } from './peer-fills.ts';

const UNREADABLE = 'conformance-file-unreadable';

/** A file as it may be written: every part is checked. */
type Written = Partial<ConformanceFile> & { readonly datasets_in?: unknown };

/**
 * Cases of a file, and the datasets they name: its own, and those of the files that `datasets_in` names relative to it.
 *
 * throws  InputError `conformance-file-unreadable`, `conformance-case-invalid`
 */
export function readCaseFile(file: string): ConformanceFile {
  const parsed = readJson(file) as Written;
  if (isAccountingFile(parsed)) return { family: 'accounting', cases: accountingCases(parsed) };
  if (!Array.isArray(parsed.cases)) throw new InputError(UNREADABLE, `${file} must hold "cases", holds ${Object.keys(parsed).join(', ') || 'nothing'}`);
  const family = typeof parsed.family === 'string' ? parsed.family : file;
  const cases = family.includes('peer_fills') ? peerCases(parsed as unknown as PeerFile) : parsed.cases;
  cases.forEach((one: Partial<ConformanceCase> | null, i) => requireCase(one, `${file}, case ${i + 1}`));
  return { family, datasets: { ...datasetsMentioned(parsed.cases, file), ...datasetsElsewhere(parsed.datasets_in, file), ...parsed.datasets }, cases: cases as ConformanceCase[] };
}

function readJson(file: string): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(UNREADABLE, `${file} must be a JSON file of cases: ${errorMessage(error)}`, { cause: error });
  }
  if (typeof parsed !== 'object' || parsed === null) throw new InputError(UNREADABLE, `${file} must hold a JSON object, holds ${JSON.stringify(parsed)}`);
  return parsed;
}

/** One name or a list of them; where two files have a dataset of one name the later one's holds. */
function datasetsElsewhere(named: unknown, file: string): Record<string, unknown> {
  if (named === undefined || named === null) return {};
  const names = Array.isArray(named) ? named : [named];
  if (!names.every((name) => typeof name === 'string')) {
    throw new InputError(UNREADABLE, `datasets_in of ${file} must be a file's name or a list of them, was ${JSON.stringify(named)}`);
  }
  return Object.assign({}, ...names.map((name) => datasetsOf(resolve(dirname(file), name)))) as Record<string, unknown>;
}

/** Those of files that a case's inputs speak of, as in `close of dataset x in y.json`; one that is not there leaves its case without data. */
function datasetsMentioned(cases: readonly unknown[], file: string): Record<string, unknown> {
  const names = [...JSON.stringify(cases.map((one) => (one as Partial<ConformanceCase> | null)?.inputs)).matchAll(/ in ([\w.-]+\.json)/g)].map(([, name]) => resolve(dirname(file), name));
  return Object.assign({}, ...[...new Set(names)].filter(existsSync).map(datasetsOf)) as Record<string, unknown>;
}

/** The part "datasets" of a file, or the whole of one that has no such part. */
function datasetsOf(file: string): object {
  const held = readJson(file) as { readonly datasets?: object };
  return held.datasets ?? held;
}

function requireCase(one: Partial<ConformanceCase> | null, where: string): void {
  const isWhole = typeof one?.id === 'string' && typeof one.metric === 'string' && typeof one.inputs === 'object' && one.inputs !== null && one.expected !== undefined;
  if (!isWhole) throw new InputError('conformance-case-invalid', `${where} must have id, metric, inputs and expected, has ${Object.keys(one ?? {}).join(', ') || 'nothing'}`);
}
