import { SourceMap, type SourceMapPayload } from 'node:module';
import type { BuildResult, Message } from 'esbuild';
import { InputError } from '../../engine/index.ts';
import { IMPORT_META_MARK } from './recipe.ts';

const MODULE_NOT_HASHED = new Set(['unsupported-dynamic-import', 'unsupported-require-call', 'indirect-require']);

/** Refuses a module of computed name in the user's own files: it would escape the bundle, and so the hash. A dependency's fallbacks are let be. */
export function refuseComputedImports({ warnings }: BuildResult): void {
  const found = warnings.find(({ id, location }) => MODULE_NOT_HASHED.has(id) && location !== null && !isDependency(location.file));
  if (found) throw new InputError('strategy-file-unsupported', `${placeOf(found)} must not load a module by a computed name, which cannot be hashed`);
}

/** Refuses `import.meta` in the user's own files: it would point at the cache. The bundle must have been made with the mark and a source map. */
export function refuseImportMeta(bundle: string, map: string): void {
  const payload = JSON.parse(map) as SourceMapPayload;
  const sources = new SourceMap(payload);
  bundle.split('\n').forEach((text, line) => {
    for (const { index } of text.matchAll(new RegExp(IMPORT_META_MARK, 'g'))) {
      const entry = sources.findEntry(line, index);
      if (!('originalSource' in entry) || isDependency(entry.originalSource)) continue;
      const place = `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
      throw new InputError('strategy-file-unsupported', `${place} must not read import.meta, which would point at a cache`);
    }
  });
}

/** Syntax errors, missing imports and the like, each with its line. */
export function notCompiled(errors: readonly Message[], cause: unknown): InputError {
  const lines = errors.map((error) => `${placeOf(error)} ${error.text}${error.location === null ? '' : ` (${error.location.lineText.trim()})`}`.trim());
  return new InputError('strategy-file-invalid', `a strategy file must compile: ${lines.join('; ')}`, { cause });
}

function placeOf({ location }: Message): string {
  return location === null ? '' : `${location.file}:${location.line}:${location.column + 1}`;
}

function isDependency(file: string): boolean {
  return file.includes('node_modules/');
}
