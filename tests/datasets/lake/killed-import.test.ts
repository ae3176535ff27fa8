import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { importOfBars, loadBars, openLake, syntheticMarket, writeDataset } from '../../../datasets/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();
const BUILT = pathToFileURL(fileURLToPath(new URL('../../../dist/datasets/index.js', import.meta.url))).href;
const [OLD, NEW] = [1, 2].map((seed) => syntheticMarket({ kind: 'noise', seed, bars: 3_000 }).bars);

/** Replaces the dataset, and is killed before its n-th call that changes the disk. */
const VICTIM = `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  import { importOfBars, openLake, syntheticMarket, writeDataset } from ${JSON.stringify(BUILT)};
  const [directory, killAt] = process.argv.slice(2);
  const lake = openLake(directory);
  let calls = 0;
  for (const name of ['mkdtempSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'rmSync']) {
    const call = fs[name];
    fs[name] = (...args) => { if (++calls === Number(killAt)) process.kill(process.pid, 'SIGKILL'); return call(...args); };
  }
  syncBuiltinESMExports();
  const { bars } = syntheticMarket({ kind: 'noise', seed: 2, bars: 3_000 });
  const { instrument, timeframeMs } = bars;
  await writeDataset(lake, importOfBars(bars, 'test/1', []), { id: 'x', instrument, timeframeMs, importedAtMs: 0, replace: true });`;

it('an import killed at any step leaves the old dataset or the new one, whole', async () => {
  const script = join(root, 'victim.mjs');
  writeFileSync(script, VICTIM);
  const { instrument, timeframeMs } = OLD;
  const left: string[] = [];
  for (let killAt = 1; ; killAt++) {
    const directory = join(root, `lake-${killAt}`);
    await writeDataset(openLake(directory), importOfBars(OLD, 'test/1', []), { id: 'x', instrument, timeframeMs, importedAtMs: 0 });
    const { status, signal } = spawnSync(process.execPath, [script, directory, String(killAt)], { stdio: 'inherit' });
    const lake = openLake(directory);
    left.push((await loadBars(lake, 'x')).dataHash);
    expect(readdirSync(directory)).toEqual(['x']);
    if (signal !== 'SIGKILL') {
      expect(status).toBe(0);
      break;
    }
  }
  const swap = left.indexOf(NEW.dataHash);
  expect(swap).toBeGreaterThan(5);
  expect(left).toEqual(left.map((_, kill) => (kill < swap ? OLD : NEW).dataHash)); // the old one until the swap, then the new one
  expect(left.length).toBeGreaterThan(swap + 2);
});
