import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSp500 } from '../../../datasets/index.ts';
import { DAY_MS, sliceBars } from '../../../engine/index.ts';
import { backtest, defaultStudyName, loadBars, lockStudy, readLockFile, verifyLock, writeLockFile } from '../../../workbench/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const place = { home: folder, cacheDir: join(folder, 'cache'), lockFile: join(folder, 'assay.lock.json') };

beforeAll(async () => {
  const run = await backtest({ strategy: 'ema-cross', data: sliceBars(loadSp500(), 0, 600), cacheDir: place.cacheDir, ledger: null, venue: 'kraken-spot' });
  const study = await lockStudy({ schema: 'assay-artefact/3', kind: 'run', run }, place);
  writeLockFile(place.lockFile, { [defaultStudyName(study)]: study });
});

const edited = (change: (text: string) => string): string => {
  const file = join(folder, 'edited.lock.json');
  writeFileSync(file, change(readFileSync(place.lockFile, 'utf8')));
  return file;
};

describe('a lock file', () => {
  it('comes back as it was written, and replays the embedded sample without a lake or a ledger', async () => {
    const file = await readLockFile(place.lockFile);
    expect(file.studies).toMatchObject({ 'ema-cross-sp500-usd-1d-run': { data: [{ kind: 'sample' }], wholeData: [false], claim: null, spec: { config: { fees: { name: expect.any(String) as string } } } } });
    writeLockFile(join(folder, 'again.lock.json'), file.studies);
    expect(readFileSync(join(folder, 'again.lock.json'), 'utf8')).toBe(readFileSync(place.lockFile, 'utf8'));
    expect(await verifyLock(file, place)).toMatchObject([{ state: 'equal', notes: [] }]);
  });

  it('names the file of funding rates that is not what it was', async () => {
    const [candles, rates] = [join(folder, 'candles.csv'), join(folder, 'rates.csv')];
    const days = Array.from({ length: 400 }, (_, t) => ({ time: Date.UTC(2022, 0, 1) + t * DAY_MS, price: 100 + 10 * Math.sin(t / 20) }));
    writeFileSync(candles, ['open_time_ms,open,high,low,close,volume', ...days.map(({ time, price }) => `${time},${price},${price + 1},${price - 1},${price},1`)].join('\n'));
    const writeRates = (rate: number): void => writeFileSync(rates, ['fundingTime,fundingRate', ...days.map(({ time }) => `${time},${rate}`)].join('\n'));
    writeRates(0.0001);
    const run = await backtest({ strategy: 'ema-cross', data: await loadBars(candles, { funding: rates }), cacheDir: place.cacheDir, ledger: null });
    const study = await lockStudy({ schema: 'assay-artefact/3', kind: 'run', run }, { ...place, data: [candles], funding: rates });
    expect(study).toMatchObject({ data: [{ kind: 'file', path: './candles.csv', funding: './rates.csv' }], wholeData: [true], spec: { markets: [{ instrument: { kind: 'perpetual' } }] } });
    const verify = () => verifyLock({ schema: 'assay-lock/1', studies: { perpetual: study } }, place);
    expect(await verify()).toMatchObject([{ state: 'equal' }]);
    writeRates(0.0002);
    expect(await verify()).toMatchObject([{ state: 'data-changed', reason: expect.stringMatching(/^\.\/candles\.csv, with funding \.\/rates\.csv holds other bars/) as string }]);
  });

  it.each([
    ['a field of another type', (text: string) => text.replace('"takerFeeBps": ', '"takerFeeBps": "1", "other": '), /costs\.takerFeeBps/],
    ['a hash that is none', (text: string) => text.replace(/"dataHash": "\w{4}/, '"dataHash": "zzzz'), /spec\.markets\[0\]\.dataHash/],
    ['a field that no lock file has', (text: string) => text.replace('"studies"', '"extra": 1,\n  "studies"'), /extra/],
    ['a study without its result', (text: string) => text.replace('"result"', '"rezult"'), /result/],
    ['half of a file', (text: string) => text.slice(0, text.length / 2), /must be JSON/],
  ])('is refused for %s, which is named', async (_, change, message) => {
    await expect(readLockFile(edited(change))).rejects.toMatchObject({ code: 'lock-unreadable', message: expect.stringMatching(message) as string });
  });

  it('is refused for another version, and for not being there', async () => {
    await expect(readLockFile(edited((text) => text.replace('assay-lock/1', 'assay-lock/9')))).rejects.toMatchObject({ code: 'lock-version', message: expect.stringContaining('has assay-lock/9') as string });
    await expect(readLockFile(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'lock-missing' });
  });

  it('knows the names of its studies', async () => {
    const file = await readLockFile(place.lockFile);
    await expect(verifyLock(file, { ...place, only: ['ema-cross-sp500-usd-1d-rum'] })).rejects.toMatchObject({ code: 'lock-study-unknown', message: expect.stringContaining('did you mean "ema-cross-sp500-usd-1d-run"?') as string });
  });
});
