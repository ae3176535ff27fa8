import { existsSync, readFileSync } from 'node:fs';
import { DataError, errorMessage, InputError } from '../../engine/index.ts';
import { writeAtomic } from '../artefacts/index.ts';
import { lockFileSchema } from './lock-schema.ts';
import { reviewableJson } from './reviewable-json.ts';
import { LOCK_SCHEMA, type LockedStudy, type LockFile } from './types.ts';

/**
 * The studies of a lock file.
 *
 * throws  InputError `lock-missing`; DataError `lock-unreadable` naming the field, `lock-version`
 */
export async function readLockFile(file: string): Promise<LockFile> {
  if (!existsSync(file)) throw new InputError('lock-missing', `lock file must exist, was ${file}: write it with assay lock <artefact>`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DataError('lock-unreadable', `${file} must be JSON: ${errorMessage(error)}`, { cause: error });
  }
  const version = (parsed as { readonly schema?: unknown } | null)?.schema;
  if (typeof version === 'string' && version !== LOCK_SCHEMA) throw new DataError('lock-version', `${file} must have schema ${LOCK_SCHEMA}, has ${version}: another version of Assay wrote it`);
  const { z } = await import('zod');
  const result = lockFileSchema(z).safeParse(parsed);
  if (!result.success) throw new DataError('lock-unreadable', `${file} must follow its schema: ${z.prettifyError(result.error).replaceAll(/\s*\n\s*/g, ' ')}`);
  return parsed as LockFile;
}

/** Writes the whole file or nothing, sorted, a field a line. */
export function writeLockFile(file: string, studies: Readonly<Record<string, LockedStudy>>): void {
  writeAtomic(file, reviewableJson({ schema: LOCK_SCHEMA, studies }));
}
