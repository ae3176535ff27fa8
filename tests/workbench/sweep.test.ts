import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { defineStrategy, HEADLINE_NAMES, int } from '../../engine/index.ts';
import { listSweeps, loadSweep, readTrials, sweepStudy, topTrials } from '../../workbench/index.ts';
import { randomWalk } from '../support/small-market.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { TIGHT_AXES, TIGHT_EXITS_FILE, wideBars } from '../support/tight-exits.ts';

const root = temporaryFolder();
const AXES = { fastBars: [3, 4, 5, 6, 8, 10, 12, 14, 16, 18], slowBars: [20, 24, 28, 32, 36, 40, 48, 56, 64, 80] };
const request = { strategy: 'ema-cross', data: [randomWalk(900), randomWalk(900, 2, { symbol: 'OTHER/USDT' })], axes: AXES, ledger: null };

/** Hashes of everything that a finished sweep stores. */
function bytesOf(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).sort().map((name) => [name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')]));
}

/** A directory whose sweep was stopped after its first block. */
async function interrupted(name: string): Promise<string> {
  const controller = new AbortController();
  const directory = join(root, name);
  await sweepStudy({ ...request, directory, workers: 1, signal: controller.signal, onProgress: () => controller.abort() }).catch(() => undefined);
  return directory;
}

describe('a stored sweep', () => {
  it('has the same bytes for one worker and for two', async () => {
    const one = await sweepStudy({ ...request, directory: join(root, 'one'), workers: 1 });
    const two = await sweepStudy({ ...request, directory: join(root, 'two'), workers: 2 });
    expect(one.trials).toBe(200);
    expect(one.id).toBe(two.id);
    expect(Object.keys(bytesOf(one.directory))).toEqual(['spec.json', 'sweep.json', 'trials-00000.parquet']);
    expect(bytesOf(two.directory)).toEqual(bytesOf(one.directory));
  });

  it('carries the ambiguity band of each trial, the same for one worker and for two', async () => {
    const file = join(root, 'tight-exits.ts');
    writeFileSync(file, TIGHT_EXITS_FILE);
    const tight = { strategy: file, data: wideBars(900, 3), axes: TIGHT_AXES, cacheDir: join(root, 'cache'), ledger: null };
    const [one, two] = [await sweepStudy({ ...tight, directory: join(root, 'band-1'), workers: 1 }), await sweepStudy({ ...tight, directory: join(root, 'band-2'), workers: 2 })];
    expect(bytesOf(two.directory)).toEqual(bytesOf(one.directory));
    const trials = await readTrials(one.directory);
    const optimistic = await readTrials((await sweepStudy({ ...tight, intrabar: 'optimistic', directory: join(root, 'band-1') })).directory);
    expect(trials.filter(({ band }) => (band?.ambiguousBars ?? 0) > 0)).toHaveLength(9);
    for (const [i, { metrics, band }] of trials.entries()) {
      for (const name of HEADLINE_NAMES) {
        expect(band?.pessimistic[name]).toBe(metrics?.[name]);
        expect(band?.optimistic[name]).toBe(optimistic[i].metrics?.[name]);
        expect(optimistic[i].band?.pessimistic[name]).toBe(metrics?.[name]);
      }
      expect(band?.pessimistic.totalReturn).toBeLessThanOrEqual(band?.optimistic.totalReturn as number);
    }
    const [best] = await topTrials(one.directory, 'sharpeAnnOptimistic', 1);
    expect(best.band?.optimistic.sharpeAnn).toBe(Math.max(...trials.map((trial) => trial.band?.optimistic.sharpeAnn as number)));
    expect(one.best[0]?.band).toEqual(trials[one.best[0]?.index as number].band);
  });

  it('is not read when its trials have the columns of another layout', async () => {
    const { directory } = await sweepStudy({ ...request, directory: join(root, 'old') });
    for (const name of ['spec.json', 'sweep.json']) {
      const file = join(directory, name);
      writeFileSync(file, readFileSync(file, 'utf8').replace(/"trialLayout":\d+,/, ''));
    }
    expect(() => loadSweep(directory)).toThrow(/must have layout 2, was 1: run the sweep again/);
    await expect((async () => readTrials(directory))()).rejects.toThrow(/must have layout 2/);
  });

  it('goes on after an abort and ends with the same bytes', async () => {
    const whole = await sweepStudy({ ...request, directory: join(root, 'whole') });
    const controller = new AbortController();
    const directory = join(root, 'aborted');
    const aborted = sweepStudy({ ...request, directory, workers: 1, signal: controller.signal, onProgress: (done) => done >= 20 && controller.abort() });
    await expect(aborted).rejects.toThrow(/abort/i);
    expect(listSweeps(directory)).toEqual([]);
    const resumed = await sweepStudy({ ...request, directory });
    expect(resumed.resumedTrials).toBeGreaterThanOrEqual(20);
    expect(bytesOf(resumed.directory)).toEqual(bytesOf(whole.directory));
  });

  it('goes on after kill -9 and ends with the same bytes', async () => {
    const directory = join(root, 'killed');
    const library = (path: string): string => pathToFileURL(fileURLToPath(new URL(`../../dist/${path}`, import.meta.url))).href;
    const script = join(root, 'victim.mjs');
    writeFileSync(script, `
      import { syntheticMarket } from ${JSON.stringify(library('datasets/index.js'))};
      import { sweepStudy } from ${JSON.stringify(library('workbench/index.js'))};
      const [directory, killAt] = process.argv.slice(2);
      await sweepStudy({
        strategy: 'ema-cross', data: syntheticMarket({ kind: 'noise', seed: 1, bars: 2000 }).bars, axes: ${JSON.stringify(AXES)}, directory, workers: 2, ledger: null,
        onProgress: (done) => { if (done >= Number(killAt)) process.kill(process.pid, 'SIGKILL'); },
      });`);
    const run = (folder: string, killAt: number) => spawnSync(process.execPath, [script, folder, String(killAt)], { encoding: 'utf8' });
    expect(run(directory, 30).signal).toBe('SIGKILL');
    const [id] = readdirSync(directory);
    expect(existsSync(join(directory, id, 'sweep.json'))).toBe(false);
    expect(readdirSync(join(directory, id, 'blocks')).length).toBeGreaterThan(0);
    expect(run(directory, Infinity).status).toBe(0);
    expect(run(join(root, 'unharmed'), Infinity).status).toBe(0);
    expect(bytesOf(join(directory, id))).toEqual(bytesOf(join(root, 'unharmed', id)));
  });

  it('evaluates a torn block again', async () => {
    const directory = await interrupted('torn');
    const blocks = join(directory, readdirSync(directory)[0], 'blocks');
    for (const name of readdirSync(blocks)) writeFileSync(join(blocks, name), readFileSync(join(blocks, name)).subarray(0, 100));
    const whole = await sweepStudy({ ...request, directory: join(root, 'torn-whole') });
    const resumed = await sweepStudy({ ...request, directory });
    expect(resumed.resumedTrials).toBe(0);
    expect(bytesOf(resumed.directory)).toEqual(bytesOf(whole.directory));
  });

  it('is written by one call at a time, in one process as well as in two', async () => {
    const directory = join(root, 'twice');
    const calls = await Promise.allSettled([1, 2].map(() => sweepStudy({ ...request, directory, workers: 1 })));
    expect(calls.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(calls.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'sweep-in-use' } });
  });

  it.each([
    ['of a process that is gone', JSON.stringify({ pid: 2 ** 30, startedAt: null })],
    ['of an earlier process with the pid of a living one', JSON.stringify({ pid: process.ppid, startedAt: '1' })],
    ['that a power cut left empty', ''],
  ])('takes over a lock %s', async (name, lock) => {
    const directory = await interrupted(`lock ${name}`);
    writeFileSync(join(directory, readdirSync(directory)[0], 'lock'), lock);
    expect((await sweepStudy({ ...request, directory })).trials).toBe(200);
  });

  it('respects the lock of a living process', async () => {
    const directory = await interrupted('locked');
    writeFileSync(join(directory, readdirSync(directory)[0], 'lock'), JSON.stringify({ pid: process.pid, startedAt: null }));
    await expect(sweepStudy({ ...request, directory })).rejects.toMatchObject({ code: 'sweep-in-use' });
  });

  it.each([
    ['torn by a power cut', (file: string) => writeFileSync(file, '')],
    ['lost', (file: string) => rmSync(file)],
  ])('writes a part again that was %s', async (name, damage) => {
    const sweep = await sweepStudy({ ...request, directory: join(root, `part ${name}`) });
    const bytes = bytesOf(sweep.directory);
    damage(join(sweep.directory, 'trials-00000.parquet'));
    if (name !== 'lost') rmSync(join(sweep.directory, 'sweep.json'));
    const again = await sweepStudy({ ...request, directory: join(root, `part ${name}`) });
    expect(again.resumedTrials).toBe(0);
    expect(bytesOf(again.directory)).toEqual(bytes);
  });

  it('lies in any folder, patterns of file names included', async () => {
    const sweep = await sweepStudy({ ...request, data: randomWalk(900), directory: join(root, 'a[1] *?') });
    expect(await topTrials(sweep.directory, 'cagr', 3)).toHaveLength(3);
  });

  it('refuses values that a parameter cannot have before it runs any', async () => {
    const directory = join(root, 'refused');
    await expect(sweepStudy({ ...request, axes: { fastBars: [3.5] }, directory })).rejects.toMatchObject({ code: 'param-invalid' });
    await expect(sweepStudy({ ...request, axes: { fastBars: [1000] }, directory })).rejects.toMatchObject({ code: 'param-invalid' });
    expect(existsSync(directory)).toBe(false);
  });

  it('stores whole numbers beyond 32 bits', async () => {
    const long = defineStrategy({
      id: 'long',
      summary: 'Always long.',
      params: { epochMs: int({ min: 0, max: 2e12, default: 0 }) },
      warmupBars: () => 1,
      targetExposure: ({ close }) => close.map(() => 1),
    });
    const sweep = await sweepStudy({ strategy: long, data: randomWalk(300), axes: { epochMs: [7, 1.7e12] }, directory: join(root, 'long'), ledger: null });
    expect((await readTrials(sweep.directory)).map(({ params }) => params.epochMs)).toEqual([7, 1.7e12]);
  });

  it('is cut into parts of 65,536 trials that read as one, resumed in the middle or not', async () => {
    const many = defineStrategy({
      id: 'many',
      summary: 'Long a fraction.',
      params: { a: int({ min: 1, max: 300, default: 1, step: 1 }), b: int({ min: 1, max: 250, default: 1, step: 1 }) },
      warmupBars: () => 1,
      targetExposure: ({ close }, { a, b }) => new Float64Array(close.length).fill(a / (300 + b)),
    });
    const asked = { strategy: many, data: randomWalk(12), ledger: null };
    const whole = await sweepStudy({ ...asked, directory: join(root, 'many') });
    expect(whole.trials).toBe(75_000);
    expect(Object.keys(bytesOf(whole.directory))).toEqual(['spec.json', 'sweep.json', 'trials-00000.parquet', 'trials-00001.parquet']);
    const controller = new AbortController();
    const directory = join(root, 'many-aborted');
    await sweepStudy({ ...asked, directory, signal: controller.signal, onProgress: (done) => done >= 70_000 && controller.abort() }).catch(() => undefined);
    const resumed = await sweepStudy({ ...asked, directory });
    expect(resumed.resumedTrials).toBeGreaterThanOrEqual(70_000);
    expect(resumed.resumedTrials).toBeLessThan(75_000);
    expect(bytesOf(resumed.directory)).toEqual(bytesOf(whole.directory));
    expect((await readTrials(whole.directory, 70_000)).every(({ index }, row) => index === row)).toBe(true);
  });

  it('keeps a failing trial as a row with its reason', async () => {
    const fragile = defineStrategy({
      id: 'fragile',
      summary: 'Fails at one point.',
      params: { n: int({ min: 1, max: 4, default: 1, step: 1 }) },
      warmupBars: () => 1,
      targetExposure: ({ close }, { n }) => {
        if (n === 3) throw new Error('three is too many');
        return close.map(() => 1 / n);
      },
    });
    const sweep = await sweepStudy({ strategy: fragile, data: randomWalk(300), directory: join(root, 'fragile'), ledger: null });
    const trials = await readTrials(sweep.directory);
    expect(sweep.failed).toBe(1);
    expect(trials.map(({ state }) => state)).toEqual(['ok', 'ok', 'failed', 'ok']);
    expect(trials[2]).toMatchObject({ params: { n: 3 }, metrics: null, reason: 'three is too many' });
  });

  it('orders the best trials by a figure, ties by trial, undefined ones last', async () => {
    const sweep = await sweepStudy({ ...request, directory: join(root, 'one') });
    const all = await readTrials(sweep.directory);
    const best = [...all].sort((a, b) => (b.metrics?.sharpeAnn ?? -Infinity) - (a.metrics?.sharpeAnn ?? -Infinity) || a.index - b.index).slice(0, 5);
    expect((await topTrials(sweep.directory, 'sharpeAnn', 5)).map(({ index }) => index)).toEqual(best.map(({ index }) => index));
    expect(sweep.best.map((trial) => trial?.market)).toEqual([0, 1]);
  });
});
