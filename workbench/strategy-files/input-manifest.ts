import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../engine/index.ts';
import { writeAtomic } from '../artefacts/index.ts';
import { esbuildVersion, libraryUrl } from './recipe.ts';

/** Which files a bundle was made of, so that an unchanged strategy needs no bundler. */
interface BundleInputs {
  readonly codeHash: string;
  /** sha256 of the module in the cache, so that an edited or cut one is made again. */
  readonly moduleHash: string;
  readonly inputs: readonly { readonly path: string; readonly sha256: string }[];
}

interface InputManifest extends BundleInputs {
  readonly library: string;
  readonly esbuild: string;
}

/** The code hash of a file whose inputs are all as they were when it was bundled for this library; null otherwise. */
export function readInputManifest(cacheDir: string, path: string): string | null {
  const manifest = read(manifestPath(cacheDir, path));
  if (manifest === null || manifest.library !== libraryUrl() || manifest.esbuild !== esbuildVersion()) return null;
  const module = { path: join(cacheDir, `${manifest.codeHash}.mjs`), sha256: manifest.moduleHash };
  return [module, ...manifest.inputs].every(isUnchanged) ? manifest.codeHash : null;
}

export function writeInputManifest(cacheDir: string, path: string, bundle: BundleInputs): void {
  const manifest: InputManifest = { library: libraryUrl(), esbuild: esbuildVersion(), ...bundle };
  writeAtomic(manifestPath(cacheDir, path), JSON.stringify(manifest));
}

/** A manifest only saves time: one that is not JSON is made again. */
function read(file: string): InputManifest | null {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as InputManifest;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isUnchanged(file: { readonly path: string; readonly sha256: string }): boolean {
  return existsSync(file.path) && sha256(readFileSync(file.path)) === file.sha256;
}

function manifestPath(cacheDir: string, path: string): string {
  return join(cacheDir, `inputs-${sha256(path).slice(0, 16)}.json`);
}
