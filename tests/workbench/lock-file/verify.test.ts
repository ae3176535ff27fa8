import { cpSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { importOfBars, openLake, syntheticMarket, writeDataset } from '../../../datasets/index.ts';
import { DAY_MS, ENGINE_VERSION, sliceBars } from '../../../engine/index.ts';
import {
  backtest, figuresOfClaims, findFinished, type LockedStudy, lockStudy, readLockFile, saveArtefact, type StudyOutcome, sweepStudy, validateStudy, verifyLock, type VerifyOptions, writeLockFile,
} from '../../../workbench/index.ts';
import { crossingStrategy } from '../../support/crossing-strategy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const home = join(folder, '.assay');
const [cacheDir, lockFile, strategy] = [join(home, 'cache'), join(folder, 'assay.lock.json'), join(folder, 'my.ts')];
const artefacts = join(home, 'artefacts');
const { bars } = syntheticMarket({ kind: 'momentum', seed: 3, bars: 900, timeframeMs: DAY_MS, sharpeAnn: 4 });
const ledger = { home };
const lock = (id: string, over: object = {}): Promise<LockedStudy> => lockStudy(found(id), { home, cacheDir, lockFile, ...over });
const found = (id: string) => findFinished(home, id) ?? expect.unreachable(`${id} is not stored`);
const verify = async (name: string, over: Partial<VerifyOptions> = {}): Promise<StudyOutcome> => {
  const [outcome] = await verifyLock(await readLockFile(lockFile), { home, cacheDir, lockFile, only: [name], workers: 1, ...over });
  return outcome;
};

async function store(of = bars): Promise<void> {
  await writeDataset(openLake(join(home, 'lake')), importOfBars(of, 'synthetic/1', []), { id: 'planted', instrument: bars.instrument, timeframeMs: DAY_MS, importedAtMs: 0, replace: true });
}

beforeAll(async () => {
  await store();
  writeFileSync(strategy, crossingStrategy());
  const run = await backtest({ strategy, data: sliceBars(bars, 100, 800), cacheDir, ledger });
  saveArtefact(artefacts, { schema: 'assay-artefact/3', kind: 'run', run });
  const search = { strategy: 'ema-cross', data: bars, cacheDir, axes: { fastBars: [3, 6], slowBars: [12, 20] }, workers: 1, ledger };
  const sweep = await sweepStudy({ ...search, directory: join(home, 'sweeps') });
  const judged = await validateStudy({ ...search, windows: { train: '300d', test: '90d' }, draws: 100, permutations: 0 });
  saveArtefact(artefacts, { schema: 'assay-artefact/3', kind: 'validation', ...judged });
  saveArtefact(artefacts, { schema: 'assay-artefact/3', kind: 'walkforward', walkForward: judged.walkForward });
  writeLockFile(lockFile, {
    mine: await lock(run.id, { strategy }), sweep: await lock(sweep.id), judged: await lock(judged.validation.id), walk: await lock(judged.walkForward.id),
  });
});

describe('a locked study', () => {
  it('states how it is found again, and that a stretch of its data was read', async () => {
    const { mine, sweep } = (await readLockFile(lockFile)).studies;
    expect(mine).toMatchObject({ strategy: './my.ts', data: [{ kind: 'lake', dataset: 'planted' }], wholeData: [false], claim: 'my-cross on MOMENTUM/USDT 1d', spec: { markets: [{ bars: 700 }] } });
    expect(sweep).toMatchObject({ wholeData: [true], result: { figures: { trials: 4, failed: 0 }, series: { trials: { length: 4 } } } });
  });

  it.each(['mine', 'sweep', 'walk', 'judged'])('is equal when nothing changed: %s', async (name) => {
    expect(await verify(name)).toMatchObject({ name, state: 'equal', notes: [], figures: [], first: [], rewrittenFiles: [] });
  });

  it('is replayed without being counted, and a validation is judged by what the ledger said then', async () => {
    const counted = (): string => JSON.stringify(figuresOfClaims(home), (key, value: unknown) => (key === 'ledgerHash' ? undefined : value));
    const before = counted();
    await backtest({ strategy: 'ema-cross', data: bars, params: { fastBars: 4, slowBars: 33 }, cacheDir, ledger });
    const after = counted();
    expect(after).not.toEqual(before);
    expect(await verify('judged')).toMatchObject({ state: 'equal' });
    const elsewhere = join(folder, 'another-machine'); // with the lake, and an empty ledger
    cpSync(join(home, 'lake'), join(elsewhere, 'lake'), { recursive: true });
    expect(await verify('judged', { home: elsewhere })).toMatchObject({ state: 'equal' });
    expect(counted()).toEqual(after);
  });

  it('of which only the engine has another version is equal with a note', async () => {
    const { walk } = (await readLockFile(lockFile)).studies;
    const older = { ...walk, spec: { ...walk.spec, engineVersion: '0.0.9' } } as LockedStudy;
    expect(await verifyLock({ schema: 'assay-lock/1', studies: { walk: older } }, { home, cacheDir, lockFile, workers: 1 })).toMatchObject([{ state: 'equal', notes: [`engine version changed, 0.0.9 to ${ENGINE_VERSION}`] }]);
  });

  it('drifts by a figure that is not the locked one', async () => {
    const { studies } = await readLockFile(lockFile);
    const edited = JSON.parse(JSON.stringify(studies.walk)) as { result: { figures: { metrics: { sharpeAnn: number } } } };
    const { metrics } = edited.result.figures;
    const locked = metrics.sharpeAnn + 1e-6;
    metrics.sharpeAnn = locked;
    const [outcome] = await verifyLock({ schema: 'assay-lock/1', studies: { walk: edited as unknown as LockedStudy } }, { home, cacheDir, lockFile, workers: 1 });
    expect(outcome).toMatchObject({ state: 'drifted', figures: [{ field: 'metrics.sharpeAnn', promised: locked, found: locked - 1e-6 }], first: [] });
  });

  it('of which other code makes other trades drifts, and of which it makes the same is equal with a note', async () => {
    writeFileSync(strategy, crossingStrategy({ comment: 'export const said = 1;' }));
    expect(await verify('mine')).toMatchObject({ state: 'equal', notes: [expect.stringMatching(/^code changed, \w{12} to \w{12}$/)] });
    writeFileSync(strategy, crossingStrategy({ holdFrac: 0.01 }));
    const exact = await verify('mine');
    expect(exact).toMatchObject({ state: 'drifted', first: [{ series: 'trades', locked: { side: 'long' }, now: { side: 'long' } }, { series: 'equity' }] });
    const [{ from, to, locked, now }] = exact.first;
    expect(to - from).toBe(1);
    expect(locked).not.toEqual(now);
    renameSync(artefacts, `${artefacts}-elsewhere`); // as in CI: the result itself is stored nowhere
    expect((await verify('mine')).first).toMatchObject([{ series: 'trades', from, to, locked: null, now }, { series: 'equity', locked: null }]);
    renameSync(`${artefacts}-elsewhere`, artefacts);
    writeFileSync(strategy, crossingStrategy());
  });

  it('fails with the reason where its code does not compile, and says that a strategy is missing', async () => {
    writeFileSync(strategy, 'export default {');
    expect(await verify('mine')).toMatchObject({ state: 'failed', reason: expect.stringContaining('[strategy-file-invalid]') as string, now: null });
    renameSync(strategy, `${strategy}.away`);
    expect(await verify('mine')).toMatchObject({ state: 'strategy-missing', reason: './my.ts is not there' });
    writeFileSync(strategy, crossingStrategy());
  });

  it('of which the data changed names it, and is replayed on it when that is accepted', async () => {
    await store(sliceBars(bars, 0, 899));
    expect(await verify('sweep')).toMatchObject({ state: 'data-changed', reason: expect.stringMatching(/^dataset planted holds other bars of MOMENTUM\/USDT: locked 900 bars .* now 899 bars/) as string, now: null });
    expect(await verify('sweep', { acceptsData: true })).toMatchObject({ state: 'data-changed', now: { spec: { markets: [{ bars: 899 }] } } });
    await store();
    renameSync(join(home, 'lake'), join(home, 'away'));
    expect(await verify('sweep')).toMatchObject({ state: 'dataset-missing', reason: expect.stringContaining('dataset planted below') as string });
    renameSync(join(home, 'away'), join(home, 'lake'));
  });
});
