import { join } from 'node:path';
import type { Chain } from '../journal/index.ts';

/** Folder and files of the ledger below a home folder. */
export function ledgerFiles(home: string) {
  const folder = join(home, 'ledger');
  return { folder, trials: join(folder, 'trials.jsonl'), head: join(folder, 'head.json') };
}

/** The ledger as a chain whose every line is a batch of its own. */
export function ledgerChain(home: string): Chain {
  const { folder, trials, head } = ledgerFiles(home);
  return { title: 'trial ledger', files: { folder, lines: trials, head }, endsBatch: () => true };
}
