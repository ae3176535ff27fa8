import { describe, expect, it } from 'vitest';
import { DAY_MS, seededRandom } from '../../../engine/index.ts';
import { calibrationReport, calibrationTable, fitGradeMap, type Outcome, outcomeKey, outcomesOfScores, type OutOfSampleScores } from '../../../grading/index.ts';
import { plantedScores } from '../score/planted-scores.ts';
import { plantedOutcomes } from './planted-outcomes.ts';

const OPTIONS = { seed: 1, draws: 60 };
/** Spearman of a normal pair. */
const spearman = (ic: number): number => (6 / Math.PI) * Math.asin(ic / 2);

describe('a planted relation', () => {
  const { outcomes } = plantedOutcomes({ tokens: 15, bars: 400, seed: 2, ic: 0.2 });
  const table = calibrationTable(outcomes, OPTIONS);

  it('is found by cross-section, by token and over time, within two standard errors', () => {
    for (const { mean, t } of [table.crossSection, table.timeSeries, table.tokens[0]]) {
      expect(Math.abs((mean as number) - spearman(0.2))).toBeLessThan((2.2 * (mean as number)) / (t as number));
      expect(t as number).toBeGreaterThan(2);
    }
    expect(table.crossSection).toMatchObject({ n: 400, reason: null });
    expect(table.crossSection.icir).toBeCloseTo((table.crossSection.mean as number) / (table.crossSection.sd as number), 12);
    expect(table.tokens.length).toBe(15);
  });

  it('rises from bucket to bucket, and Jonckheere says so', () => {
    expect(table.buckets.reduce((sum, { n }) => sum + n, 0)).toBe(6000);
    expect(table.buckets[9].meanForward as number).toBeGreaterThan(table.buckets[0].meanForward as number);
    expect(table.bands.map(({ name }) => name)).toEqual(['crashing', 'losing', 'steady', 'gaining', 'surging']);
    for (const { hitRate, hitLow, hitHigh, medianForward } of table.bands) {
      expect(hitLow as number).toBeLessThan(hitRate as number);
      expect(hitHigh as number).toBeGreaterThan(hitRate as number);
      expect(medianForward).not.toBeNull();
    }
    expect(table.monotonicity.statistic as number).toBeGreaterThan(0.05);
    expect(table.monotonicity.p as number).toBeLessThan(0.05);
  });

  it('is calibrated as it was planted: skill, decomposition, line and coverage', () => {
    const { brier, brierBase, brierSkill, reliability, resolution, uncertainty, slope, intercept, ece, eceLimit95, within, withinLow, withinHigh, below, above } = table.reliability;
    expect(brierSkill as number).toBeGreaterThan(0);
    expect(brierBase).toBe(uncertainty);
    expect(reliability - resolution + uncertainty).toBeCloseTo(brier, 2);
    expect(Math.abs((slope as number) - 1)).toBeLessThan(0.25);
    expect(Math.abs(intercept as number)).toBeLessThan(0.08);
    expect(ece).toBeLessThan(1.2 * eceLimit95);
    expect(withinLow as number).toBeLessThan(0.8);
    expect(withinHigh as number).toBeGreaterThan(0.8);
    expect(below + within + above).toBeCloseTo(1, 12);
  });

  it('says what it could have found', () => {
    expect(table.power).toMatchObject({ basis: 'cross-section', eras: 400 });
    // 1 ÷ √((N − 1) · E) for tokens that share nothing
    expect(table.power.seMeanIc as number).toBeCloseTo(1 / Math.sqrt(14 * 400), 2);
    expect(table.power.detectableIc as number).toBeCloseTo(2.4865 * (table.power.seMeanIc as number), 4);
  });

  it('does not depend on the order of outcomes, and is JSON', () => {
    const random = seededRandom(5, 'shuffle');
    const shuffled = outcomes.map((outcome) => ({ outcome, at: random() })).sort((a, b) => a.at - b.at).map(({ outcome }) => outcome);
    expect(calibrationTable(shuffled, OPTIONS)).toEqual(table);
    expect(JSON.parse(JSON.stringify(table))).toEqual(table);
  });
});

describe('noise', () => {
  it('is not found: t, monotonicity and skill stay where chance puts them', () => {
    let [t, p, skill, leaks] = [0, 0, 0, 0];
    for (let seed = 0; seed < 12; seed++) {
      const { outcomes } = plantedOutcomes({ tokens: 11, bars: 120, seed: 40 + seed, ic: 0 });
      const table = calibrationTable(outcomes, OPTIONS);
      if (Math.abs(table.crossSection.t as number) > 2.3) t++;
      if ((table.monotonicity.p as number) < 0.05) p++;
      if ((table.reliability.brierSkill as number) > 0.002) skill++;
      if (table.decay.isLeakSuspected) leaks++;
    }
    expect(t).toBeLessThanOrEqual(2);
    expect(p).toBeLessThanOrEqual(2);
    expect(skill).toBe(0);
    expect(leaks).toBeLessThanOrEqual(1);
  });
});

describe('what tokens share', () => {
  it('is taken off the number of independent outcomes and widens what could be found', () => {
    const [alone, together] = [0, 2].map((shared) => calibrationTable(plantedOutcomes({ tokens: 12, bars: 300, seed: 7, ic: 0, shared }).outcomes, OPTIONS));
    expect(alone.nEffective).toBeGreaterThan(2500);
    expect(together.nEffective).toBeLessThan(600);
  });

  it('is taken out by the benchmark: a score of the residual is seen more clearly', () => {
    const { outcomes, benchmark } = plantedOutcomes({ tokens: 15, bars: 300, seed: 9, ic: 0.15, shared: 2 });
    const table = calibrationTable(outcomes, { ...OPTIONS, benchmark: { name: 'BTC/USDT', returns: benchmark } });
    expect(table.betaNeutral?.timeSeries.mean as number).toBeCloseTo(spearman(0.15), 1);
    expect(table.betaNeutral?.timeSeries.mean as number).toBeGreaterThan(1.5 * (table.timeSeries.mean as number));
    expect(table.betaNeutral?.crossSection.mean as number).toBeGreaterThan(table.crossSection.mean as number);
  });
});

describe('contribution', () => {
  const { outcomes } = plantedOutcomes({ tokens: 20, bars: 200, seed: 12, ic: 0.2 });
  const referenceOf = (value: (outcome: Outcome) => number): Map<string, number> => new Map(outcomes.map((outcome) => [outcomeKey(outcome), value(outcome)]));
  const random = seededRandom(3, 'reference');

  it('is nothing beside oneself and all beside noise', () => {
    const { numerai } = calibrationTable(outcomes, { ...OPTIONS, references: { self: referenceOf(({ score }) => 2 * score + 1), noise: referenceOf(() => random()) } });
    expect(numerai.mmc.self.mean).toBeCloseTo(0, 10);
    expect(numerai.mmc.noise.t as number).toBeGreaterThan(3);
    expect(numerai.corr.mean as number).toBeGreaterThan(0.1);
  });
});

describe('decay', () => {
  it('is slow for a score that lasts, and no leak', () => {
    const { lags, isLeakSuspected } = calibrationTable(plantedOutcomes({ tokens: 12, bars: 400, seed: 3, ic: 0.2, lastsBars: 24 }).outcomes, OPTIONS).decay;
    expect(lags.map(({ lagBars }) => lagBars)).toEqual([0, 1, 2, 5, 10]);
    expect(lags[3].ic as number).toBeGreaterThan(0.1);
    expect(isLeakSuspected).toBe(false);
  });

  it('from one bar to the next is a suspected leak', () => {
    const { leakRatio, isLeakSuspected } = calibrationTable(plantedOutcomes({ tokens: 12, bars: 400, seed: 3, ic: 0.2, lastsBars: 1 }).outcomes, OPTIONS).decay;
    expect(leakRatio === null || leakRatio > 2).toBe(true);
    expect(isLeakSuspected).toBe(true);
  });
});

describe('one token', () => {
  it('is judged over time alone, and says why', () => {
    const table = calibrationTable(plantedOutcomes({ tokens: 1, bars: 800, seed: 3, ic: 0.25 }).outcomes, OPTIONS);
    expect(table.crossSection).toEqual({ n: 0, mean: null, sd: null, icir: null, t: null, positive: null, reason: 'no bar has outcomes of 10 tokens' });
    expect(table.timeSeries.n).toBe(80);
    expect(table.power.basis).toBe('time series');
    // 1 ÷ √n, from 80 eras and 60 draws
    expect(Math.abs((table.power.seMeanIc as number) * Math.sqrt(800) - 1)).toBeLessThan(0.3);
    expect(table.nEffective).toBe(800);
  });
});

describe('segments', () => {
  it('are never mixed, and an empty one says why', () => {
    const [shadow, live] = (['SHADOW', 'WATCH'] as const).map((state, i) => plantedOutcomes({ tokens: 2, bars: 60, seed: i, ic: 0, state }).outcomes);
    const report = calibrationReport([...shadow, ...live], OPTIONS);
    expect(report.outOfSample).toEqual({ table: null, reason: 'no out-of-sample outcome was given' });
    expect(report.shadow.table).toEqual(calibrationTable(shadow, OPTIONS));
    expect(report.live.table).toEqual(calibrationTable(live, OPTIONS));
  });

  it('take out-of-sample scores by the frozen map', () => {
    const scored = plantedScores({ n: 400, seed: 2, ic: 0.2, horizonBars: 3 });
    const oos = { ...scored, openTimeMs: scored.score.map((_, i) => i * DAY_MS), lagged: scored.forward.map((_, i) => scored.forward[i + 1] ?? Number.NaN) } as unknown as OutOfSampleScores;
    const market = { venue: 'test', symbol: 'ONE/USDT', timeframeMs: DAY_MS };
    const outcomes = outcomesOfScores(oos, fitGradeMap(oos, { seed: 1, draws: 5 }), { market, model: 'one@1' });
    expect(outcomes.length).toBe(400);
    expect(outcomes[399].laggedReturn).toBeNull();
    expect(calibrationReport(outcomes, OPTIONS).outOfSample.table).toMatchObject({ n: 400, horizonBars: 3, markets: 1 });
  });
});

describe('outcomes that do not belong together', () => {
  const { outcomes } = plantedOutcomes({ tokens: 1, bars: 5, seed: 1, ic: 0 });

  it('are refused', () => {
    expect(() => calibrationTable([], OPTIONS)).toThrow('outcomes must be at least one, was 0');
    expect(() => calibrationTable([outcomes[0], { ...outcomes[1], horizonBars: 2 }], OPTIONS)).toThrow('outcomes must be of one horizon and timeframe');
    expect(() => calibrationTable([outcomes[0], outcomes[0]], OPTIONS)).toThrow('outcomes must be one a bar');
  });
});
