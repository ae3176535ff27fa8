import { describe, expect, it } from 'vitest';
import { calibrationFacts, fitGradeMap, mapScore } from '../../../grading/index.ts';
import { brierScore } from '../../../grading/statistics/index.ts';
import { plantedScores } from './planted-scores.ts';

type Spec = Parameters<typeof plantedScores>[0];

function factsOf(spec: Spec, draws = 100) {
  const oos = plantedScores(spec);
  return calibrationFacts(oos, fitGradeMap(oos, { seed: 1, draws: 2 }), { seed: 1, draws });
}

describe('calibration facts', () => {
  it('recover a planted rank correlation within its interval, with skill and a line near 0 and 1', () => {
    const facts = factsOf({ n: 20_000, seed: 11, ic: 0.2 });
    const error = (facts.icMean as number) / (facts.icT as number);
    expect(Math.abs((facts.icMean as number) - 0.19)).toBeLessThan(2 * error); // Spearman of a normal pair: 6 ÷ π · asin(0.2 ÷ 2) = 0.191
    expect(facts.brierSkill).toBeGreaterThan(0.01);
    expect(facts.slope as number).toBeGreaterThan(0.8);
    expect(facts.slope as number).toBeLessThan(1.3);
    expect(facts.ece).toBeLessThanOrEqual(facts.eceLimit95 * 1.3);
    // P(sign agrees) = ½ + asin(0.2) ÷ π = 0.564
    expect(Math.abs((facts.hitRate as number) - 0.564)).toBeLessThan(0.015);
  });

  it('find nothing in noise, and say so out of sample: no skill, though the fit on its own sample shows some', () => {
    let [t, skills, seen, unseen] = [0, 0, 0, 0];
    for (let seed = 0; seed < 10; seed++) {
      const oos = plantedScores({ n: 3000, seed, ic: 0, horizonBars: 12 });
      const map = fitGradeMap(oos, { seed: 1, draws: 2 });
      const facts = calibrationFacts(oos, map, { seed: 1, draws: 20 });
      if (Math.abs(facts.icT as number) > 2.5) t++;
      if (facts.brierSkill > 0.002) skills++;
      const ups = oos.forward.map((r) => (r > 0 ? 1 : 0));
      seen += 1 - brierScore(oos.score.map((s) => mapScore(map, s).pUp), ups) / brierScore(ups.map(() => map.base.pUp), ups);
      unseen += facts.brierSkill;
    }
    expect(seen).toBeGreaterThan(0);
    expect(unseen).toBeLessThan(0);
    expect(t).toBeLessThanOrEqual(1);
    expect(skills).toBeLessThanOrEqual(1);
  });

  it('count overlapping outcomes as fewer and are wider for it', () => {
    const [plain, overlapping] = [1, 24].map((horizonBars) => factsOf({ n: 6000, seed: 3, ic: 0.1, horizonBars }));
    expect(overlapping.nEffective).toBe(250);
    expect(overlapping.eceLimit95).toBeGreaterThan(1.5 * plain.eceLimit95);
    expect(overlapping.icSd as number).toBeGreaterThan(0);
  });

  it('are the same from the same seed', () => {
    const spec = { n: 1000, seed: 3, ic: 0.1, horizonBars: 3 };
    expect(factsOf(spec, 20)).toEqual(factsOf(spec, 20));
  });

  it('are refused where nothing can be told', () => {
    const few = plantedScores({ n: 60, seed: 3, ic: 0, horizonBars: 12 });
    expect(() => calibrationFacts(few, fitGradeMap(few, { seed: 1, draws: 2 }), { seed: 1 })).toThrow('scores with an outcome must be at least 68 for a horizon of 12 bars, was 60');
    const rising = { ...few, horizonBars: 1, forward: few.forward.map(Math.abs) };
    expect(() => calibrationFacts(rising, fitGradeMap(rising, { seed: 1, draws: 2 }), { seed: 1 })).toThrow('outcomes must be above 0 and below, was "60 of one side"');
  });

  it('have no rank correlation where all scores are the same', () => {
    const flat = plantedScores({ n: 200, seed: 3, ic: 0 });
    const same = { ...flat, score: flat.score.map(() => 1) };
    expect(calibrationFacts(same, fitGradeMap(same, { seed: 1, draws: 2 }), { seed: 1, draws: 10 })).toMatchObject({ icMean: null, icSd: null, icT: null, brierSkill: expect.closeTo(0, 1) as number });
  });
});
