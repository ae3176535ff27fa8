import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../../engine/index.ts';
import { openObjects } from '../registry/index.ts';
import { JOURNAL_FOLDERS } from './journals.ts';

/** A file that is not what its name says, or that a journal names and is not there. */
export interface ObjectDamage {
  readonly sha256: string;
  readonly rule: 'edited' | 'missing' | 'misnamed';
  readonly message: string;
}

export interface ObjectsAudit {
  readonly objects: number;
  readonly damage: readonly ObjectDamage[];
}

/**
 * Checks every object below a home folder, and that those a journal names are there.
 *
 * @param named hash → where it is named
 */
export function auditObjects(home: string, named: ReadonlyMap<string, string>): ObjectsAudit {
  const stores = JOURNAL_FOLDERS.map((room) => join(home, room, 'objects')).filter((folder) => existsSync(folder)).map((folder) => ({ folder, store: openObjects(folder) }));
  const damage: ObjectDamage[] = [];
  const present = new Set<string>();
  let objects = 0;
  for (const { folder, store } of stores) {
    for (const name of store.list()) {
      objects++;
      present.add(name);
      try {
        store.get(name);
      } catch (error) {
        if (error instanceof DataError) damage.push({ sha256: name, rule: 'edited', message: error.message });
        else damage.push({ sha256: name, rule: 'misnamed', message: `${join(folder, name)} is not named by a sha256` });
      }
    }
  }
  for (const [sha256, where] of named) if (!present.has(sha256)) damage.push({ sha256, rule: 'missing', message: `the object ${sha256} is gone, which ${where} names` });
  return { objects, damage };
}
