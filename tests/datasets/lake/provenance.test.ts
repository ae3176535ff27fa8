import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  checkDataset, datasetIdOf, describeDataset, findSp500File, importCandles, importOfBars, type Lake, listDatasets, loadBars, loadSp500, openLake,
  readDataset, removeDataset, SP500_INSTRUMENT, syntheticMarket, type WriteOptions, writeDataset,
} from '../../../datasets/index.ts';
import { type Bars, barsFromColumns, DAY_MS, HOUR_MS, sha256 } from '../../../engine/index.ts';
import { randomWalk } from '../../support/small-market.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();
const walk = randomWalk(40);

function write(lake: Lake, bars: Bars, options: Partial<WriteOptions> = {}) {
  const { instrument, timeframeMs } = bars;
  return writeDataset(lake, importOfBars(bars, 'test/3', ['made by hand']), { id: 'walk', instrument, timeframeMs, importedAtMs: 17, ...options });
}

describe('the name of a dataset', () => {
  it.each([
    [{ venue: 'binance', symbol: 'BTC/USDT', kind: 'spot' }, HOUR_MS, 'binance-btc-usdt-1h'],
    [{ venue: 'Binance', symbol: 'BTC/USDT:USDT', kind: 'perpetual' }, 4 * HOUR_MS, 'binance-btc-usdt-usdt-perp-4h'],
    [{ venue: 'sample', symbol: 'SP500/USD', kind: 'spot' }, DAY_MS, 'sample-sp500-usd-1d'],
  ] as const)('of %o is made of venue, symbol and timeframe', (facts, timeframeMs, id) => {
    expect(datasetIdOf({ ...facts, calendar: '24/7', market: 'continuous' }, timeframeMs)).toBe(id);
  });

  it('is derived when none is given, and found again by instrument and timeframe', async () => {
    const lake = openLake(join(root, 'derived'));
    const { dataset } = await write(lake, walk, { id: undefined });
    expect(dataset.id).toBe('test-test-usdt-1d');
    expect((await loadBars(lake, { instrument: walk.instrument, timeframeMs: DAY_MS })).length).toBe(40);
  });

  it.each(['Walk', '../walk', 'a b', '', '.old-x'])('"%s" is refused', async (id) => {
    await expect(write(openLake(join(root, 'names')), walk, { id })).rejects.toMatchObject({ code: 'dataset-id-invalid' });
  });
});

describe('the manifest', () => {
  it('says where the candles came from and what was wrong with them', async () => {
    const file = join(root, 'prices.csv');
    const text = 'time,open,high,low,close,volume\n2024-01-01,1,2,1,2,5\n2024-01-02,"x, y",2,1,2,5\n2024-01-03,2,3,2,3,6\n2024-01-04,3,4,3,4,7\n';
    writeFileSync(file, text);
    const result = await importCandles([file], { timeframe: '1d', onDefect: 'quarantine' });
    const lake = openLake(join(root, 'manifest'));
    const { dataset } = await writeDataset(lake, result, { id: 'own', instrument: walk.instrument, timeframeMs: DAY_MS, importedAtMs: 1_700_000_000_000 });
    expect(dataset).toMatchObject({
      schema: 'assay-dataset/1', id: 'own', rows: 3, rowsRead: 4, rowsKept: 3, rowsQuarantined: 1, importedAtMs: 1_700_000_000_000,
      firstTimeMs: Date.UTC(2024, 0, 1), lastTimeMs: Date.UTC(2024, 0, 4),
      sources: [{ name: 'prices.csv', sha256: sha256(text), bytes: text.length }],
    });
    expect(dataset.defects.map(({ kind }) => kind)).toContain('text-in-number');
    expect(JSON.parse(readFileSync(join(lake.directory, 'own/dataset.json'), 'utf8'))).toEqual(dataset);
    const quarantine = readFileSync(join(lake.directory, 'own/quarantine.csv'), 'utf8').trimEnd().split('\n');
    expect(quarantine[0]).toBe('file,line,open_time,reason,text');
    expect(quarantine[1]).toMatch(/^"prices\.csv",3,.*x, y/);
  });

  it('has the content hash of the bars themselves', async () => {
    const lake = openLake(join(root, 'hash'));
    const { dataset } = await write(lake, walk);
    expect(dataset.contentHash).toBe(walk.dataHash);
    expect((await loadBars(lake, 'walk')).dataHash).toBe(walk.dataHash);
  });

  it('of another schema is named with the remedy, and the dataset can still be removed', async () => {
    const lake = openLake(join(root, 'schema'));
    await write(lake, walk);
    writeFileSync(join(lake.directory, 'walk/dataset.json'), '{"schema":"assay-dataset/9","id":"walk"}');
    await expect(loadBars(lake, 'walk')).rejects.toThrow(/must be of schema assay-dataset\/1 .* was assay-dataset\/9 .*import the dataset again/);
    await expect(write(lake, walk)).rejects.toMatchObject({ code: 'dataset-exists' });
    expect((await write(lake, walk, { replace: true })).isNew).toBe(true);
    removeDataset(lake, 'walk');
    expect(readdirSync(lake.directory)).toEqual([]);
  });

  it('of an import without bars is not written', async () => {
    const lake = openLake(join(root, 'empty'));
    await expect(write(lake, randomWalk(0))).rejects.toMatchObject({ code: 'dataset-empty' });
    expect(readdirSync(lake.directory)).toEqual([]);
  });
});

describe('a damaged dataset', () => {
  it('is said to be unreadable, and the same import mends it', async () => {
    const lake = openLake(join(root, 'damaged'));
    await write(lake, walk);
    writeFileSync(join(lake.directory, 'walk/candles.parquet'), 'PAR1 and no more');
    await expect(loadBars(lake, 'walk')).rejects.toMatchObject({ code: 'candles-unreadable' });
    await expect(describeDataset(lake, 'walk')).rejects.toMatchObject({ code: 'candles-unreadable' });
    await expect(checkDataset(lake, 'walk')).rejects.toMatchObject({ code: 'candles-unreadable' });
    expect((await write(lake, walk)).isNew).toBe(true);
    expect((await loadBars(lake, 'walk')).dataHash).toBe(walk.dataHash);
    expect((await write(lake, walk)).isNew).toBe(false);
  });
});

describe('a replacement that was killed', () => {
  it('between its two renames leaves the old dataset', async () => {
    const lake = openLake(join(root, 'between'));
    await write(lake, walk);
    renameSync(join(lake.directory, 'walk'), join(lake.directory, '.old-walk'));
    expect((await loadBars(lake, 'walk')).length).toBe(40); // found by whoever looks, not only by the next to open the lake
    expect(readdirSync(lake.directory)).toEqual(['walk']);
  });

  it('after its second rename leaves the new dataset', async () => {
    const lake = openLake(join(root, 'after'));
    await write(lake, walk);
    mkdirSync(join(lake.directory, '.old-walk'));
    writeFileSync(join(lake.directory, '.old-walk/dataset.json'), '{}');
    expect(listDatasets(openLake(lake.directory))).toHaveLength(1);
    expect(readdirSync(lake.directory)).toEqual(['walk']);
  });

  it('has its unfinished folder left alone while its process lives', async () => {
    const lake = openLake(join(root, 'alive'));
    const busy = join(lake.directory, `.new-${process.pid}-abc`);
    mkdirSync(busy);
    openLake(lake.directory);
    expect(existsSync(busy)).toBe(true);
    expect(listDatasets(lake)).toEqual([]);
  });
});

describe('a description', () => {
  it('counts what is missing and sums up the rest', async () => {
    const t = (hour: number): number => Date.UTC(2024, 0, 1) + hour * HOUR_MS;
    const bars = barsFromColumns(
      { openTimeMs: [t(0), t(1), t(4)], open: [1, 2, 4], high: [2, 5, 6], low: [1, 0.5, 4], close: [2, 4, 6], volume: [1, Number.NaN, 2.5] },
      HOUR_MS,
      walk.instrument,
    );
    const lake = openLake(join(root, 'described'));
    await write(lake, bars);
    const { dataset, summary } = await describeDataset(lake, 'walk');
    expect(dataset.notes).toEqual(['made by hand']);
    expect(dataset.importer).toEqual({ name: 'test', version: '3' });
    expect(summary).toEqual({
      lowest: 0.5, highest: 6, firstOpen: 1, lastClose: 6, volumeTotal: 3.5, barsWithoutVolume: 1, missingBars: 2, gaps: 1,
      longestStepMs: 3 * HOUR_MS,
      returnSd: expect.closeTo(Math.SQRT1_2 * 0.5, 12), // of the returns 1 and 0.5
    });
  });

  it('has no volume where no bar has one', async () => {
    const lake = openLake(join(root, 'no-volume'));
    const bars = barsFromColumns({ ...walk, volume: walk.volume.map(() => Number.NaN) }, DAY_MS, walk.instrument);
    await write(lake, bars);
    const { summary } = await describeDataset(lake, 'walk');
    expect([summary.volumeTotal, summary.barsWithoutVolume, summary.gaps, summary.longestStepMs]).toEqual([null, 40, 0, DAY_MS]);
  });
});

describe('a check', () => {
  it('inspects the stored bars anew', async () => {
    const lake = openLake(join(root, 'checked'));
    const { bars } = syntheticMarket({ kind: 'noise', seed: 1, bars: 500, missingFrac: 0.1 });
    await write(lake, bars);
    const { defects } = await checkDataset(lake, 'walk');
    expect(defects.find(({ kind }) => kind === 'gap')?.measures?.missingBars).toBe(500 - bars.length);
  });
});

it('the sample imports like any file, to the same content as when loaded directly', async () => {
  const result = await importCandles([findSp500File() as string], { calendar: 'session' });
  const lake = openLake(join(root, 'sample'));
  const { dataset } = await writeDataset(lake, result, { instrument: SP500_INSTRUMENT, timeframeMs: result.timeframeMs, importedAtMs: 0 });
  expect(dataset.id).toBe('sample-sp500-usd-1d');
  expect(dataset.contentHash).toBe(loadSp500().dataHash);
  expect(readDataset(lake, dataset.id).rowsQuarantined).toBe(0);
});
