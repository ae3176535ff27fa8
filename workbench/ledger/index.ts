export { openLedger, type LedgerWriter, type WriterOptions } from './append.ts';
export { defaultClaim } from './claim.ts';
export { type TrialCount } from './counting.ts';
export { figuresOfClaims, type Holdout, ledgerFigures, type LedgerFigures } from './figures.ts';
export { ledgerFiles } from './files.ts';
export { noteInLedger } from './note.ts';
export { scanLedger, verifyLedger } from './scan.ts';
export { listStudies, type LedgerStudy, readEntries } from './studies.ts';
export { type Evaluated, figuresOf, type LedgerOptions, type Recorded, type RecordedStudy, type ScreenedPoints, studyLedger, type StudyLedger } from './study-ledger.ts';
export {
  type HoldoutReadEntry, LEDGER_METRICS, LEDGER_RULES, type LedgerCheck, type LedgerDamage, type LedgerEntry, type LedgerFigureRow, type LedgerHead, type LedgerLine,
  type LedgerMarket, type LedgerRule, type LedgerSubject, type LedgerWindow, type LedgerAxis, type NoteEntry, type Origin, type ScreenEntry, type StudyKind, type TrialsEntry,
} from './types.ts';
