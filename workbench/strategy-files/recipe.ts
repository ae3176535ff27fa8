import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { builtFile, sha256 } from '../../engine/index.ts';

/** Stands for the running library in the text that is hashed, so that the hash does not depend on where Assay is installed. */
export const LIBRARY_TOKEN = 'assay:library';
/** What `import.meta` becomes in the text that is hashed, so that its use is seen. */
export const IMPORT_META_MARK = '__assay_import_meta__';

/** The compiled library that every bundle imports. */
export function libraryUrl(): string {
  return builtFile(import.meta.url, '../../index.js');
}

/** Read without loading esbuild, which an unchanged strategy does not need. */
export function esbuildVersion(): string {
  const manifest = createRequire(import.meta.url).resolve('esbuild/package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

/** Hash of a bundle's text; how deep a dependency lies below or above the strategy is no part of it. */
export function codeHashOf(text: string): string {
  return sha256(`esbuild ${esbuildVersion()}\n`, withoutDepth(text));
}

export function withoutDepth(text: string): string {
  return text.replaceAll(/"(?:\.\.\/)+node_modules\//g, '"node_modules/');
}

export function bundleOptions(path: string, plugins: readonly Plugin[]): BuildOptions {
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
    logOverride: {
      'empty-import-meta': 'silent',
      'unsupported-dynamic-import': 'warning',
      'unsupported-require-call': 'warning',
      'indirect-require': 'warning',
    },
    banner: { js: "import { createRequire as assayCreateRequire } from 'node:module'; const require = assayCreateRequire(import.meta.url);" },
    plugins: [...plugins],
  };
}

/** The form that is hashed: no comments, white space or types. */
export const HASHED_FORM = { minifyWhitespace: true, metafile: true, define: { 'import.meta': IMPORT_META_MARK } } satisfies BuildOptions;

/** `assay` stays outside, so that main thread, workers and strategies share one instance of the library. */
export const libraryToken: Plugin = {
  name: 'assay-library',
  setup(build) {
    build.onResolve({ filter: /^assay(\/|$)/ }, ({ path }) =>
      path === 'assay' ? { path: LIBRARY_TOKEN, external: true } : { errors: [{ text: `import from 'assay', it has no module '${path}'` }] },
    );
  },
};

/** Reads each source once for all builds, so that a file saved meanwhile cannot make module, hash and manifest disagree. */
export function sourceReader() {
  const sources = new Map<string, Uint8Array>();
  const read = (path: string): Uint8Array => {
    const contents = sources.get(path) ?? readFileSync(path);
    sources.set(path, contents);
    return contents;
  };
  const plugin: Plugin = {
    name: 'source-reader',
    setup(build) {
      build.onLoad({ filter: /.*/, namespace: 'file' }, ({ path }) => ({ contents: read(path), loader: 'default' }));
    },
  };
  return { plugin, hashes: () => [...sources].map(([path, contents]) => ({ path, sha256: sha256(contents) })) };
}
