import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError, requireInput, sha256 } from '../../engine/index.ts';
import { writeAtomic } from '../artefacts/index.ts';
import { type BundledStrategy, bundleStrategyFile, hashedFormOf } from './bundle.ts';
import { codeHashOf, esbuildVersion, IMPORT_META_MARK, LIBRARY_TOKEN, libraryUrl, withoutDepth } from './recipe.ts';

/**
 * A user's file and all that it imports as text that runs wherever Assay does and proves its own code hash: no path, and the hashed form itself.
 *
 * throws  InputError as `bundleStrategyFile`, `strategy-not-portable` where a dependency reads `import.meta`
 */
export async function portableStrategy(file: string, cacheDir: string): Promise<{ readonly codeHash: string; readonly text: string }> {
  await bundleStrategyFile(file, cacheDir);
  const text = await hashedFormOf(file);
  requireInput(!text.includes(IMPORT_META_MARK), 'strategy-not-portable', `dependencies of ${file}`, 'free of import.meta', 'one that reads it');
  return { codeHash: codeHashOf(text), text: `${headOf(esbuildVersion())}${text}` };
}

/**
 * Makes a portable strategy loadable: in the cache, bound to this library.
 *
 * throws  InputError `code-differs` unless the text is of that code hash
 */
export function installPortable(text: string, codeHash: string, cacheDir: string): BundledStrategy {
  const found = portableHash(text);
  if (found !== codeHash) throw new InputError('code-differs', `stored code must be of hash ${codeHash}, was ${found ?? 'no portable strategy'}`);
  const path = resolve(join(cacheDir, `${codeHash}.portable.mjs`));
  const module = text.replaceAll(LIBRARY_TOKEN, libraryUrl());
  if (!existsSync(path) || readFileSync(path, 'utf8') !== module) writeAtomic(path, module);
  return { url: pathToFileURL(path).href, codeHash };
}

const HEAD = /^\/\/ esbuild ([\w.-]+)\n/;

function headOf(version: string): string {
  return `// esbuild ${version}\n`;
}

/** The code hash by the bundler that made it, which its first line names. */
function portableHash(text: string): string | null {
  const head = HEAD.exec(text);
  return head === null ? null : sha256(`esbuild ${head[1]}\n`, withoutDepth(text.slice(head[0].length)));
}
