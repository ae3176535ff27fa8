import { describe, expect, it } from 'vitest';
import { averageCorrelation, bootstrapMaxima, isMissing, realityCheckOfSharpe, returnMatrix, type SearchEvidence, searchEvidence, type SearchInput, seededDraws, sharpeScores, snoopingInPlace, spaTest, stepwise } from '../../../../engine/index.ts';
import { noisePanel } from '../../../support/noise-panel.ts';

const DAY = 86_400_000;
const daysOf = (days: number): Float64Array => Float64Array.from({ length: days }, (_, t) => t * DAY);

describe('p-values of a search', () => {
  it('are uniform on noise, however the trials hang together', () => {
    for (const shared of [0, 0.9]) {
      const p = Array.from({ length: 80 }, (_, i) => realityCheckOfSharpe(noisePanel({ trials: 20, days: 200, seed: i, shared }), { draws: 99, meanBlock: 2, seed: i }).p);
      const share = (size: number): number => p.filter((one) => one <= size).length / p.length;
      expect(share(0.1)).toBeLessThan(0.2); // three standard errors about 0.1 and 0.5
      expect(share(0.5)).toBeGreaterThan(0.33);
      expect(share(0.5)).toBeLessThan(0.67);
    }
  });

  it('are small where one trial has skill, and the step-down test names it', () => {
    const panel = noisePanel({ trials: 40, days: 700, seed: 4, means: [0, 0, 0, 0.25] });
    const plan = { draws: 199, meanBlock: 2, seed: 1 };
    expect(realityCheckOfSharpe(panel, plan).p).toBe(1 / 200);
    const { z, statistic } = sharpeScores(panel, 2);
    expect(stepwise(z, statistic, 0.05, (one) => bootstrapMaxima(panel, [one], seededDraws(700, plan))[0]).superior).toEqual([3]);
  });

  it('of SPA are ordered: the more trials are recentred, the larger', () => {
    const panel = noisePanel({ trials: 15, days: 250, seed: 6, means: [0.05, 0, -0.5, -0.5, -0.5] });
    const { p } = spaTest(panel, seededDraws(250, { draws: 300, meanBlock: 3, seed: 9 }), { meanBlock: 3 });
    expect(p.lower).toBeLessThanOrEqual(p.consistent);
    expect(p.consistent).toBeLessThanOrEqual(p.upper);
  });
});

describe('a return matrix', () => {
  it('keeps rows with spread, copies none where all are kept, and says which they are', () => {
    const { values } = noisePanel({ trials: 3, days: 40, seed: 1 });
    expect(returnMatrix(daysOf(40), values, 3).matrix.values).toBe(values);
    const broken = values.slice().fill(0, 0, 40).fill(Number.NaN, 45, 46);
    const { matrix, rows, dropped } = returnMatrix(daysOf(40), broken, 3);
    expect([[...rows], dropped, matrix.trials]).toEqual([[2], 2, 1]);
    expect([...matrix.values]).toEqual([...values.subarray(80)]);
  });
});

describe('evidence of a search', () => {
  const { values } = noisePanel({ trials: 12, days: 400, seed: 2, shared: 0.4, means: [0, 0.1] });
  values.fill(0, 5 * 400, 6 * 400);
  const input: SearchInput = {
    kept: returnMatrix(daysOf(400), values, 12), paramsAt: (point) => ({ point }), periodsPerYear: 365, ledgerTrials: { n: 24, studies: 2, ledgerHash: 'x' },
    hold: { timeMs: daysOf(400), returns: values.slice(0, 400) }, seed: 7, draws: 200, permutation: { missing: 'not asked' }, run: snoopingInPlace,
  };
  const evidence = async (more: Partial<SearchInput> = {}): Promise<SearchEvidence> => {
    const found = await searchEvidence({ ...input, ...more });
    if (isMissing(found)) throw new Error(found.missing);
    return found;
  };

  it('counts trials, names the best, and leaves the dropped without a figure', async () => {
    const found = await evidence();
    expect([found.trials, found.dropped, found.days, found.trialSharpesAnn.length, found.trialSharpesAnn[5]]).toEqual([11, 1, 400, 12, null]);
    expect(found.winner.sharpeAnn).toBe(Math.max(...found.trialSharpesAnn.map((one) => one ?? -Infinity)));
    expect(found.winner.params).toEqual({ point: found.winner.trial });
    expect(found.averageCorrelation).toBeGreaterThan(0.3);
    expect(found.effectiveTrials).toBeLessThan(11);
    expect(found.trialVariance).toBeLessThanOrEqual(1 / 399);
    expect(found.realityCheck.null.length).toBe(200);
    expect(found.realityCheck.null).toEqual([...found.realityCheck.null].sort((a, b) => a - b));
  });

  it('is the same for the same seed, and another for another', async () => {
    expect(await evidence()).toEqual(await evidence());
    expect((await evidence({ seed: 8 })).realityCheck.null).not.toEqual((await evidence()).realityCheck.null);
  });

  it('deflates by the trials of the ledger, and by nothing without one', async () => {
    const [few, many, none] = [await evidence(), await evidence({ ledgerTrials: { n: 2400, studies: 2, ledgerHash: 'x' } }), await evidence({ ledgerTrials: { missing: 'off' } })];
    expect(many.dsr).toBeLessThan(few.dsr as number);
    expect(many.luckSharpeAnn).toBeGreaterThan(few.luckSharpeAnn as number);
    expect([none.dsr, none.luckSharpeAnn, none.minBacktestYears, none.haircut.bonferroni]).toEqual([null, null, null, null]);
  });

  it('takes the spread of a screen where it is wider, and never a narrower one', async () => {
    const found = async (screenedSharpeVariance: number) => evidence({ ledgerTrials: { n: 24, studies: 2, ledgerHash: 'x', screenedSharpeVariance } });
    const plain = await evidence();
    expect(await found(1e-9)).toMatchObject({ trialVariance: plain.trialVariance, dsr: plain.dsr });
    const spread = 0.5 * ((plain.trialVariance as number) + 1 / 399);
    expect((await found(365 * spread)).trialVariance).toBeCloseTo(spread, 12);
    expect((await found(365 * spread)).dsr).toBeLessThan(plain.dsr as number);
    expect((await found(1e9)).trialVariance).toBe(1 / 399);
  });

  it('is not measured against holding where that has no return on a day', async () => {
    expect(await evidence()).toMatchObject({ spaHold: { upper: expect.any(Number) as number } });
    expect((await evidence({ hold: null })).spaHold).toEqual({ missing: 'no one market to hold' });
    expect((await evidence({ hold: { timeMs: daysOf(399), returns: values.slice(0, 399) } })).spaHold).toEqual({ missing: 'holding has no return on 1 of 400 days' });
  });

  it('is missing without trials or days', async () => {
    expect(await searchEvidence({ ...input, kept: returnMatrix(daysOf(400), new Float64Array(800), 2) })).toHaveProperty('missing');
    expect(await searchEvidence({ ...input, kept: returnMatrix(daysOf(20), values.slice(0, 40), 2) })).toHaveProperty('missing');
  });
});

describe('average correlation', () => {
  it('is the mean over pairs, and none for one row', () => {
    const rows = Float64Array.of(1, 2, 3, 4, 2, 4, 6, 8, 4, 3, 2, 1);
    expect(averageCorrelation({ trials: 3, days: 4, values: rows })).toBeCloseTo((1 - 1 - 1) / 3, 12);
    expect(averageCorrelation({ trials: 1, days: 4, values: rows.subarray(0, 4) })).toBeNull();
  });
});
