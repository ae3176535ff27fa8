import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildOptions, BuildResult, Message, Plugin } from 'esbuild';
import { builtFile, InputError, nearestName, sha256 } from '../../engine/index.ts';
import { writeAtomic } from '../artefacts/index.ts';
import { readInputManifest, writeInputManifest } from './input-manifest.ts';

/** Stands for the running library in the text that is hashed, so that the hash does not depend on where Assay is installed. */
const LIBRARY_TOKEN = 'assay:library';

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
  const esbuild = await import('esbuild');
  const [readable, minified] = await Promise.all([
    bundle(path, { sourcemap: 'external' }),
    bundle(path, { minifyWhitespace: true, metafile: true }),
  ]);
  refuseUnsupported(minified, dirname(path));
  const codeHash = sha256(`esbuild ${esbuild.version}\n`, textOf(minified, 'bundle.mjs'));
  const library = builtFile(import.meta.url, '../../index.js');
  const code = textOf(readable, 'bundle.mjs').replaceAll(LIBRARY_TOKEN, library);
  const map = { ...(JSON.parse(textOf(readable, 'bundle.mjs.map')) as object), sourceRoot: `${pathToFileURL(dirname(path)).href}/` };
  writeAtomic(join(cacheDir, `${codeHash}.mjs.map`), JSON.stringify(map));
  writeAtomic(join(cacheDir, `${codeHash}.mjs`), `${code}\n//# sourceMappingURL=${codeHash}.mjs.map\n`);
  writeInputManifest(cacheDir, path, Object.keys(minified.metafile?.inputs ?? {}), codeHash);
  return { url: moduleUrl(cacheDir, codeHash), codeHash };
}

/** Hash of a compiled built-in module; what it imports from the engine is covered by the engine's version. */
export async function hashBuiltIn(file: string, engineFolder: string): Promise<string> {
  const esbuild = await import('esbuild');
  const external: Plugin = {
    name: 'engine',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ path, resolveDir }) =>
        resolve(resolveDir, path).startsWith(engineFolder) ? { path: LIBRARY_TOKEN, external: true } : undefined,
      );
    },
  };
  const result = await esbuild.build({ ...options(file), plugins: [external], minifyWhitespace: true });
  return sha256(`esbuild ${esbuild.version}\n`, textOf(result, 'bundle.mjs'));
}

async function bundle(path: string, extra: BuildOptions): Promise<BuildResult> {
  const esbuild = await import('esbuild');
  try {
    return await esbuild.build({ ...options(path), plugins: [libraryToken], ...extra });
  } catch (error) {
    const errors = (error as { errors?: Message[] }).errors ?? [];
    if (errors.length === 0) throw error;
    throw new InputError('strategy-file-invalid', `a strategy file must compile: ${errors.map(messageText).join('; ')}`, { cause: error });
  }
}

const libraryToken: Plugin = {
  name: 'assay-library',
  setup(build) {
    build.onResolve({ filter: /^assay(\/|$)/ }, () => ({ path: LIBRARY_TOKEN, external: true }));
  },
};

function options(path: string): BuildOptions {
  return {
    entryPoints: [path],
    absWorkingDir: dirname(path),
    outfile: join(dirname(path), 'bundle.mjs'),
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    tsconfigRaw: '{}',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    logOverride: { 'empty-import-meta': 'silent' },
    banner: { js: "import { createRequire as assayCreateRequire } from 'node:module'; const require = assayCreateRequire(import.meta.url);" },
  };
}

/** What would escape the bundle, and so the hash, or point at the cache instead of the user's folder. */
function refuseUnsupported(result: BuildResult, folder: string): void {
  for (const input of Object.keys(result.metafile?.inputs ?? {})) {
    if (input.includes('node_modules/')) continue;
    const source = readFileSync(resolve(folder, input), 'utf8');
    source.split('\n').forEach((line, index) => {
      const code = line.replace(/\/\/.*$/, '');
      const found = /\bimport\s*\(\s*(?!['"`][^'"`$]*['"`]\s*\))/.exec(code) ?? /\bimport\.meta\.(url|dirname|filename)\b/.exec(code);
      if (found === null) return;
      const rule = found[0].startsWith('import.meta') ? 'read import.meta, which would point at a cache' : 'import a module by a computed name, which cannot be hashed';
      throw new InputError('strategy-file-unsupported', `${input}:${index + 1}:${found.index + 1} must not ${rule}`);
    });
  }
}

function missing(file: string, path: string): InputError {
  const folder = dirname(path);
  const neighbours = existsSync(folder) ? readdirSync(folder).filter((name) => /\.[cm]?[jt]s$/.test(name)) : [];
  const near = nearestName(basename(path), neighbours);
  return new InputError('strategy-file-missing', `strategy file must exist, was ${file}${near === null ? '' : `; did you mean "${join(dirname(file), near)}"?`}`);
}

function messageText({ text, location }: Message): string {
  return location === null ? text : `${location.file}:${location.line}:${location.column + 1} ${text} (${location.lineText.trim()})`;
}

function textOf(result: BuildResult, name: string): string {
  const output = result.outputFiles?.find(({ path }) => basename(path) === name);
  if (output === undefined) throw new InputError('strategy-file-invalid', `a strategy file must compile to one module, ${name} is missing`);
  return output.text;
}

function moduleUrl(cacheDir: string, codeHash: string): string {
  return pathToFileURL(resolve(cacheDir, `${codeHash}.mjs`)).href;
}
