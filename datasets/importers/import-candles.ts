import type { ImportOptions, ImportResult } from '../types.ts';

/** stub */
export function importCandles(_files: readonly string[], _options: ImportOptions = {}): Promise<ImportResult> {
  throw new Error('being written');
}
