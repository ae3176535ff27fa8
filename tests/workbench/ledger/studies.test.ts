import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createPool, defineStrategy, int, type Strategy } from '../../../engine/index.ts';
import {
  backtest, ledgerFigures, type LedgerFigures, ledgerFiles, type LedgerLine, type LedgerOptions, scanLedger, sweepStudy, type TrialsEntry, verifyLedger, walkForwardStudy,
} from '../../../workbench/index.ts';
import { randomWalk } from '../../support/small-market.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();
const bars = randomWalk(600);
const CLAIM = 'ema-cross on TEST/USDT 1d';
const AXES = { fastBars: [3, 4, 5, 6], slowBars: [20, 24, 28, 32] };
const pool = await createPool(1);
afterAll(() => pool.close());
const request = { strategy: 'ema-cross', data: bars, axes: AXES, pool };
let homes = 0;

function place(options: LedgerOptions = {}): { home: string; directory: string; ledger: LedgerOptions } {
  const home = join(root, String(homes++));
  return { home, directory: join(home, 'sweeps'), ledger: { home, now: () => Date.UTC(2026, 0, 1), onNotice: expect.unreachable, ...options } };
}

function linesOf(home: string): LedgerLine[] {
  const lines: LedgerLine[] = [];
  expect(scanLedger(home, (line) => lines.push(line)).damage).toBeNull();
  return lines;
}

function figures(home: string, claim = CLAIM): LedgerFigures {
  const known = ledgerFigures(home, claim);
  if ('missing' in known) throw new Error(known.missing);
  return known;
}

/** How often each trial of a study is in the ledger. */
function recordedTrials(home: string): number[] {
  const counts: number[] = [];
  for (const line of linesOf(home)) if (line.type === 'trials') line.rows.forEach((_, i) => (counts[line.firstTrial + i] = (counts[line.firstTrial + i] ?? 0) + 1));
  return counts;
}

describe('a backtest', () => {
  it('is one trial, and the same again is none', async () => {
    const { home, ledger } = place();
    const run = await backtest({ strategy: 'ema-cross', data: bars, ledger });
    expect(run.ledger).toEqual({ claim: CLAIM });
    const [line] = linesOf(home);
    expect(line).toMatchObject({
      seq: 1, type: 'trials', timeMs: Date.UTC(2026, 0, 1), study: { id: run.id, kind: 'backtest' }, claim: CLAIM, origin: 'research', strategyId: 'ema-cross', codeHash: run.spec.codeHash,
      markets: [{ venue: 'test', symbol: 'TEST/USDT', timeframeMs: 86_400_000, dataHash: bars.dataHash }],
      window: { fromMs: bars.openTimeMs[0], toMs: bars.openTimeMs[599] + 86_400_000 }, firstTrial: 0, params: ['fastBars', 'slowBars'], rows: [[12, 48]], failures: {},
    });
    const { metrics } = run;
    const [figureRow] = (line as TrialsEntry).figures;
    [metrics.sharpeAnn, metrics.totalReturn, metrics.maxDrawdown, metrics.trades].forEach((value, i) => expect(figureRow?.[i]).toBeCloseTo(value as number, 6));
    await backtest({ strategy: 'ema-cross', data: bars, ledger });
    expect(linesOf(home)).toHaveLength(2);
    expect(figures(home)).toMatchObject({ n: 1, trials: 1, studies: 1, failed: 0, holdoutReads: 0, days: 1, ledgerHash: verifyLedger(home).hash });
  });

  it('on other bars is another trial of the same point', async () => {
    const { home, ledger } = place();
    await backtest({ strategy: 'ema-cross', data: bars, ledger });
    await backtest({ strategy: 'ema-cross', data: randomWalk(500, 9), ledger });
    await backtest({ strategy: 'ema-cross', data: bars, ledger, costs: { takerFeeBps: 50 } });
    expect(figures(home)).toMatchObject({ n: 1, trials: 3, studies: 3 });
  });

  it('of edited code of the same name is a new point of the same claim', async () => {
    const { home, ledger } = place();
    const idea = (lag: number): Strategy => defineStrategy({
      id: 'idea', summary: 'x', params: { n: int({ min: 1, max: 9, default: 3 }) }, warmupBars: ({ n }) => n,
      targetExposure: lag === 0 ? ({ close }) => close.map((_, t) => t % 2) : ({ close }) => close.map((_, t) => t % 3 / 2),
    });
    for (const lag of [0, 1]) await backtest({ strategy: idea(lag), data: bars, ledger });
    expect(figures(home, 'idea on TEST/USDT 1d')).toMatchObject({ n: 2, trials: 2 });
  });

  it('without a ledger says so', async () => {
    const run = await backtest({ strategy: 'ema-cross', data: bars, ledger: null });
    expect(run.ledger).toBeNull();
    const { home, directory } = place();
    const sweep = await sweepStudy({ ...request, directory, ledger: null });
    expect(sweep.ledger).toBeNull();
    expect(JSON.parse(readFileSync(join(sweep.directory, 'sweep.json'), 'utf8'))).toMatchObject({ ledger: null });
    expect(existsSync(ledgerFiles(home).folder)).toBe(false);
  });
});

describe('a sweep', () => {
  it('records each trial once with its parameters, on every market', async () => {
    const { home, directory, ledger } = place();
    const sweep = await sweepStudy({ ...request, data: [bars, randomWalk(600, 2, { symbol: 'OTHER/USDT' })], directory, ledger });
    expect(sweep.ledger).toEqual({ claim: 'ema-cross on TEST/USDT, OTHER/USDT 1d' });
    expect(recordedTrials(home)).toEqual(Array.from({ length: 32 }, () => 1));
    expect(figures(home, sweep.ledger?.claim)).toMatchObject({ n: 16, trials: 32, studies: 1 });
    const points = linesOf(home).flatMap((line) => (line.type === 'trials' && line.markets[0].symbol === 'OTHER/USDT' ? line.rows : []));
    expect(points.map(String).sort()).toEqual(AXES.fastBars.flatMap((fast) => AXES.slowBars.map((slow) => `${fast},${slow}`)).sort());
  });

  it('records failures with their reason, which are trials and no points', async () => {
    const { home, directory, ledger } = place();
    const fragile = defineStrategy({
      id: 'fragile', summary: 'Fails at one point.', params: { n: int({ min: 1, max: 4, default: 1, step: 1 }) }, warmupBars: () => 1,
      targetExposure: ({ close }, { n }) => {
        if (n === 3) throw new Error('three is too many');
        return close.map((_, t) => (t % 2) / n);
      },
    });
    await sweepStudy({ strategy: fragile, data: bars, directory, ledger });
    const [line] = linesOf(home) as (LedgerLine & TrialsEntry)[];
    expect(line.failures).toEqual({ 2: 'three is too many' });
    expect(line.figures[2]).toBeNull();
    expect(figures(home, 'fragile on TEST/USDT 1d')).toMatchObject({ n: 3, trials: 4, failed: 1 });
  });

  it('counts a point once over sweeps that overlap', async () => {
    const { home, directory, ledger } = place();
    await sweepStudy({ ...request, directory, ledger });
    await sweepStudy({ ...request, axes: { ...AXES, fastBars: [5, 6, 7] }, directory, ledger });
    await backtest({ strategy: 'ema-cross', params: { fastBars: 5, slowBars: 20 }, data: bars, ledger });
    expect(figures(home)).toMatchObject({ n: 20, studies: 3 });
  });

  it('is recorded under a claim of its own name, and counts for each claim that it was asked for', async () => {
    const { home, directory, ledger } = place({ claim: 'trends pay' });
    expect((await sweepStudy({ ...request, directory, ledger })).ledger).toEqual({ claim: 'trends pay' });
    expect((await sweepStudy({ ...request, directory, ledger })).resumedTrials).toBe(16);
    expect(linesOf(home).reduce((rows, line) => rows + (line.type === 'trials' ? line.rows.length : 0), 0)).toBe(16);
    expect((await sweepStudy({ ...request, directory, ledger: { ...ledger, claim: undefined } })).ledger).toEqual({ claim: CLAIM });
    for (const claim of ['trends pay', CLAIM]) expect(figures(home, claim)).toMatchObject({ n: 16, trials: 16 });
  });

  it('has every evaluated trial in the ledger after an abort, and each once after it went on', async () => {
    const { home, directory, ledger } = place();
    const controller = new AbortController();
    const axes = { fastBars: [3, 4, 5, 6, 8, 10, 12, 14], slowBars: [20, 24, 28, 32, 36, 40, 48, 56] };
    let done = 0;
    await sweepStudy({
      ...request, axes, directory, ledger, signal: controller.signal,
      onProgress: (now) => {
        done = now;
        controller.abort();
      },
    }).catch(() => undefined);
    expect(done).toBeLessThan(64);
    expect(figures(home).trials).toBe(done);
    await sweepStudy({ ...request, axes, directory, ledger });
    expect(recordedTrials(home)).toEqual(Array.from({ length: 64 }, () => 1));
  });

  it('adds what a ledger lost, or was not asked to keep, from blocks and from parts', async () => {
    const { home, directory, ledger } = place();
    const controller = new AbortController();
    await sweepStudy({ ...request, directory, ledger: null, signal: controller.signal, onProgress: () => controller.abort() }).catch(() => undefined);
    const resumed = await sweepStudy({ ...request, directory, ledger });
    expect(resumed.resumedTrials).toBeGreaterThan(0);
    expect(recordedTrials(home)).toEqual(Array.from({ length: 16 }, () => 1));
    const fromBlocks = linesOf(home);
    rmSync(ledgerFiles(home).folder, { recursive: true });
    expect((await sweepStudy({ ...request, directory, ledger })).resumedTrials).toBe(16);
    expect(recordedTrials(home)).toEqual(Array.from({ length: 16 }, () => 1));
    const rowsOf = (lines: readonly LedgerLine[]) => lines.flatMap((line) => (line.type === 'trials' ? line.rows.map((row, i) => [line.firstTrial + i, row, line.figures[i]] as const) : []))
      .sort(([a], [b]) => a - b);
    expect(rowsOf(linesOf(home))).toEqual(rowsOf(fromBlocks));
  });

  it('killed with -9 and resumed has each trial in the ledger', () => {
    const { home, directory } = place();
    const library = (path: string): string => pathToFileURL(fileURLToPath(new URL(`../../../dist/${path}`, import.meta.url))).href;
    const script = join(root, 'victim.mjs');
    writeFileSync(script, `
      import { syntheticMarket } from ${JSON.stringify(library('datasets/index.js'))};
      import { sweepStudy } from ${JSON.stringify(library('workbench/index.js'))};
      const [home, directory, killAt] = process.argv.slice(2);
      await sweepStudy({
        strategy: 'ema-cross', data: syntheticMarket({ kind: 'noise', seed: 1, bars: 2000 }).bars, axes: ${JSON.stringify(AXES)}, directory, workers: 2, ledger: { home },
        onProgress: (done) => { if (done >= Number(killAt)) process.kill(process.pid, 'SIGKILL'); },
      });`);
    const run = (killAt: number) => spawnSync(process.execPath, [script, home, directory, String(killAt)], { encoding: 'utf8' });
    expect(run(5).signal).toBe('SIGKILL');
    const [id] = readdirSync(directory);
    const stored = readdirSync(join(directory, id, 'blocks')).map((name) => name.split(/[-.]/).map(Number)).reduce((sum, [from, to]) => sum + to - from, 0);
    expect(recordedTrials(home).filter((count) => count > 0).length).toBeGreaterThanOrEqual(stored);
    expect(run(Infinity)).toMatchObject({ status: 0, stderr: '' });
    expect(figures(home, 'ema-cross on NOISE/USDT 1h')).toMatchObject({ n: 16, trials: 16, studies: 1 });
  });
});

describe('a walk-forward', () => {
  const windows = { train: '300d', test: '90d' };

  it('records the searches of all windows, and one read of its holdout', async () => {
    const { home, ledger } = place();
    const walk = await walkForwardStudy({ ...request, windows, ledger });
    expect(walk.ledger).toEqual({ claim: CLAIM });
    const lines = linesOf(home);
    expect(new Set(lines.map((line) => (line.type === 'note' ? '' : line.study.id)))).toEqual(new Set([walk.id]));
    expect(recordedTrials(home)).toEqual(Array.from({ length: 16 * walk.windows.length }, () => 1));
    for (const { trainFromMs, trainToMs } of walk.windows) {
      const own = lines.filter((line) => line.type === 'trials' && line.window.fromMs === trainFromMs && line.window.toMs === trainToMs) as (LedgerLine & TrialsEntry)[];
      expect(own.reduce((rows, line) => rows + line.rows.length, 0)).toBe(16);
    }
    const holdout = { fromMs: walk.windows[0].testFromMs, toMs: walk.windows[walk.windows.length - 1].testToMs };
    expect(lines[lines.length - 1]).toMatchObject({ type: 'holdout-read', window: holdout, figures: [expect.closeTo(walk.metrics.sharpeAnn as number, 5), expect.anything(), expect.anything(), expect.anything()] });
    expect(figures(home)).toMatchObject({ n: 16, trials: 16 * walk.windows.length, studies: 1, holdoutReads: 1, holdouts: [{ ...holdout, dataHashes: [bars.dataHash], reads: 1 }] });
  });

  it('reads its holdout again with every other search, and not when it is repeated', async () => {
    const { home, ledger } = place();
    const narrow = { ...request, axes: { fastBars: [3], slowBars: [20] }, windows, ledger };
    for (let i = 0; i < 2; i++) await walkForwardStudy(narrow);
    expect(figures(home).holdoutReads).toBe(1);
    await walkForwardStudy({ ...narrow, axes: { fastBars: [4], slowBars: [20] } });
    expect(figures(home)).toMatchObject({ n: 2, holdoutReads: 2, holdouts: [{ reads: 2 }] });
    await walkForwardStudy({ ...narrow, windows: { train: '300d', test: '60d' } });
    expect(figures(home)).toMatchObject({ n: 2, holdoutReads: 3, holdouts: [{ reads: 2 }, { reads: 1 }] });
  });
});

describe('a replay', () => {
  it('is journalled and counts nothing; research on what it stored counts', async () => {
    const { home, directory, ledger } = place({ origin: 'replay' });
    await sweepStudy({ ...request, directory, ledger });
    await walkForwardStudy({ ...request, axes: { fastBars: [3], slowBars: [20] }, windows: { train: '300d', test: '90d' }, ledger });
    expect(linesOf(home).every((line) => line.type !== 'note' && line.origin === 'replay')).toBe(true);
    expect(ledgerFigures(home, CLAIM)).toHaveProperty('missing');
    await sweepStudy({ ...request, directory, ledger: { ...ledger, origin: 'research' } });
    expect(figures(home)).toMatchObject({ n: 16, holdoutReads: 0 });
    const before = linesOf(home).length;
    await sweepStudy({ ...request, directory, ledger });
    expect(linesOf(home)).toHaveLength(before);
  });
});

describe('a damaged ledger', () => {
  it('stops no research, is said loudly, and has no figures', async () => {
    const { home, ledger } = place();
    await backtest({ strategy: 'ema-cross', data: bars, ledger });
    await backtest({ strategy: 'ema-cross', data: bars, params: { fastBars: 5 }, ledger });
    const { trials } = ledgerFiles(home);
    writeFileSync(trials, readFileSync(trials, 'utf8').replace('"rows":[[12,48]]', '"rows":[[12,47]]'));
    const notices: string[] = [];
    await backtest({ strategy: 'ema-cross', data: bars, params: { fastBars: 6 }, ledger: { ...ledger, onNotice: (text) => notices.push(text) } });
    expect(notices).toEqual([expect.stringMatching(/damaged at entry 1 \(edited\).*gates/)]);
    expect(ledgerFigures(home, CLAIM)).toEqual({ missing: expect.stringMatching(/damaged at entry 1 \(edited\)/) as string });
    expect(readFileSync(trials, 'utf8').trimEnd().split('\n')).toHaveLength(3);
  });
});
