import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDataset, exportDataset, importCandles, importOfBars, listDatasets, loadBars, openLake, readDataset, removeDataset, resampleBars, syntheticMarket, writeDataset } from '../../../datasets/index.ts';
import { type Bars, barsFromColumns, DAY_MS, HOUR_MS, toArrowTable } from '../../../engine/index.ts';
import { randomWalk } from '../../support/small-market.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();

async function lakeWith(name: string, bars: Bars, id = 'walk') {
  const lake = openLake(join(root, name));
  const written = await writeDataset(lake, importOfBars(bars, 'test/1', []), { id, instrument: bars.instrument, timeframeMs: bars.timeframeMs, importedAtMs: 0 });
  return { lake, ...written };
}

const columnsOf = ({ openTimeMs, open, high, low, close, volume }: Bars) => [openTimeMs, open, high, low, close, volume].map((column) => [...column]);

describe('a dataset of the lake', () => {
  const { bars } = syntheticMarket({ kind: 'noise', seed: 4, bars: 5000 });
  bars.volume.fill(Number.NaN, 10, 20); // absent, not zero
  bars.volume[30] = 0;

  it('comes back to the bit, an absent volume as NaN, from Parquet and from the column cache', async () => {
    const { lake } = await lakeWith('bits', bars);
    const first = await loadBars(lake, 'walk');
    expect(existsSync(join(root, 'bits/walk/columns.bin'))).toBe(true);
    const second = await loadBars(lake, 'walk');
    expect(columnsOf(first)).toEqual(columnsOf(bars));
    expect(columnsOf(second)).toEqual(columnsOf(bars));
    expect(first.close.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(second.dataHash).toBe(first.dataHash);
  });

  it('has the same Parquet bytes and content hash whenever it is written', async () => {
    const a = await lakeWith('same-a', bars);
    const b = await lakeWith('same-b', bars);
    expect(a.dataset.contentHash).toBe(b.dataset.contentHash);
    expect(readFileSync(join(root, 'same-a/walk/candles.parquet'))).toEqual(readFileSync(join(root, 'same-b/walk/candles.parquet')));
  });

  it('is left alone by the same import and refused by another one unless it replaces', async () => {
    const { lake } = await lakeWith('again', bars);
    expect((await lakeWith('again', bars)).isNew).toBe(false);
    await expect(lakeWith('again', randomWalk(50))).rejects.toThrow(/dataset "walk" must not exist with other content/);
    const other = randomWalk(50);
    await writeDataset(lake, importOfBars(other, 'test/1', []), { id: 'walk', instrument: other.instrument, timeframeMs: DAY_MS, importedAtMs: 0, replace: true });
    expect((await loadBars(lake, 'walk')).length).toBe(50);
  });

  it('is read again from Parquet when its cache is torn or foreign', async () => {
    const { lake } = await lakeWith('torn', bars);
    await loadBars(lake, 'walk');
    const cache = join(root, 'torn/walk/columns.bin');
    for (const content of [Buffer.alloc(0), readFileSync(cache).subarray(0, 999), Buffer.from('not a cache')]) {
      writeFileSync(cache, content);
      expect(columnsOf(await loadBars(lake, 'walk'))).toEqual(columnsOf(bars));
    }
    const flipped = readFileSync(cache);
    flipped[flipped.length - 5] ^= 1;
    writeFileSync(cache, flipped);
    expect(columnsOf(await loadBars(lake, 'walk'))).toEqual(columnsOf(bars));
  });

  it('is found out when its Parquet is not what was imported', async () => {
    const { lake } = await lakeWith('changed', bars);
    const { lake: other } = await lakeWith('changed-other', syntheticMarket({ kind: 'noise', seed: 5, bars: 5000 }).bars);
    expect((await checkDataset(lake, 'walk')).dataset.id).toBe('walk');
    writeFileSync(join(root, 'changed/walk/candles.parquet'), readFileSync(join(other.directory, 'walk/candles.parquet')));
    await expect(checkDataset(lake, 'walk')).rejects.toThrow(/must have the content hash/);
  });

  it('is the old one or the new one after a kill: half-written folders are no datasets', async () => {
    const { lake } = await lakeWith('killed', bars);
    mkdirSync(join(root, 'killed/.new-999999999-abc'), { recursive: true });
    writeFileSync(join(root, 'killed/.new-999999999-abc/dataset.json'), '{}');
    expect(listDatasets(openLake(join(root, 'killed'))).map(({ id }) => id)).toEqual(['walk']);
    expect(readdirSync(lake.directory)).toEqual(['walk']);
  });

  it('loads a range, and says which name was meant', async () => {
    const { lake } = await lakeWith('range', bars);
    const part = await loadBars(lake, 'walk', { from: bars.openTimeMs[100], to: bars.openTimeMs[200] });
    expect([part.length, part.close[0]]).toEqual([100, bars.close[100]]);
    await expect(loadBars(lake, 'wlak')).rejects.toThrow(/did you mean "walk"/);
    removeDataset(lake, 'walk');
    expect(listDatasets(lake)).toEqual([]);
  });

  it('exports in three formats that import again to the same content', async () => {
    const { lake } = await lakeWith('export', randomWalk(300));
    const hash = readDataset(lake, 'walk').contentHash;
    for (const format of ['csv', 'parquet', 'arrow'] as const) {
      const file = join(root, `export.${format}`);
      await exportDataset(lake, 'walk', file, format);
      const { candles, timeframeMs } = await importCandles([file], { timeframe: '1d' });
      expect(barsFromColumns(candles, timeframeMs, randomWalk(1).instrument).dataHash, format).toBe(hash);
    }
  });

  it('shares its memory with an Arrow table', async () => {
    const { lake } = await lakeWith('arrow', randomWalk(100));
    const loaded = await loadBars(lake, 'walk');
    const table = await toArrowTable(loaded);
    loaded.open[7] = -1;
    expect(table.getChild('open')?.get(7)).toBe(-1);
  });
});

describe('resampling', () => {
  it('keeps open, extremes, close and the sum of volume of whole buckets', () => {
    const t = (hour: number): number => Date.UTC(2024, 0, 1) + hour * HOUR_MS;
    const hourly = barsFromColumns(
      { openTimeMs: [t(1), t(2), t(4), t(5), t(6)], open: [1, 2, 3, 4, 5], high: [3, 9, 4, 6, 7], low: [0.5, 1, 2, 3, 4], close: [2, 3, 4, 5, 6], volume: [1, 2, 3, 4, 5] },
      HOUR_MS,
      randomWalk(1).instrument,
    );
    const bars = resampleBars(hourly, 2 * HOUR_MS);
    expect([...bars.openTimeMs]).toEqual([t(2), t(4)]); // the buckets of 0 h and 6 h are not whole
    expect([...bars.open]).toEqual([2, 3]);
    expect([...bars.high]).toEqual([9, 6]);
    expect([...bars.low]).toEqual([1, 2]);
    expect([...bars.close]).toEqual([3, 5]);
    expect([...bars.volume]).toEqual([2, 7]);
  });
});
