import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { createPool } from '../../../engine/index.ts';
import {
  type LedgerFigures, ledgerFigures, type LedgerLine, listStudies, scanLedger, type ScreenEntry, type ScreenRequest, screenStudy, sweepStudy,
} from '../../../workbench/index.ts';
import { randomWalk } from '../../support/small-market.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = temporaryFolder();
const pool = await createPool(1);
afterAll(() => pool.close());
const bars = randomWalk(600);
const other = randomWalk(600, 2, { symbol: 'OTHER/USDT' });
const CLAIM = 'one claim';
const AXES = { fastBars: [3, 4, 5, 6], slowBars: [20, 24, 28, 32] };
let homes = 0;

function place() {
  const home = join(root, String(homes++));
  const ledger = { home, claim: CLAIM, now: () => Date.UTC(2026, 0, 1), onNotice: expect.unreachable };
  const screen = (more: Partial<ScreenRequest> = {}) => screenStudy({ strategy: 'ema-cross', data: bars, axes: AXES, pool, directory: join(home, 'screens'), ledger, ...more });
  return { home, ledger, screen };
}

function linesOf(home: string): (LedgerLine & ScreenEntry)[] {
  const lines: LedgerLine[] = [];
  expect(scanLedger(home, (line) => lines.push(line)).damage).toBeNull();
  return lines as (LedgerLine & ScreenEntry)[];
}

function figures(home: string): LedgerFigures {
  const known = ledgerFigures(home, CLAIM);
  if ('missing' in known) throw new Error(known.missing);
  return known;
}

describe('a screen in the ledger', () => {
  it('is one entry a part and market, without a row a trial', async () => {
    const { home, screen } = place();
    const stored = await screen({ data: [bars, other] });
    expect(stored.ledger).toEqual({ claim: CLAIM });
    const lines = linesOf(home);
    const partHash = stored.parts[0].sha256;
    const ranges = { fastBars: { from: 3, to: 6, step: 1 }, slowBars: { from: 20, to: 32, step: 4 } };
    expect(lines).toMatchObject([
      { type: 'screen', study: { id: stored.id, kind: 'screen' }, axes: ranges, sampler: { kind: 'grid' }, firstTrial: 0, points: { from: 0, to: 16 }, failed: 0, partHash, markets: [{ symbol: 'TEST/USDT' }] },
      { type: 'screen', firstTrial: 16, points: { from: 0, to: 16 }, partHash, markets: [{ symbol: 'OTHER/USDT' }] },
    ]);
    const [{ top: [best], sharpeAnn }] = stored.markets;
    expect(lines[0].sharpeAnn).toEqual(sharpeAnn);
    expect(lines[0].best).toMatchObject({ trial: best.trial, params: best.params });
    expect(lines[0].best?.figures[0]).toBeCloseTo(best.figures.sharpeAnn as number, 6);
    expect(listStudies(home).studies).toMatchObject([{ study: { kind: 'screen' }, rows: 32, failed: 0 }]);
  });

  it('counts its points once and its trials on each market', async () => {
    const { home, screen } = place();
    const stored = await screen({ data: [bars, other] });
    expect(figures(home)).toMatchObject({ n: 16, trials: 32, failed: 0, studies: 1 });
    expect(figures(home).bestSharpeAnn).toBeCloseTo(Math.max(...stored.markets.map(({ top }) => top[0].figures.sharpeAnn as number)), 6);
    expect(figures(home).screenedSharpeVariance).toBe(Math.max(...stored.markets.map(({ sharpeAnn }) => sharpeAnn.variance as number)));
  });

  it('adds nothing when it is asked for again, nor under another objective', async () => {
    const { home, screen } = place();
    await screen();
    const before = readFileSync(join(home, 'ledger/trials.jsonl'), 'utf8');
    await screen();
    expect(readFileSync(join(home, 'ledger/trials.jsonl'), 'utf8')).toBe(before);
    await screen({ objective: 'totalReturn' });
    expect(figures(home)).toMatchObject({ n: 16, trials: 16, studies: 2 });
  });

  it('counts other values and a sweep over the same points besides: too many rather than too few', async () => {
    const { home, screen, ledger } = place();
    await screen();
    await screen({ axes: { ...AXES, slowBars: [20, 24, 28, 33] } });
    expect(figures(home)).toMatchObject({ n: 32, trials: 32 });
    await sweepStudy({ strategy: 'ema-cross', data: bars, axes: AXES, pool, directory: join(home, 'sweeps'), ledger });
    expect(figures(home)).toMatchObject({ n: 48, trials: 48, studies: 3 });
  });

  it('counts the drawn points of a seed once, and those of another seed again', async () => {
    const { home, screen } = place();
    const drawn = (seed: number) => screen({ sampler: { kind: 'random', points: 5, seed } });
    await drawn(1);
    await drawn(1);
    expect(figures(home)).toMatchObject({ n: 5, trials: 5 });
    await drawn(2);
    expect(figures(home)).toMatchObject({ n: 10, trials: 10 });
  });

  it('gets what an earlier screen without a ledger has stored', async () => {
    const { home, screen } = place();
    const silent = await screen({ ledger: null });
    expect(silent.ledger).toBeNull();
    expect(readdirSync(home)).toEqual(['screens']);
    const again = await screen();
    expect(again).toMatchObject({ resumedTrials: 16, ledger: { claim: CLAIM } });
    expect(figures(home)).toMatchObject({ n: 16, trials: 16 });
  });

  it('of a replay counts nothing until research asks for it', async () => {
    const { home, screen, ledger } = place();
    await screen({ ledger: { ...ledger, origin: 'replay' } });
    expect(ledgerFigures(home, CLAIM)).toHaveProperty('missing');
    await screen();
    expect(figures(home)).toMatchObject({ n: 16, trials: 16 });
  });
});
