// Bundles a benchmark with the sources as they stand and runs it: node scripts/bench.mjs bench/peers/event-engine.ts [arguments].
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [entry, ...args] = process.argv.slice(2);
// below node_modules, so that packages, which are left out of the bundle, are found
const caches = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));
mkdirSync(caches, { recursive: true });
const folder = mkdtempSync(join(caches, 'assay-bench-'));
try {
  const outfile = join(folder, 'bench.mjs');
  await build({ entryPoints: [resolve(entry)], outfile, bundle: true, packages: 'external', format: 'esm', platform: 'node', target: 'es2022', sourcemap: 'inline', logLevel: 'warning' });
  const flags = (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '');
  const { status } = spawnSync(process.execPath, [...flags, outfile, ...args], { stdio: 'inherit', env: { ...process.env, BENCH_SOURCE: resolve(entry, '..') } });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
