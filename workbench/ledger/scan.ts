import { checkChain } from '../journal/index.ts';
import { ledgerChain } from './files.ts';
import type { LedgerCheck, LedgerLine } from './types.ts';

/**
 * Reads the ledger from its first line to its last, and says which entry is the first that is not as it was written.
 *
 * `onLine` hears the lines in order, up to the damage.
 *
 * memory  one line
 */
export function scanLedger(home: string, onLine: (line: LedgerLine) => void = () => undefined): LedgerCheck {
  return checkChain(ledgerChain(home), (line) => onLine(line as unknown as LedgerLine));
}

/** Checks all of the ledger. */
export function verifyLedger(home: string): LedgerCheck {
  return scanLedger(home);
}
