import { describe, expect, it } from 'vitest';
import { evaluateSplits, halfCount, isMissing, overfitEvidence, overfitProbability, type Panel, rowOf, sharpe } from '../../../../engine/index.ts';
import { noisePanel } from '../../../support/noise-panel.ts';

/** The definition, split by split over concatenated rows. */
function plainSplits({ trials, days, ...panel }: Panel, blocks: number): { winner: number; inside: number; outside: number; rank: number }[] {
  const rows = Math.floor(days / blocks);
  const head = days - rows * blocks;
  const choose = (from: number, left: number): number[][] =>
    left === 0 ? [[]] : Array.from({ length: blocks - from }, (_, i) => from + i).flatMap((first) => choose(first + 1, left - 1).map((rest) => [first, ...rest]));
  return choose(0, blocks / 2).map((chosen) => {
    const scores = (isIn: boolean): number[] =>
      Array.from({ length: trials }, (_, k) => sharpe([...rowOf({ trials, days, ...panel }, k)].filter((_r, t) => t >= head && chosen.includes(Math.floor((t - head) / rows)) === isIn), 1) ?? -Infinity);
    const [inside, outside] = [scores(true), scores(false)];
    const winner = inside.indexOf(Math.max(...inside));
    const [below, equal] = [outside.filter((one) => one < outside[winner]).length, outside.filter((one) => one === outside[winner]).length];
    return { winner, inside: inside[winner], outside: outside[winner], rank: below + (equal + 1) / 2 };
  });
}

describe('combinatorially symmetric cross-validation', () => {
  const panel = noisePanel({ trials: 9, days: 83, seed: 5, means: [0.3] });

  it.each([2, 4, 8])('agrees with the definition, split by split, for %d blocks', (blocks) => {
    const { splits, pbo, probabilityOfLoss } = overfitProbability(panel, { blocks });
    const expected = plainSplits(panel, blocks);
    expect(splits.count).toBe(expected.length);
    expected.forEach((one, i) => {
      expect([splits.winner[i], splits.rank[i]]).toEqual([one.winner, one.rank]);
      expect(splits.inSample[i]).toBeCloseTo(one.inside, 9);
      expect(splits.outOfSample[i]).toBeCloseTo(one.outside, 9);
    });
    expect(pbo).toBe(expected.filter(({ rank }) => rank <= 5).length / expected.length);
    expect(probabilityOfLoss).toBe(expected.filter(({ outside }) => outside < 0).length / expected.length);
  });

  it('gives identical trials the average rank, and the first of them the choice', () => {
    const { values } = noisePanel({ trials: 1, days: 40, seed: 3 });
    const twins = { trials: 3, days: 40, values: Float64Array.from({ length: 120 }, (_, i) => values[i % 40]) };
    const { splits, pbo } = overfitProbability(twins, { blocks: 4 });
    expect([...splits.winner, ...splits.rank]).toEqual([0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2]);
    expect(pbo).toBe(1);
  });

  it('ranks a trial that stands still in a half last there, and counts that as a loss', () => {
    const still = noisePanel({ trials: 2, days: 40, seed: 9, means: [3, -1] });
    still.values.fill(0, 20, 40);
    const { splits, probabilityOfLoss } = overfitProbability(still, { blocks: 2 });
    expect([splits.winner[0], splits.outOfSample[0], splits.rank[0]]).toEqual([0, -Infinity, 1]);
    expect(probabilityOfLoss).toBe(1);
  });

  it('refuses an odd number of blocks, one trial, and a trial without spread', () => {
    expect(() => overfitProbability(panel, { blocks: 5 })).toThrow('blocks must be an even number');
    expect(() => overfitProbability({ ...panel, trials: 1, values: panel.values.subarray(0, 83) }, { blocks: 4 })).toThrow('trials must be at least 2');
    expect(() => overfitProbability({ trials: 2, days: 4, values: Float64Array.of(1, 2, 3, 4, 1, 1, 1, 1) }, { blocks: 2 })).toThrow('trial 1 has none');
  });
});

describe('evidence of overfitting', () => {
  it('is the same whatever parts the splits are done in', async () => {
    const panel = noisePanel({ trials: 30, days: 400, seed: 1 });
    const cut = [0, 11, 29, halfCount(8)];
    const whole = await overfitEvidence(panel, 365, undefined, 8);
    const parts = await overfitEvidence(panel, 365, (sums) => Promise.resolve([2, 0, 1].map((i) => evaluateSplits(sums, 'sharpe', cut[i], cut[i + 1]))), 8);
    expect(parts).toEqual(whole);
  });

  it('tells skill from noise', async () => {
    const [skill, noise] = await Promise.all([Array.from({ length: 30 }, (_, k) => (k === 7 ? 0.3 : 0)), []].map((means) => overfitEvidence(noisePanel({ trials: 30, days: 640, seed: 2, means }), 365)));
    if (isMissing(skill) || isMissing(noise)) throw new Error('missing');
    expect([skill.combinations, skill.pbo, skill.probabilityOfLoss, skill.dominance.firstOrder, skill.dominance.secondOrder]).toEqual([12_870, 0, 0, true, true]);
    expect(noise.probabilityOfLoss).toBeGreaterThan(0.3);
    expect(noise.logits.counts.reduce((sum, one) => sum + one, 0)).toBe(12_870);
    expect(noise.degradation.slope).toBeLessThan(0);
    expect(noise.degradation.sample.length).toBe(400);
  });

  it('is missing for one trial, or days too few', async () => {
    expect(await overfitEvidence(noisePanel({ trials: 1, days: 400, seed: 1 }), 365)).toHaveProperty('missing');
    expect(await overfitEvidence(noisePanel({ trials: 3, days: 79, seed: 1 }), 365)).toHaveProperty('missing');
  });
});
