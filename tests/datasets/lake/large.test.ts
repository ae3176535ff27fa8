import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importOfBars, loadBars, openLake, syntheticMarket, writeDataset } from '../../../datasets/index.ts';
import { MINUTE_MS, sha256 } from '../../../engine/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();

// More than one row group of 122,880 rows, and a last chunk that is not full.
const { bars } = syntheticMarket({ kind: 'noise', seed: 3, bars: 200_001, timeframeMs: MINUTE_MS });

async function written(name: string) {
  const lake = openLake(join(root, name));
  await writeDataset(lake, importOfBars(bars, 'test/1', []), { id: 'large', instrument: bars.instrument, timeframeMs: MINUTE_MS, importedAtMs: 0 });
  return { lake, parquet: sha256(readFileSync(join(lake.directory, 'large/candles.parquet'))) };
}

it('200,001 bars come back in order and to the bit, from both stores', async () => {
  const { lake } = await written('a');
  const first = await loadBars(lake, 'large');
  const second = await loadBars(lake, 'large');
  for (const name of ['openTimeMs', 'open', 'high', 'low', 'close', 'volume'] as const) {
    expect(sha256(first[name]), name).toBe(sha256(bars[name]));
    expect(sha256(second[name]), name).toBe(sha256(bars[name]));
  }
});

it('several row groups have the same Parquet bytes whenever they are written', async () => {
  expect((await written('b')).parquet).toBe((await written('c')).parquet);
});

it('a range is a window on the memory of the whole', async () => {
  const { lake } = await written('d');
  const part = await loadBars(lake, 'large', { from: bars.openTimeMs[150_000], to: bars.openTimeMs[150_010] });
  expect(part.length).toBe(10);
  expect(part.handle.capacity).toBe(200_001);
  expect(part.dataHash).toBe(bars.dataHash);
  expect((await loadBars(lake, 'large', { from: bars.openTimeMs[200_000] + 1 })).length).toBe(0);
});
