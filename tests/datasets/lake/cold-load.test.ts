import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { importOfBars, openLake, writeDataset } from '../../../datasets/index.ts';
import { randomWalk } from '../../support/small-market.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();
const BUILT = pathToFileURL(fileURLToPath(new URL('../../../dist/datasets/index.js', import.meta.url))).href;

/** Loads once and says whether DuckDB was needed. */
const LOADER = `
  import { createRequire } from 'node:module';
  import { loadBars, openLake } from ${JSON.stringify(BUILT)};
  const bars = await loadBars(openLake(process.argv[2]), 'walk');
  const modules = Object.keys(createRequire(import.meta.url).cache);
  console.log(JSON.stringify({ bars: bars.length, hasDuckDb: modules.some((file) => file.includes('duckdb')) }));`;

it('a cached dataset is loaded without DuckDB', async () => {
  const bars = randomWalk(60);
  const directory = join(root, 'lake');
  await writeDataset(openLake(directory), importOfBars(bars, 'test/1', []), { id: 'walk', instrument: bars.instrument, timeframeMs: bars.timeframeMs, importedAtMs: 0 });
  const script = join(root, 'loader.mjs');
  writeFileSync(script, LOADER);
  const load = (): unknown => JSON.parse(spawnSync(process.execPath, [script, directory], { encoding: 'utf8' }).stdout);
  expect(load()).toEqual({ bars: 60, hasDuckDb: true });
  expect(load()).toEqual({ bars: 60, hasDuckDb: false });
});
