import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GradeMap, fitGradeMap, gradeOf, mapScore, type MonotoneMap } from '../../../grading/index.ts';
import { plantedScores } from './planted-scores.ts';

const OPTIONS = { seed: 1, draws: 60 };
const MAPS = ['above', 'below', 'pUp', 'mean', 'meanLow', 'meanHigh', 'outcomeLow', 'outcomeHigh'] as const;

function rises({ x, y }: MonotoneMap): boolean {
  return x.every((_, i) => i === 0 || (x[i] > x[i - 1] && y[i] >= y[i - 1])) && [...x, ...y].every(Number.isFinite);
}

/** P(up) of a normal score by the model that it was planted with. */
const trueMean = (ic: number, sd: number) => (score: number): number => ic * sd * score;

describe('a grade map', () => {
  const oos = plantedScores({ n: 20_000, seed: 4, ic: 0.2, roundTripCost: 0.0005 });
  const map = fitGradeMap(oos, OPTIONS);

  it('recovers a planted relation: expectation, break-even and probability', () => {
    const mean = trueMean(0.2, 0.01);
    for (const score of [-1.5, -0.5, 0, 0.5, 1.5]) {
      const { expReturn, meanLow, meanHigh } = mapScore(map, score);
      expect(Math.abs(expReturn - mean(score))).toBeLessThan(0.0006);
      expect(meanLow).toBeLessThan(mean(score));
      expect(meanHigh).toBeGreaterThan(mean(score));
    }
    expect(map.s0).toBeCloseTo(0.25, 0);
    // Φ(0.2 × 1.5 ÷ √(1 − 0.04)) = 0.620
    expect(mapScore(map, 1.5).pUp).toBeCloseTo(0.62, 1);
    expect(mapScore(map, map.s0).expReturn).toBeCloseTo(0.0005, 8);
  });

  it('grades 50 at break-even, and by share on either side', () => {
    expect(gradeOf(map, map.s0)).toBe(50);
    const above = oos.score.filter((s) => s >= map.s0).sort();
    expect(gradeOf(map, above[Math.floor(above.length / 2)])).toBeCloseTo(75, 0);
    expect(gradeOf(map, 99)).toBe(100);
    expect(gradeOf(map, -99)).toBe(0);
  });

  it('holds four of five outcomes in its band', () => {
    const held = oos.score.filter((s, i) => oos.forward[i] >= mapScore(map, s).outcomeLow && oos.forward[i] <= mapScore(map, s).outcomeHigh);
    expect(held.length / oos.score.length).toBeCloseTo(0.8, 1);
  });

  it('is small, rises and is finite, as JSON too', () => {
    for (const name of MAPS) {
      expect(map[name].x.length).toBeLessThanOrEqual(201);
      expect(rises(map[name])).toBe(true);
    }
    expect(JSON.parse(JSON.stringify(map))).toEqual(map);
  });

  it('is the same from the same seed', () => {
    expect(fitGradeMap(oos, OPTIONS)).toEqual(map);
  });

  it('counts overlapping outcomes as fewer', () => {
    expect(fitGradeMap(plantedScores({ n: 2400, seed: 4, ic: 0.2, horizonBars: 24 }), OPTIONS).base).toMatchObject({ n: 2400, nEffective: 100 });
  });
});

describe('without a crossing', () => {
  const scores = (mean: number, roundTripCost: number): GradeMap => fitGradeMap(plantedScores({ n: 2000, seed: 5, ic: 0.02, mean, roundTripCost }), OPTIONS);

  it('no grade is above 50 where no score earns its costs', () => {
    const map = scores(0, 0.02);
    expect([-2, 0, 2, 9].map((s) => gradeOf(map, s)).every((grade) => grade <= 50)).toBe(true);
    expect(gradeOf(map, 9)).toBe(50);
  });

  it('none is below 50 where all do', () => {
    const map = scores(0.02, 0);
    expect(gradeOf(map, -9)).toBe(50);
    expect(gradeOf(map, 9)).toBe(100);
  });
});

describe('noise', () => {
  it('is shrunk: P(up) stays near the base rate and the mean near that of all', () => {
    const map = fitGradeMap(plantedScores({ n: 3000, seed: 8, ic: 0, horizonBars: 5 }), OPTIONS);
    for (const score of [-2, 0, 2]) {
      const { pUp, expReturn, meanLow, meanHigh } = mapScore(map, score);
      expect(Math.abs(pUp - map.base.pUp)).toBeLessThan(0.05);
      expect(Math.abs(expReturn - map.base.mean)).toBeLessThan(0.15 * map.base.sd);
      expect(meanLow).toBeLessThan(0);
      expect(meanHigh).toBeGreaterThan(0);
    }
  });
});

describe('any scores', () => {
  const samples = fc.record({
    score: fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -320, max: 320 }).map((x) => x / 64)), { minLength: 40, maxLength: 120 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
    horizonBars: fc.integer({ min: 1, max: 12 }),
    roundTripCost: fc.double({ min: 0, max: 0.02, noNaN: true }),
  });
  const mapOf = ({ score, seed, horizonBars, roundTripCost }: typeof samples extends fc.Arbitrary<infer T> ? T : never): GradeMap => {
    const { forward } = plantedScores({ n: score.length, seed, ic: 0, horizonBars });
    return fitGradeMap({ score: Float64Array.from(score), forward, horizonBars, roundTripCost }, { seed: 1, draws: 20 });
  };

  it('have grades that rise from 0 to 100 and are 50 at s0, and intervals that hold the mean', () => {
    fc.assert(fc.property(samples, fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 2, maxLength: 20 }), (sample, asked) => {
      const map = mapOf(sample);
      for (const name of MAPS) expect(rises(map[name])).toBe(true);
      const points = [...asked, map.s0].sort((a, b) => a - b).map((score) => mapScore(map, score));
      points.forEach((point, i) => {
        expect(point.grade).toBeGreaterThanOrEqual(i === 0 ? 0 : points[i - 1].grade);
        expect(point.grade).toBeLessThanOrEqual(100);
        expect(point.pUp).toBeGreaterThanOrEqual(0);
        expect(point.pUp).toBeLessThanOrEqual(1);
        expect(point.meanLow).toBeLessThanOrEqual(point.expReturn);
        expect(point.meanHigh).toBeGreaterThanOrEqual(point.expReturn);
        expect(point.outcomeLow).toBeLessThanOrEqual(point.outcomeHigh);
      });
      expect(gradeOf(map, map.s0)).toBe(50);
    }), { numRuns: 40 });
  });

  it('give the same probabilities and grades in other units of the score', () => {
    fc.assert(fc.property(samples, fc.constantFrom(0.25, 2, 1024), (sample, factor) => {
      const map = mapOf(sample);
      const other = mapOf({ ...sample, score: sample.score.map((s) => s * factor) });
      for (const s of sample.score) {
        expect(mapScore(other, s * factor).grade).toBeCloseTo(mapScore(map, s).grade, 9);
        expect(mapScore(other, s * factor).pUp).toBeCloseTo(mapScore(map, s).pUp, 12);
      }
    }), { numRuns: 20 });
  });
});

describe('what cannot be fitted or mapped', () => {
  it('is refused', () => {
    expect(() => fitGradeMap(plantedScores({ n: 29, seed: 1, ic: 0 }), OPTIONS)).toThrow('scores with an outcome must be at least 30, was 29');
    const map = fitGradeMap(plantedScores({ n: 60, seed: 1, ic: 0 }), OPTIONS);
    expect(() => mapScore(map, Number.NaN)).toThrow('score must be finite, was NaN');
  });
});

describe('the interval of the mean', () => {
  it.each([0, 0.1])('holds the truth in at least 9 of 10 samples, at the ends too, where the score explains %d of it', (ic) => {
    let [held, asked] = [0, 0];
    for (let seed = 0; seed < 15; seed++) {
      const map = fitGradeMap(plantedScores({ n: 1500, seed: 500 + seed, ic, horizonBars: 6 }), { seed: 1, draws: 50 });
      for (const score of [-2, -1, 0, 1, 2]) {
        const { meanLow, meanHigh } = mapScore(map, score);
        asked++;
        if (meanLow <= trueMean(ic, 0.01)(score) && trueMean(ic, 0.01)(score) <= meanHigh) held++;
      }
    }
    expect(held / asked).toBeGreaterThanOrEqual(0.9);
  });
});
