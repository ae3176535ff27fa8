import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CallFrame } from './cpu-profile.ts';
import type { Namer } from './call-tree.ts';

/** Folders that paths are shortened by: Assay's own, and that of the user, whose paths begin with a dot. */
export interface Roots {
  readonly assay: string;
  readonly user: string;
}

/** Names functions by the sources that they were written in, where a source map lies beside the module. */
export function sourceNames(roots: Roots): Namer {
  const maps = new Map<string, SourceMap | null>();
  const mapOf = (url: string): SourceMap | null => {
    const known = maps.get(url);
    if (known !== undefined) return known;
    const map = readMap(url);
    maps.set(url, map);
    return map;
  };
  return (frame) => ({ name: frame.functionName === '' ? '(anonymous)' : frame.functionName, source: sourceOf(frame, mapOf, roots) });
}

function sourceOf({ url, lineNumber, columnNumber }: CallFrame, mapOf: (url: string) => SourceMap | null, roots: Roots): string | null {
  if (url === '') return null;
  if (!url.startsWith('file:')) return url.startsWith('node:') ? url : `${shortened(url, roots)}:${lineNumber + 1}`;
  const [plain] = url.split('?');
  const entry = mapOf(plain)?.findEntry(lineNumber, columnNumber);
  if (entry !== undefined && 'originalSource' in entry) return `${shortened(pathOf(new URL(entry.originalSource, plain).href), roots)}:${entry.originalLine + 1}`;
  return `${shortened(pathOf(plain), roots)}:${lineNumber + 1}`;
}

function readMap(url: string): SourceMap | null {
  const file = `${fileURLToPath(url)}.map`;
  if (!existsSync(file)) return null;
  const payload = JSON.parse(readFileSync(file, 'utf8')) as SourceMapPayload;
  const base = new URL(payload.sourceRoot === undefined || payload.sourceRoot === '' ? './' : payload.sourceRoot, pathToFileURL(`${dirname(file)}/x`)).href;
  return new SourceMap({ ...payload, sourceRoot: '', sources: payload.sources.map((source) => new URL(source, base).href) });
}

function pathOf(url: string): string {
  return url.startsWith('file:') ? fileURLToPath(url) : url;
}

/** Of a package its own path. */
function shortened(path: string, roots: Roots): string {
  const slashed = path.split(sep).join('/');
  const inPackage = slashed.lastIndexOf('/node_modules/');
  if (inPackage >= 0) return slashed.slice(inPackage + '/node_modules/'.length);
  const below = (root: string): string => relative(root, path).split(sep).join('/');
  if (!below(roots.assay).startsWith('..')) return below(roots.assay);
  return below(roots.user).startsWith('..') ? slashed : `./${below(roots.user)}`;
}
