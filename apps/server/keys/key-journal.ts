import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../../../engine/index.ts';
import { lockFolder } from '../../../workbench/index.ts';
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

/** An append-only file of one event a line, for many processes; readable by its owner alone. */
export function openKeyJournal(folder: string): KeyJournal {
  const file = join(folder, 'keys.jsonl');
  return {
    read: () => (existsSync(file) ? parse(readFileSync(file, 'utf8'), file) : []),
    append(events): void {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const release = lockFolder(folder, { patienceMs: 5_000, stepMs: 5, waitsForOwnProcess: true, code: 'keys-in-use' });
      try {
        appendSynced(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      } finally {
        release();
      }
    },
    stamp(): string {
      const stat = statSync(file, { throwIfNoEntry: false });
      return stat === undefined ? 'none' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
    },
  };
}

function appendSynced(file: string, text: string): void {
  const handle = openSync(file, 'a', 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A last line without its end is what a kill left of a write that nobody was told of. */
function parse(text: string, file: string): KeyEvent[] {
  return text.slice(0, text.lastIndexOf('\n') + 1).split('\n').filter((line) => line !== '').map((line, i) => {
    try {
      return JSON.parse(line) as KeyEvent;
    } catch (cause) {
      throw new DataError('keys-damaged', `${file} line ${i + 1} must be JSON`, { cause });
    }
  });
}
