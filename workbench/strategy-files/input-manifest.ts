import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { builtFile, sha256 } from '../../engine/index.ts';
import { writeAtomic } from '../artefacts/index.ts';

/** Which files a bundle was made of, so that an unchanged strategy needs no bundler. */
interface InputManifest {
  readonly library: string;
  readonly codeHash: string;
  readonly inputs: readonly { readonly path: string; readonly sha256: string }[];
}

/** The code hash of a file whose inputs are all as they were when it was bundled for this library; null otherwise. */
export function readInputManifest(cacheDir: string, path: string): string | null {
  const file = manifestPath(cacheDir, path);
  if (!existsSync(file)) return null;
  const { library, codeHash, inputs } = JSON.parse(readFileSync(file, 'utf8')) as InputManifest;
  const isCurrent =
    library === libraryUrl() &&
    existsSync(join(cacheDir, `${codeHash}.mjs`)) &&
    inputs.every((input) => existsSync(input.path) && sha256(readFileSync(input.path)) === input.sha256);
  return isCurrent ? codeHash : null;
}

export function writeInputManifest(cacheDir: string, path: string, inputs: readonly string[], codeHash: string): void {
  const files = inputs.map((input) => resolve(dirname(path), input)).map((input) => ({ path: input, sha256: sha256(readFileSync(input)) }));
  const manifest: InputManifest = { library: libraryUrl(), codeHash, inputs: files };
  writeAtomic(manifestPath(cacheDir, path), JSON.stringify(manifest));
}

function libraryUrl(): string {
  return builtFile(import.meta.url, '../../index.js');
}

function manifestPath(cacheDir: string, path: string): string {
  return join(cacheDir, `inputs-${sha256(path).slice(0, 16)}.json`);
}
