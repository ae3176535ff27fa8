import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildOptions, BuildResult, Message, Plugin } from 'esbuild';
import { InputError, nearestName, sha256 } from '../../engine/index.ts';
import { writeAtomic } from '../artefacts/index.ts';
import { readInputManifest, writeInputManifest } from './input-manifest.ts';
import { bundleOptions, codeHashOf, HASHED_FORM, IMPORT_META_MARK, LIBRARY_TOKEN, libraryToken, libraryUrl, sourceReader } from './recipe.ts';
import { notCompiled, refuseComputedImports, refuseImportMeta } from './unsupported.ts';

export interface BundledStrategy {
  readonly url: string;
  readonly codeHash: string;
}

/**
 * A user's file and all that it imports as one module, which the main thread and the workers load by URL.
 *
 * The hash is of a second bundle without white space: comments, layout and types do not change it; code, imports and file names do.
 * (Shortened identifiers would be chosen by letter counts of the source, types included.)
 *
 * throws  InputError `strategy-file-missing`, `strategy-file-invalid` (file, line, column), `strategy-file-unsupported`
 */
export async function bundleStrategyFile(file: string, cacheDir: string): Promise<BundledStrategy> {
  const path = resolve(file);
  if (!existsSync(path)) throw missing(file, path);
  const known = readInputManifest(cacheDir, path);
  if (known !== null) return { url: moduleUrl(cacheDir, known), codeHash: known };
  const sources = sourceReader();
  const plugins = [libraryToken, sources.plugin];
  const [readable, hashed] = await Promise.all([bundle(path, plugins, { sourcemap: 'external' }), bundle(path, plugins, HASHED_FORM)]);
  refuseComputedImports(hashed);
  const hashedText = textOf(hashed, 'bundle.mjs');
  if (hashedText.includes(IMPORT_META_MARK)) await checkImportMeta(path, plugins);
  const codeHash = codeHashOf(hashedText);
  const moduleHash = writeModule(cacheDir, path, codeHash, readable);
  writeInputManifest(cacheDir, path, { codeHash, moduleHash, inputs: sources.hashes() });
  return { url: moduleUrl(cacheDir, codeHash), codeHash };
}

/** The text that a file's code hash is of. */
export async function hashedFormOf(file: string): Promise<string> {
  return textOf(await bundle(resolve(file), [libraryToken], HASHED_FORM), 'bundle.mjs');
}

/** Hash of a compiled built-in module; what it imports from the engine is covered by the engine's version. */
export async function hashBuiltIn(file: string, engineFolder: string): Promise<string> {
  const external: Plugin = {
    name: 'engine',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ path, resolveDir }) =>
        resolve(resolveDir, path).startsWith(engineFolder) ? { path: LIBRARY_TOKEN, external: true } : undefined,
      );
    },
  };
  return codeHashOf(textOf(await bundle(file, [external], HASHED_FORM), 'bundle.mjs'));
}

async function bundle(path: string, plugins: readonly Plugin[], form: BuildOptions): Promise<BuildResult> {
  const esbuild = await import('esbuild');
  try {
    return await esbuild.build({ ...bundleOptions(path, plugins), ...form });
  } catch (error) {
    const errors = (error as { errors?: Message[] }).errors ?? [];
    throw errors.length === 0 ? error : notCompiled(errors, error);
  }
}

async function checkImportMeta(path: string, plugins: readonly Plugin[]): Promise<void> {
  const marked = await bundle(path, plugins, { sourcemap: 'external', define: HASHED_FORM.define });
  refuseImportMeta(textOf(marked, 'bundle.mjs'), textOf(marked, 'bundle.mjs.map'));
}

/** Writes the module and its source map into the cache; returns the module's hash. */
function writeModule(cacheDir: string, path: string, codeHash: string, readable: BuildResult): string {
  const code = textOf(readable, 'bundle.mjs').replaceAll(LIBRARY_TOKEN, libraryUrl());
  const module = `${code}\n//# sourceMappingURL=${codeHash}.mjs.map\n`;
  const map = { ...(JSON.parse(textOf(readable, 'bundle.mjs.map')) as object), sourceRoot: `${pathToFileURL(dirname(path)).href}/` };
  writeAtomic(join(cacheDir, `${codeHash}.mjs.map`), JSON.stringify(map));
  writeAtomic(join(cacheDir, `${codeHash}.mjs`), module);
  return sha256(module);
}

function missing(file: string, path: string): InputError {
  const folder = dirname(path);
  const neighbours = existsSync(folder) ? readdirSync(folder).filter((name) => /\.[cm]?[jt]s$/.test(name)) : [];
  const near = nearestName(basename(path), neighbours);
  return new InputError('strategy-file-missing', `strategy file must exist, was ${file}${near === null ? '' : `; did you mean "${join(dirname(file), near)}"?`}`);
}

function textOf(result: BuildResult, name: string): string {
  const output = result.outputFiles?.find(({ path }) => basename(path) === name);
  if (output === undefined) throw new InputError('strategy-file-invalid', `a strategy file must compile to one module, ${name} is missing`);
  return output.text;
}

function moduleUrl(cacheDir: string, codeHash: string): string {
  return pathToFileURL(resolve(cacheDir, `${codeHash}.mjs`)).href;
}
