import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { journalFiles, openJournal, readJournal } from '../../../workbench/index.ts';
import type { Scope } from './scopes.ts';

/** What has been done with keys; never a secret. */
export type KeyEvent =
  | {
    readonly event: 'created';
    readonly keyId: string;
    readonly tsMs: number;
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly secretSha256: string;
    readonly expiresMs: number | null;
    /** The key that this one takes over from. */
    readonly rotates: string | null;
    readonly actor: string;
  }
  /** A rotated key goes on until then. */
  | { readonly event: 'rotated'; readonly keyId: string; readonly tsMs: number; readonly expiresMs: number; readonly actor: string }
  | { readonly event: 'revoked'; readonly keyId: string; readonly tsMs: number; readonly actor: string };

export interface KeyJournal {
  read(): readonly KeyEvent[];
  append(events: readonly KeyEvent[]): void;
  /** Differs when something was written, by whatever process. */
  stamp(): string;
}

const NAME = 'keys';

/**
 * A hash-chained journal of what was done with keys, for many processes; readable by its owner alone.
 *
 * throws  InputError `keys-in-use`; DataError `journal-damaged`
 */
export function openKeyJournal(folder: string, onNotice: (text: string) => void = () => undefined): KeyJournal {
  const { lines } = journalFiles(folder, NAME);
  return {
    read: () => [...readJournal(folder, NAME)].map(({ payload }) => payload as KeyEvent),
    append(events): void {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const journal = openJournal(folder, { name: NAME, hold: false, onNotice, code: 'keys-in-use' });
      journal.append(events.map((payload) => ({ type: 'key_event', tsMs: payload.tsMs, payload })));
      journal.close();
      chmodSync(lines, 0o600);
    },
    stamp(): string {
      const stat = statSync(lines, { throwIfNoEntry: false });
      return stat === undefined ? 'none' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
    },
  };
}
