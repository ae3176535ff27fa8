import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The engine's rooms from left to right: each may import those before it. */
const ENGINE = ['core', 'kernels', 'market', 'simulate', 'orders', 'peers', 'metrics', 'strategy', 'causality', 'run', 'search', 'screen', 'walkforward', 'validate', 'pool'];
/** What the other rooms may import, each by its public index only. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  datasets: ['engine'],
  strategies: ['engine'],
  reports: ['engine'],
  workbench: ['engine', 'datasets', 'strategies', 'reports'],
  grading: ['engine', 'datasets', 'strategies', 'reports', 'workbench'],
  apps: ['engine', 'datasets', 'strategies', 'reports', 'grading', 'workbench'],
};
/** Ambient things that make a result depend on where and when it was computed. */
const PURE = ['engine', 'strategies', 'reports'];
const AMBIENT = /\b(Date\.now|Math\.random|console\.|process\.)|from 'node:(fs|fs\/promises|net|http|child_process)'/;

interface Import { readonly file: string; readonly target: string }

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !file.startsWith('reports/client/') && !file.startsWith('reports/out/'));
}

function existing(folders: readonly string[]): string[] {
  const present = new Set(readdirSync(ROOT));
  return folders.filter((folder) => present.has(folder));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, path]) => ({
    file,
    target: join(dirname(file), path).split(sep).join('/'),
  }));
}

const room = (path: string): string => path.split('/')[0];
const inner = (path: string): string => path.split('/')[1];

function reason({ file, target }: Import): string | null {
  const [from, to] = [room(file), room(target)];
  if (from === 'engine' && to === 'engine') {
    if (inner(file) === 'index.ts' || inner(file) === inner(target)) return null;
    if (ENGINE.indexOf(inner(target)) > ENGINE.indexOf(inner(file))) return `engine/${inner(file)} may import only rooms to its left, not engine/${inner(target)}`;
    return null;
  }
  if (from === to) return null;
  if (!(ROOMS[from] ?? []).includes(to)) return `${from} may import ${(ROOMS[from] ?? ['nothing']).join(', ')}, not ${to}`;
  return isPublic(target) ? null : `${from} may import ${to} by its index only`;
}

/** A room's index, or the index of one of the engine's rooms. */
function isPublic(target: string): boolean {
  return /^[a-z]+\/index\.ts$/.test(target) || /^engine\/[a-z]+\/index\.ts$/.test(target);
}

describe('the house', () => {
  const files = existing(['engine', ...Object.keys(ROOMS)]).flatMap(sources);

  it('finds the files it judges', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it('lets rooms import only in one direction and only by a public index', () => {
    const broken = files.flatMap(importsOf).flatMap((one) => {
      const why = reason(one);
      return why === null ? [] : [`${one.file} imports ${one.target}: ${why}`];
    });
    expect(broken).toEqual([]);
  });

  it('keeps time, randomness, text and files out of engine, strategies and reports', () => {
    const broken = existing(PURE)
      .flatMap(sources)
      .filter((file) => AMBIENT.test(readFileSync(join(ROOT, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')));
    expect(broken).toEqual([]);
  });

  it('uses worker threads in engine/pool alone', () => {
    const broken = existing(['engine', ...Object.keys(ROOMS)])
      .flatMap(sources)
      .filter((file) => !file.startsWith('engine/pool/') && /node:worker_threads|from 'piscina'|import\('piscina'\)/.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(broken).toEqual([]);
  });

  it('catches a planted violation', () => {
    expect(reason({ file: 'engine/kernels/sma.ts', target: 'engine/pool/index.ts' })).not.toBeNull();
    expect(reason({ file: 'reports/index.ts', target: 'datasets/index.ts' })).not.toBeNull();
    expect(reason({ file: 'datasets/lake/lake.ts', target: 'engine/market/bars.ts' })).not.toBeNull();
    expect(reason({ file: 'datasets/lake/lake.ts', target: 'engine/market/index.ts' })).toBeNull();
  });
});
