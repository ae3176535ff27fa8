import { statSync } from 'node:fs';
import { DataError } from '../../engine/index.ts';
import { type Journal, type JournalDraft, journalFiles, openJournal, readJournal } from '../../workbench/index.ts';
import { registryEntry } from './entries.ts';
import { createRegistryFold, type RegistryState } from './fold.ts';

export const REGISTRY_JOURNAL = 'journal';

export interface JournalledState {
  /** As the journal is now: read again where another process has written. */
  state(): RegistryState;
  /** Appends what follows from the state, while no other process writes; null appends nothing. */
  write(draftOf: (now: RegistryState) => JournalDraft | null): void;
}

/** The registry's state over its journal, which is made at the first write. */
export function openState(folder: string, onNotice: (text: string) => void): JournalledState {
  const { lines } = journalFiles(folder, REGISTRY_JOURNAL);
  let journal: Journal | null = null;
  let known: { readonly bytes: number; readonly fold: ReturnType<typeof createRegistryFold> } | null = null;

  const read = (): ReturnType<typeof createRegistryFold> => {
    const fold = createRegistryFold();
    for (const line of readJournal(folder, REGISTRY_JOURNAL)) fold.apply(registryEntry(line));
    return fold;
  };

  const current = (): ReturnType<typeof createRegistryFold> => {
    const bytes = sizeOf(lines);
    if (known?.bytes !== bytes) known = { bytes, fold: twice(read) };
    return known.fold;
  };

  return {
    state: () => current().state,
    write(draftOf): void {
      const opened = journal ??= openJournal(folder, { name: REGISTRY_JOURNAL, hold: false, onNotice, code: 'registry-in-use' });
      opened.exclusively(() => {
        const fold = current();
        const draft = draftOf(fold.state);
        if (draft === null) return;
        known = null; // until it is written
        for (const line of opened.append([draft])) fold.apply(registryEntry(line));
        known = { bytes: sizeOf(lines), fold };
      });
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? -1;
}

/** Reads again where another process may have moved a torn end aside in between: what is damaged stays so. */
function twice<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return read();
  }
}
