// Compiles the library and the command line into dist/, bundles the scripts of reports and of the live page, and hashes the built-in strategies.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.json'], { cwd: root, stdio: 'inherit' });
chmodSync(join(dist, 'apps/cli/main.js'), 0o755);
await bundleClient('reports/client/main.ts', 'reports/client/client.js');
await bundleClient('reports/client/flame.ts', 'reports/client/flame.js');
await bundleClient('apps/server/page/client/main.ts', 'apps/server/page/app.js');
await hashBuiltIns();

async function bundleClient(entry, outfile) {
  mkdirSync(dirname(join(dist, outfile)), { recursive: true });
  await build({
    entryPoints: [join(root, entry)],
    outfile: join(dist, outfile),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    loader: { '.css': 'text' },
  });
}

async function hashBuiltIns() {
  const { hashBuiltIn } = await import(pathToFileURL(join(dist, 'workbench/strategy-files/bundle.js')).href);
  const folder = join(dist, 'strategies');
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.js') && name !== 'index.js').sort((a, b) => (a < b ? -1 : 1));
  const hashes = {};
  for (const file of files) {
    const module = relative('.', file).replaceAll('\\', '/').slice(0, -'.js'.length);
    hashes[module] = await hashBuiltIn(join(folder, file), join(dist, 'engine'));
  }
  writeFileSync(join(folder, 'code-hashes.json'), `${JSON.stringify(hashes, null, 2)}\n`);
}
