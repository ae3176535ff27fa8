import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createPool, defineStrategy, int, SCREEN_COLUMNS, type ScreenColumn } from '../../../engine/index.ts';
import { sqlText, withDuckDb } from '../../../datasets/index.ts';
import { listScreens, loadScreen, readTrials, type ScreenRequest, screenStudy, sweepStudy } from '../../../workbench/index.ts';
import { randomWalk } from '../../support/small-market.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();
const pool = await createPool(2);
afterAll(() => pool.close());
const AXES = { fastBars: [3, 4, 5, 6, 8, 10, 12, 14, 16, 18], slowBars: [20, 24, 28, 32, 36, 40, 48, 56, 64, 80] };
const MARKETS = [randomWalk(900), randomWalk(900, 2, { symbol: 'OTHER/USDT' })];
const request = { strategy: 'ema-cross', data: MARKETS, axes: AXES, ledger: null, pool } as const satisfies ScreenRequest;

/** 75,000 cheap points: two parts. Every 1,000th fails. */
const MANY_FILE = `
  import { defineStrategy, int } from 'assay';
  export default defineStrategy({
    id: 'many', summary: 'Long now and then.',
    params: { a: int({ min: 1, max: 300, default: 1, step: 1 }), b: int({ min: 1, max: 250, default: 1, step: 1 }) },
    warmupBars: () => 1,
    targetExposure: ({ close }, { a, b }) => {
      if (b === 250 && a % 4 === 0) throw new Error(\`no \${a}\`);
      return close.map((_, t) => ((t * a) % (b + 2)) / (b + 1) > 0.5 ? 1 : 0);
    },
  });`;
const manyFile = join(root, 'many.ts');
writeFileSync(manyFile, MANY_FILE);
const many = { strategy: manyFile, data: randomWalk(12), cacheDir: join(root, 'cache'), ledger: null, pool } as const satisfies ScreenRequest;
const whole = await screenStudy({ ...many, directory: join(root, 'many') });

/** Hashes of everything that a finished screen stores. */
function bytesOf(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).sort().map((name) => [name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')]));
}

function rows(directory: string, sql: string): Promise<Record<string, unknown>[]> {
  const source = `read_parquet(${sqlText(join(directory, 'trials-*.parquet'))})`;
  return withDuckDb(async ({ connection }) => (await connection.runAndReadAll(sql.replace('TRIALS', source))).getRowObjectsJS());
}

describe('a stored screen', () => {
  it('has the figures of the sweep over the same points, as columns of numbers', async () => {
    const screen = await screenStudy({ ...request, directory: join(root, 'two-markets') });
    const sweep = await sweepStudy({ ...request, directory: join(root, 'sweeps') });
    const trials = await readTrials(sweep.directory);
    const stored = await rows(screen.directory, 'SELECT * FROM TRIALS ORDER BY trial');
    expect(Object.keys(stored[0])).toEqual(['trial', 'market', 'p_fastBars', 'p_slowBars', ...SCREEN_COLUMNS, 'reason']);
    expect(stored).toHaveLength(200);
    for (const [i, { index, market, params, metrics }] of trials.entries()) {
      expect(stored[i]).toMatchObject({ trial: index, market, p_fastBars: params.fastBars, p_slowBars: params.slowBars, reason: null });
      for (const name of SCREEN_COLUMNS) {
        if (metrics?.[name] === null) expect(stored[i][name]).toBeNull();
        else expect(stored[i][name]).toBeCloseTo(metrics?.[name] as number, 9);
      }
    }
  });

  it('has the same bytes for one worker and for two, whatever the blocks', async () => {
    const one = await createPool(1);
    const alone = await screenStudy({ ...many, pool: one, directory: join(root, 'one') });
    await one.close();
    expect(whole.trials).toBe(75_000);
    expect(Object.keys(bytesOf(whole.directory))).toEqual(['screen.json', 'spec.json', 'trials-00000.parquet', 'trials-00000.summary', 'trials-00001.parquet', 'trials-00001.summary']);
    expect(bytesOf(alone.directory)).toEqual(bytesOf(whole.directory));
    expect(whole.parts.map(({ sha256 }) => sha256)).toEqual(['trials-00000.parquet', 'trials-00001.parquet'].map((name) => bytesOf(whole.directory)[name]));
  });

  it('is not evaluated again', async () => {
    const before = bytesOf(whole.directory);
    const again = await screenStudy({ ...many, directory: join(root, 'many') });
    expect(again.resumedTrials).toBe(75_000);
    expect(bytesOf(again.directory)).toEqual(before);
    expect(listScreens(join(root, 'many'))).toEqual([whole.id]);
  });

  it.each([
    ['lost', (file: string) => rmSync(file)],
    ['torn by a power cut', (file: string) => writeFileSync(file, '')],
    ['edited', (file: string) => writeFileSync(file, readFileSync(file).fill(0, 100, 101))],
  ])('evaluates again the part that was %s', async (name, damage) => {
    const directory = join(root, `part ${name}`);
    const screen = await screenStudy({ ...request, directory });
    const bytes = bytesOf(screen.directory);
    damage(join(screen.directory, 'trials-00000.parquet'));
    const again = await screenStudy({ ...request, directory });
    expect(again.resumedTrials).toBe(0);
    expect(bytesOf(again.directory)).toEqual(bytes);
  });

  it('keeps a failed trial as a row with its reason', async () => {
    const [{ n, first }] = await rows(whole.directory, 'SELECT count(reason)::DOUBLE AS n, min(reason) AS first FROM TRIALS WHERE sharpeAnn IS NULL AND reason IS NOT NULL');
    expect([n, first, whole.failed]).toEqual([75, 'no 100', 75]);
    expect(loadScreen(whole.directory).markets[0].failed).toBe(75);
  });
});

describe('the summary of a screen', () => {
  it.each([['sharpeAnn'], ['totalReturn'], ['trades']] as const)('by %s equals what its table says', async (objective: ScreenColumn) => {
    const screen = objective === 'sharpeAnn' ? whole : await screenStudy({ ...request, objective, directory: join(root, objective) });
    for (const [market, summary] of screen.markets.entries()) {
      const where = screen.markets.length > 1 ? `market = ${market}` : 'true';
      const best = await rows(screen.directory, `SELECT trial FROM TRIALS WHERE ${where} AND "${objective}" IS NOT NULL ORDER BY "${objective}" DESC, trial LIMIT 100`);
      expect(summary.top.map(({ trial }) => trial)).toEqual(best.map(({ trial }) => trial));
      const [moments] = await rows(screen.directory, `SELECT count("${objective}")::DOUBLE AS n, avg("${objective}") AS mean, var_samp("${objective}") AS variance FROM TRIALS WHERE ${where}`);
      expect(summary.objective.n).toBe(moments.n);
      expect(summary.objective.mean).toBeCloseTo(moments.mean as number, 10);
      expect(summary.objective.variance).toBeCloseTo(moments.variance as number, 8);
      for (const axis of summary.axes) await expectAxis(screen.directory, where, objective, axis);
      await expectMap(screen.directory, where, objective, summary.maps[0]);
    }
  });

  async function expectAxis(directory: string, where: string, objective: string, axis: (typeof whole.markets)[0]['axes'][0]): Promise<void> {
    const bins = axis.from.map((from, i) => `SELECT ${i} AS bin, ${String(from)} AS lo, ${String(axis.to[i])} AS hi`).join(' UNION ALL ');
    const expected = await rows(directory, `SELECT count(*)::DOUBLE AS trials, count("${objective}")::DOUBLE AS defined, count(*) FILTER ("${objective}" > 0)::DOUBLE AS positive,
      avg("${objective}") AS mean, min("${objective}") AS least, max("${objective}") AS best
      FROM TRIALS JOIN (${bins}) ON p_${axis.name} BETWEEN lo AND hi WHERE ${where} GROUP BY bin ORDER BY bin`);
    for (const name of ['trials', 'defined', 'positive', 'least', 'best'] as const) expect(axis[name]).toEqual(expected.map((row) => row[name]));
    expected.forEach(({ mean }, i) => expect(axis.mean[i]).toBeCloseTo(mean as number, 9));
  }

  async function expectMap(directory: string, where: string, objective: string, { x, y, defined, mean, best }: (typeof whole.markets)[0]['maps'][0]): Promise<void> {
    const bins = ({ from, to }: typeof x): string => from.map((lo, i) => `SELECT ${i} AS bin, ${String(lo)} AS lo, ${String(to[i])} AS hi`).join(' UNION ALL ');
    const cells = await rows(directory, `SELECT xs.bin * ${y.from.length} + ys.bin AS cell, count("${objective}")::DOUBLE AS defined, avg("${objective}") AS mean, max("${objective}") AS best
      FROM TRIALS JOIN (${bins(x)}) xs ON p_${x.name} BETWEEN xs.lo AND xs.hi JOIN (${bins(y)}) ys ON p_${y.name} BETWEEN ys.lo AND ys.hi WHERE ${where} GROUP BY cell`);
    expect(cells.length).toBeGreaterThan(50);
    for (const row of cells) {
      const cell = Number(row.cell);
      expect([defined[cell], Number.isNaN(best[cell]) ? null : best[cell]]).toEqual([row.defined, row.best]);
      if (row.mean !== null) expect(mean[cell]).toBeCloseTo(row.mean as number, 9);
    }
    expect(defined.reduce((sum, one) => sum + one, 0)).toBe(cells.reduce((sum, row) => sum + (row.defined as number), 0));
  }
});

describe('an interrupted screen', () => {
  const AXES_OF_VICTIM = { fastBars: [3, 4, 5, 6, 8, 10, 12, 14, 16, 18], slowBars: Array.from({ length: 60 }, (_, i) => 20 + i) };

  it('goes on after kill -9, with the blocks of its open part, and ends with the same bytes', () => {
    const library = (path: string): string => pathToFileURL(fileURLToPath(new URL(`../../../dist/${path}`, import.meta.url))).href;
    const script = join(root, 'victim.mjs');
    writeFileSync(script, `
      import { syntheticMarket } from ${JSON.stringify(library('datasets/index.js'))};
      import { screenStudy } from ${JSON.stringify(library('workbench/index.js'))};
      const [directory, home, killAt] = process.argv.slice(2);
      const screen = await screenStudy({
        strategy: 'ema-cross', data: syntheticMarket({ kind: 'noise', seed: 1, bars: 2000 }).bars, axes: ${JSON.stringify(AXES_OF_VICTIM)}, directory, workers: 2, keepEveryMs: 0,
        ledger: { home, now: () => 0 }, onProgress: (done) => { if (done >= Number(killAt)) process.kill(process.pid, 'SIGKILL'); },
      });
      console.log(screen.resumedTrials);`);
    const run = (name: string, killAt: number) => spawnSync(process.execPath, [script, join(root, name), join(root, `${name} home`), String(killAt)], { encoding: 'utf8' });
    expect(run('killed', 100).signal).toBe('SIGKILL');
    const [id] = readdirSync(join(root, 'killed'));
    expect(readdirSync(join(root, 'killed', id)).sort()).toEqual(['lock', 'spec.json', 'trials-00000.blocks']);
    const resumed = run('killed', Infinity);
    expect(Number(resumed.stdout), resumed.stderr).toBeGreaterThan(30);
    expect(run('unharmed', Infinity).stdout).toBe('0\n');
    expect(bytesOf(join(root, 'killed', id))).toEqual(bytesOf(join(root, 'unharmed', id)));
    expect(readFileSync(join(root, 'killed home/ledger/trials.jsonl'))).toEqual(readFileSync(join(root, 'unharmed home/ledger/trials.jsonl')));
  });

  it('goes on after an abort between two parts, where the first is stored', async () => {
    const controller = new AbortController();
    const directory = join(root, 'aborted');
    await expect(screenStudy({ ...many, directory, signal: controller.signal, onProgress: (done) => done >= 66_000 && controller.abort() })).rejects.toThrow(/abort/i);
    const names = readdirSync(join(directory, whole.id));
    expect(names).toContain('trials-00000.parquet');
    expect(() => loadScreen(join(directory, whole.id))).toThrow(/must hold a finished screen/);
    const resumed = await screenStudy({ ...many, directory });
    expect(resumed.resumedTrials).toBeGreaterThanOrEqual(65_536);
    expect(bytesOf(resumed.directory)).toEqual(bytesOf(whole.directory));
  });

  it('evaluates again what was torn of the blocks of its open part', async () => {
    const controller = new AbortController();
    const directory = join(root, 'torn');
    await screenStudy({ ...request, directory, keepEveryMs: 0, signal: controller.signal, onProgress: (done) => done >= 60 && controller.abort() }).catch(() => undefined);
    const file = join(directory, readdirSync(directory)[0], 'trials-00000.blocks');
    const kept = readFileSync(file);
    writeFileSync(file, kept.subarray(0, kept.length - 5));
    const resumed = await screenStudy({ ...request, directory });
    expect(resumed.resumedTrials).toBeGreaterThan(0);
    expect(resumed.resumedTrials).toBeLessThan(200);
    expect(existsSync(file)).toBe(false);
    expect(bytesOf(resumed.directory)).toEqual(bytesOf((await screenStudy({ ...request, directory: join(root, 'two-markets') })).directory));
  });

  it('is written by one call at a time', async () => {
    const calls = await Promise.allSettled([1, 2].map(() => screenStudy({ ...request, directory: join(root, 'twice') })));
    expect(calls.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(calls.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'screen-in-use' } });
  });
});

describe('a screen that cannot be', () => {
  it.each([
    ['an objective that it does not keep', { objective: 'sortinoAnn' }, 'objective-unscreened'],
    ['a value that a parameter cannot have', { axes: { fastBars: [3.5] } }, 'param-invalid'],
    ['a parameter that is not there', { axes: { fastBar: [3] } }, 'param-unknown'],
    ['no admissible point', { axes: { fastBars: [50], slowBars: [20] } }, 'space-empty'],
  ])('with %s is refused before a folder is made', async (_, change, code) => {
    const directory = join(root, `refused ${code}`);
    await expect(screenStudy({ ...request, ...change, directory } as ScreenRequest)).rejects.toMatchObject({ code });
    expect(existsSync(directory)).toBe(false);
  });

  it('says why every point of it failed, and has no best', async () => {
    const strategy = defineStrategy({
      id: 'broken', summary: 'Fails.', params: { n: int({ min: 1, max: 3, default: 1, step: 1 }) }, warmupBars: () => 1,
      targetExposure: () => {
        throw new Error('out of order');
      },
    });
    const screen = await screenStudy({ strategy, data: MARKETS[0], directory: join(root, 'broken'), ledger: null }).catch((error: unknown) => error);
    if (screen instanceof Error) throw screen;
    expect(screen).toMatchObject({ trials: 3, failed: 3, markets: [{ top: [], objective: { n: 0, mean: null, variance: null } }] });
    const reasons = await rows((screen as typeof whole).directory, 'SELECT DISTINCT reason FROM TRIALS');
    expect(reasons).toEqual([{ reason: 'out of order' }]);
  });
});
