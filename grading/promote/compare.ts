import { DataError, type Evidence, isMissing, type Missing, type SearchEvidence, type Validation, validationId } from '../../engine/index.ts';
import { type ValidationReport, validationManifest } from '../../reports/index.ts';
import { type Difference, differencesOf, differenceText, type ValidatedStudy } from '../../workbench/index.ts';
import type { ReadReport } from './read-report.ts';

/** What the ledger said of the claim when the report was made, and says now; null where it knows nothing of it. */
export interface LedgerThenAndNow {
  readonly promised: LedgerSays;
  readonly found: LedgerSays;
  readonly isSame: boolean;
}

interface LedgerSays {
  readonly trials: number | null;
  readonly studies: number | null;
  readonly holdoutReads: number | null;
}

export interface Compared {
  readonly ledger: LedgerThenAndNow;
  /** The replay as a report, in the context of the promised one. */
  readonly report: ValidationReport;
}

type Promised = { readonly evidence?: Partial<Pick<Evidence, 'search' | 'holdoutReads'>> };

/** Fields that depend on how often the claim was tried: they are compared where the ledger says what it said. */
const BY_LEDGER = new Set([
  'id', 'decision', 'blocking', 'gates.G7', 'evidence.search.ledgerTrials', 'evidence.search.luckSharpeAnn', 'evidence.search.dsr', 'evidence.search.dsrNullVariance',
  'evidence.search.minBacktestYears', 'evidence.search.haircut', 'evidence.holdoutReads', 'model.validationId', 'model.trials.counted', 'model.trials.ledgerHash', 'model.verdict.decision',
  'model.verdict.gates.G7', 'model.manifestSha256',
]);

/**
 * Holds everything that a report's manifest says against the replay: ids, choices window by window, hashes, figures, evidence, gates.
 *
 * A ledger that has grown is no difference: the gates are judged by it as it is now. One that knows of fewer trials is.
 *
 * throws  DataError `replay-differs` naming every field, with what was promised and what was found
 */
export function compareReplay({ page, context, name }: ReadReport, study: ValidatedStudy): Compared {
  const promised = page as Promised;
  const ledger = ledgerOf(promised, study.validation);
  const report: ValidationReport = { kind: 'validation', ...context, validation: inWordsOf(promised, study.validation), walkForward: study.walkForward };
  const found: unknown = JSON.parse(JSON.stringify(validationManifest(report)));
  const differences = [...differencesOf(page, found, (path) => !ledger.isSame && BY_LEDGER.has(path)), ...shrunk(ledger)];
  if (differences.length > 0) {
    throw new DataError('replay-differs', `the replay must find what ${name} promises, differs in ${differences.length} field${differences.length === 1 ? '' : 's'}: ${differenceText(differences)}`);
  }
  return { ledger, report };
}

function shrunk({ promised, found }: LedgerThenAndNow): readonly Difference[] {
  if (promised.trials === null || found.trials === null || found.trials >= promised.trials) return [];
  return [{ field: 'model.trials.counted', promised: promised.trials, found: found.trials }];
}

function ledgerOf({ evidence = {} }: Promised, { evidence: now }: Validation): LedgerThenAndNow {
  const [promised, found] = [says(evidence.search, evidence.holdoutReads), says(now.search, now.holdoutReads)];
  return { promised, found, isSame: promised.trials === found.trials && promised.studies === found.studies && promised.holdoutReads === found.holdoutReads };
}

function says(search: Evidence['search'] | undefined, reads: Evidence['holdoutReads'] | undefined): LedgerSays {
  const trials = knownPart(knownPart(search)?.ledgerTrials);
  return { trials: trials?.n ?? null, studies: trials?.studies ?? null, holdoutReads: typeof reads === 'number' ? reads : null };
}

function knownPart<T>(part: T | Missing | undefined): T | undefined {
  return part === undefined || isMissing(part) ? undefined : part;
}

/** The replay with what may differ without meaning anything: the ledger's last hash, and the words for permutations that were not done. */
function inWordsOf({ evidence: { search: before } = {} }: Promised, validation: Validation): Validation {
  const { search } = validation.evidence;
  const promised = knownPart(before);
  if (promised === undefined || isMissing(search)) return validation;
  const evidence = { ...validation.evidence, search: { ...search, ...ledgerHash(promised, search), ...permutation(promised, search) } };
  const rest = { evidence, verdict: validation.verdict };
  return { id: validationId(rest), ...rest };
}

function ledgerHash({ ledgerTrials: before }: SearchEvidence, { ledgerTrials }: SearchEvidence): Partial<SearchEvidence> {
  const promised = knownPart(before);
  return promised === undefined || isMissing(ledgerTrials) ? {} : { ledgerTrials: { ...ledgerTrials, ledgerHash: promised.ledgerHash } };
}

function permutation({ permutation: before }: SearchEvidence, { permutation: now }: SearchEvidence): Partial<SearchEvidence> {
  return isMissing(before) && isMissing(now) ? { permutation: { missing: before.missing } } : {};
}
