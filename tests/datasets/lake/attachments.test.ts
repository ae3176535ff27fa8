import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  attachFunding, attachMark, checkDataset, type FundingImport, importFunding, importOfBars, loadBars, openLake, readDataset, syntheticMarket, writeDataset,
} from '../../../datasets/index.ts';
import { type Bars, barsFromColumns, HOUR_MS, sliceBars, withFunding } from '../../../engine/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();
const { bars: walk } = syntheticMarket({ kind: 'noise', seed: 2, bars: 200 });
const PERPETUAL = { ...walk.instrument, symbol: 'BTC/USDT', kind: 'perpetual' } as const;
const bars = barsFromColumns(walk, HOUR_MS, PERPETUAL);
const START = bars.openTimeMs[0];

async function lakeWith(name: string, candles: Bars = bars, replace = false) {
  const lake = openLake(join(root, name));
  const written = await writeDataset(lake, importOfBars(candles, 'test/1', []), {
    id: 'perp', instrument: candles.instrument, timeframeMs: candles.timeframeMs, importedAtMs: 0, replace,
  });
  return { lake, ...written };
}

/** Payments every 8 hours from a day before the bars to a day after them. */
async function fundingFile(name: string, rate = 0.0001, symbol = 'BTCUSDT'): Promise<FundingImport> {
  const path = join(root, name);
  const rows = Array.from({ length: 31 }, (_, k) => `${symbol},${START + (k - 3) * 8 * HOUR_MS + 2},${rate * (k + 1)},${k % 2 === 0 ? 100 + k : ''}`);
  writeFileSync(path, ['symbol,fundingTime,fundingRate,markPrice', ...rows].join('\n'));
  return importFunding(path);
}

const shifted = (candles: Bars): Bars => barsFromColumns({ ...candles, open: candles.open.map((x) => x * 1.001), high: candles.high.map((x) => x * 1.001), low: candles.low.map((x) => x * 1.001), close: candles.close.map((x) => x * 1.001) }, candles.timeframeMs, candles.instrument);
const markOf = (candles: Bars) => importOfBars(shifted(candles), 'test/1', []);

describe('funding attached to a dataset', () => {
  it('comes with its bars, from Parquet and from the cache, and changes their hash', async () => {
    const { lake, dataset } = await lakeWith('attached');
    const bare = await loadBars(lake, 'perp');
    const attached = await attachFunding(lake, 'perp', await fundingFile('a.csv'), { attachedAtMs: 7 });
    expect(attached).toMatchObject({ isNew: true, dataset: { candlesHash: dataset.contentHash, funding: { rows: 31, intervalMs: 8 * HOUR_MS, rowsWithMarkPrice: 16, attachedAtMs: 7, sources: [{ name: 'a.csv' }] } } });
    for (const from of ['Parquet', 'cache']) {
      const loaded = await loadBars(lake, 'perp');
      expect(loaded.dataHash, from).toBe(attached.dataset.contentHash);
      expect(loaded.dataHash, from).not.toBe(bare.dataHash);
      expect(loaded.funding?.timeMs[0], from).toBe(START);
      expect([loaded.funding?.timeMs.length, loaded.funding?.rate[0], loaded.funding?.markPrice[0], loaded.funding?.markPrice[1]], from).toEqual([25, 0.0001 * 4, Number.NaN, 104]);
      expect(loaded.funding?.timeMs.buffer, from).toBeInstanceOf(SharedArrayBuffer);
    }
    expect(existsSync(join(root, 'attached/perp/funding.bin'))).toBe(true);
    expect((await checkDataset(lake, 'perp')).dataset.funding?.rows).toBe(31);
    expect((await loadBars(lake, 'perp', { from: START + 20 * HOUR_MS, to: START + 40 * HOUR_MS })).funding?.timeMs).toHaveLength(2);
  });

  it('has the hash of the same bars with the same payments from anywhere', async () => {
    const { lake } = await lakeWith('same');
    const funding = await fundingFile('same.csv');
    const { dataset } = await attachFunding(lake, 'perp', funding, { attachedAtMs: 0 });
    const within = (column: Float64Array): Float64Array => column.subarray(3, 28);
    expect(withFunding(bars, { timeMs: within(funding.timeMs), rate: within(funding.rate), markPrice: within(funding.markPrice) }).dataHash).toBe(dataset.contentHash);
  });

  it('is left alone by the same file, and other content needs to replace it', async () => {
    const { lake } = await lakeWith('again');
    const funding = await fundingFile('one.csv');
    const first = await attachFunding(lake, 'perp', funding, { attachedAtMs: 0 });
    expect(await attachFunding(lake, 'perp', funding, { attachedAtMs: 9 })).toEqual({ ...first, isNew: false });
    const other = await fundingFile('two.csv', 0.0002);
    await expect(attachFunding(lake, 'perp', other, { attachedAtMs: 0 })).rejects.toMatchObject({ code: 'funding-exists', message: expect.stringMatching(/31 rows from one\.csv.*--replace/) as string });
    expect((await attachFunding(lake, 'perp', other, { attachedAtMs: 0, replace: true })).dataset.contentHash).not.toBe(first.dataset.contentHash);
  });

  it('stays when candles are imported again, longer, and then pays on the new bars too', async () => {
    const { lake } = await lakeWith('longer', sliceBars(bars, 0, 100));
    await attachFunding(lake, 'perp', await fundingFile('longer.csv'), { attachedAtMs: 0 });
    expect((await loadBars(lake, 'perp')).funding?.timeMs).toHaveLength(13);
    const { dataset } = await lakeWith('longer', bars, true);
    expect(dataset.notes).toContain('funding attached before stay attached');
    const loaded = await loadBars(lake, 'perp');
    expect([loaded.length, loaded.funding?.timeMs.length, loaded.dataHash]).toEqual([200, 25, dataset.contentHash]);
    await checkDataset(lake, 'perp');
    expect((await lakeWith('longer', bars)).isNew).toBe(false);
  });

  it('is not lost to candles that cannot keep it', async () => {
    const { lake } = await lakeWith('kept');
    await attachFunding(lake, 'perp', await fundingFile('kept.csv'), { attachedAtMs: 0 });
    await expect(lakeWith('kept', walk, true)).rejects.toMatchObject({ code: 'attachments-in-the-way', message: expect.stringMatching(/assay data remove perp/) as string });
    writeFileSync(join(root, 'kept/perp/dataset.json'), '{');
    await expect(lakeWith('kept', bars, true)).rejects.toMatchObject({ code: 'attachments-in-the-way' });
  });

  it('is mended by attaching the file again when its table is damaged', async () => {
    const { lake } = await lakeWith('damaged');
    const funding = await fundingFile('damaged.csv');
    await attachFunding(lake, 'perp', funding, { attachedAtMs: 0 });
    const table = join(root, 'damaged/perp/funding.parquet');
    writeFileSync(table, readFileSync(table).subarray(0, 50));
    await expect(loadBars(lake, 'perp')).rejects.toMatchObject({ code: 'attachment-changed', message: expect.stringMatching(/assay data funding perp <file> --replace/) as string });
    await attachFunding(lake, 'perp', funding, { attachedAtMs: 0 });
    expect((await loadBars(lake, 'perp')).funding?.timeMs).toHaveLength(25);
    writeFileSync(join(root, 'damaged/perp/funding.bin'), 'not a cache');
    expect((await loadBars(lake, 'perp')).funding?.timeMs).toHaveLength(25);
  });

  it('is refused on spot, outside the bars, and of another coin', async () => {
    const { lake } = await lakeWith('spot', walk);
    await expect(attachFunding(lake, 'perp', await fundingFile('s.csv', 0.0001, 'NOISEUSDT'), { attachedAtMs: 0 })).rejects.toMatchObject({ code: 'funding-on-spot', message: expect.stringMatching(/--kind perpetual/) as string });
    const { lake: other } = await lakeWith('other');
    const xrp = await fundingFile('x.csv', 0.0001, 'XRPUSDT');
    await expect(attachFunding(other, 'perp', xrp, { attachedAtMs: 0 })).rejects.toMatchObject({ code: 'funding-other-market', message: expect.stringMatching(/x\.csv must be of BTC\/USDT, says XRP\/USDT.*--anyway/) as string });
    expect(await attachFunding(other, 'perp', xrp, { attachedAtMs: 0, anyway: true })).toMatchObject({ isNew: true });
    const late = { ...xrp, symbol: undefined, timeMs: xrp.timeMs.map((time) => time + 1e11) };
    await expect(attachFunding(other, 'perp', late, { attachedAtMs: 0, replace: true })).rejects.toMatchObject({ code: 'funding-outside' });
  });
});

describe('mark prices attached to a dataset', () => {
  it('are joined by open time, NaN where there is none, beside the funding', async () => {
    const { lake } = await lakeWith('mark');
    await attachFunding(lake, 'perp', await fundingFile('m.csv'), { attachedAtMs: 0 });
    const funded = readDataset(lake, 'perp');
    const { dataset } = await attachMark(lake, 'perp', markOf(sliceBars(bars, 10, 150)), { attachedAtMs: 0 });
    expect(dataset).toMatchObject({ candlesHash: bars.dataHash, funding: { rows: 31 }, mark: { rows: 140 } });
    expect(dataset.contentHash).not.toBe(funded.contentHash);
    for (const from of ['Parquet', 'cache']) {
      const { mark, funding, close, dataHash } = await loadBars(lake, 'perp');
      expect([mark?.close[9], mark?.close[10], mark?.close[149], mark?.close[150]], from).toEqual([Number.NaN, close[10] * 1.001, close[149] * 1.001, Number.NaN]);
      expect([funding?.timeMs.length, dataHash], from).toEqual([25, dataset.contentHash]);
    }
    await checkDataset(lake, 'perp');
  });

  it('of a finer timeframe are resampled, of a coarser one refused', async () => {
    const { bars: fine } = syntheticMarket({ kind: 'noise', seed: 2, bars: 800, timeframeMs: HOUR_MS / 4 });
    const { lake } = await lakeWith('fine');
    const { dataset } = await attachMark(lake, 'perp', importOfBars(fine, 'test/1', []), { attachedAtMs: 0 });
    expect(dataset.mark).toMatchObject({ rows: 200, notes: ['mark candles of 15m are resampled to 1h'] });
    const { bars: coarse } = syntheticMarket({ kind: 'noise', seed: 2, bars: 30, timeframeMs: 8 * HOUR_MS });
    await expect(attachMark(lake, 'perp', importOfBars(coarse, 'test/1', []), { attachedAtMs: 0, replace: true })).rejects.toMatchObject({
      name: 'DataError', code: 'mark-coarser', message: expect.stringMatching(/mark candles of 1h.*holds 8h/) as string,
    });
  });

  it('are refused on spot and where no bar has one', async () => {
    const { lake } = await lakeWith('bad-mark');
    const late = barsFromColumns({ ...bars, openTimeMs: bars.openTimeMs.map((time) => time + 1e11 - (1e11 % HOUR_MS)) }, HOUR_MS, PERPETUAL);
    await expect(attachMark(lake, 'perp', markOf(late), { attachedAtMs: 0 })).rejects.toMatchObject({ code: 'mark-outside' });
    rmSync(join(root, 'bad-mark'), { recursive: true });
    await lakeWith('bad-mark', walk);
    await expect(attachMark(lake, 'perp', markOf(walk), { attachedAtMs: 0 })).rejects.toMatchObject({ code: 'mark-on-spot' });
  });
});
