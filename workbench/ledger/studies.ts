import { InputError, unknownName } from '../../engine/index.ts';
import { scanLedger } from './scan.ts';
import { type LedgerCheck, type LedgerLine, type LedgerSubject, type ScreenEntry, type TrialsEntry, trialsOf } from './types.ts';

/** All that one call, or several of the same study under one claim, left in the ledger. */
export interface LedgerStudy extends Pick<LedgerSubject, 'study' | 'claim' | 'origin' | 'strategyId' | 'codeHash' | 'markets'> {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Rows written; a trial that was evaluated twice is in it twice. */
  readonly rows: number;
  readonly failed: number;
  readonly bestSharpeAnn: number | null;
  readonly holdoutReads: number;
}

/** The studies of the ledger in the order of their last entries; of a damaged one those before the damage. */
export function listStudies(home: string): { readonly studies: readonly LedgerStudy[]; readonly check: LedgerCheck } {
  const studies = new Map<string, LedgerStudy>();
  const check = scanLedger(home, (line) => {
    if (line.type === 'note') return;
    const key = `${line.study.id} ${line.origin} ${line.claim}`;
    const known = studies.get(key) ?? emptyStudy(line);
    studies.delete(key);
    studies.set(key, withLine(known, line));
  });
  return { studies: [...studies.values()], check };
}

/**
 * The entries of a study by its id, or one entry by its number.
 *
 * throws  InputError `ledger-unknown`
 */
export function readEntries(home: string, idOrSeq: string): LedgerLine[] {
  const found: LedgerLine[] = [];
  const known = new Set<string>();
  const seq = /^\d{1,15}$/.test(idOrSeq) ? Number(idOrSeq) : null;
  const { damage } = scanLedger(home, (line) => {
    if (line.type !== 'note') known.add(line.study.id);
    if (line.seq === seq || (line.type !== 'note' && line.study.id === idOrSeq)) found.push(line);
  });
  if (found.length > 0) return found;
  if (damage !== null) throw new InputError('ledger-unknown', `${idOrSeq} must be in the part of the ledger that can be read: ${damage.message}`);
  throw unknownName('ledger-unknown', 'study or entry of the ledger', idOrSeq, [...known]);
}

function emptyStudy({ study, claim, origin, strategyId, codeHash, markets, seq, timeMs }: LedgerLine & LedgerSubject): LedgerStudy {
  return {
    study, claim, origin, strategyId, codeHash, markets, firstSeq: seq, lastSeq: seq, firstMs: timeMs, lastMs: timeMs, rows: 0, failed: 0, bestSharpeAnn: null, holdoutReads: 0,
  };
}

function withLine(study: LedgerStudy, line: LedgerLine): LedgerStudy {
  const at = { ...study, lastSeq: line.seq, lastMs: line.timeMs };
  if (line.type === 'holdout-read') return { ...at, holdoutReads: study.holdoutReads + 1 };
  if (line.type === 'note') return at;
  return { ...at, rows: study.rows + trialsOf(line), failed: study.failed + failedOf(line), bestSharpeAnn: bestOf(line, study.bestSharpeAnn) };
}

function failedOf(line: TrialsEntry | ScreenEntry): number {
  return line.type === 'screen' ? line.failed : line.figures.reduce((sum, row) => sum + (row === null ? 1 : 0), 0);
}

function bestOf(line: TrialsEntry | ScreenEntry, before: number | null): number | null {
  const figures = line.type === 'screen' ? [line.best?.figures ?? null] : line.figures;
  return figures.reduce<number | null>((best, row) => {
    const sharpe = row?.[0] ?? null;
    return sharpe === null || (best !== null && best >= sharpe) ? best : sharpe;
  }, before);
}
