import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, requireInput, sha256 } from '../../engine/index.ts';
import { writeAtomic } from '../../workbench/index.ts';

const HASH = /^[0-9a-f]{64}$/;

/** Immutable files that are named by the sha256 of their bytes. */
export interface ObjectStore {
  /** Writes the bytes where they are not there yet, and returns their hash. */
  put(bytes: Uint8Array | string): string;
  /**
   * The bytes of a hash, checked.
   *
   * throws  InputError `object-name-invalid`; DataError `object-missing`, `object-damaged`
   */
  get(hash: string): Buffer;
  has(hash: string): boolean;
  /** Names of the files, sorted. */
  list(): readonly string[];
}

export function openObjects(folder: string): ObjectStore {
  const pathOf = (hash: string): string => {
    requireInput(HASH.test(hash), 'object-name-invalid', 'object', 'named by a sha256 of 64 hex digits', hash);
    return join(folder, hash);
  };
  const isWhole = (path: string, hash: string): boolean => existsSync(path) && sha256(readFileSync(path)) === hash;
  return {
    put(bytes) {
      const hash = sha256(bytes);
      const path = pathOf(hash);
      if (!isWhole(path, hash)) writeAtomic(path, bytes);
      return hash;
    },
    get(hash) {
      const path = pathOf(hash);
      if (!existsSync(path)) throw new DataError('object-missing', `${path} is not there`);
      const bytes = readFileSync(path);
      const found = sha256(bytes);
      if (found !== hash) throw new DataError('object-damaged', `${path} has other content than it is named by: ${found}`);
      return bytes;
    },
    has: (hash) => HASH.test(hash) && existsSync(join(folder, hash)),
    list: () => (existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')).sort() : []),
  };
}
