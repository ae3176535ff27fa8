import { beforeAll, describe, expect, it } from 'vitest';
import { barsFromColumns, type Bars, DAY_MS, HOUR_MS, sliceBars, type WalkForward } from '../../../engine/index.ts';
import {
  createScorer, defaultHorizonBars, fitGradeMap, gradeOf, memoryBarsOf, MODEL_INPUT_BARS, MODEL_INPUTS, modelInputs, type OutOfSampleScores, outOfSampleScores, roundTripCostOf, scoreReference,
} from '../../../grading/index.ts';
import { walkForwardStudy } from '../../../workbench/index.ts';
import { emaCross } from '../../../strategies/trend/ema-cross.ts';
import { randomWalk } from '../../support/small-market.ts';

const BARS = randomWalk(900, 3);
const COSTS = { takerFeeBps: 10, halfSpreadBps: 1, slippageBps: 4 };

function walkOf(data: Bars): Promise<WalkForward> {
  return walkForwardStudy({
    strategy: emaCross, data, axes: { fastBars: [2, 4, 8], slowBars: [10, 20, 30] }, windows: { train: '200d', test: '100d' }, objective: 'totalReturn', ledger: null, costs: COSTS,
  });
}

let walk: WalkForward;
let oos: OutOfSampleScores;
beforeAll(async () => {
  walk = await walkOf(BARS);
  oos = outOfSampleScores(walk, emaCross, BARS, { horizonBars: 5 });
});

describe('out-of-sample scores', () => {
  it('are of every stitched test bar, by the parameters that its window chose', () => {
    expect(oos.bar.length).toBe(walk.windows.reduce((sum, { bars }) => sum + bars.testTo - bars.testFrom, 0));
    expect(new Set(walk.windows.map(({ chosen }) => JSON.stringify(chosen))).size).toBeGreaterThan(1);
    for (const { chosen, bars: { testFrom } } of walk.windows) {
      if (chosen === null) throw new Error('every window has a choice here');
      const scorer = createScorer(emaCross, chosen, walk.spec.config, memoryBarsOf(emaCross, chosen));
      expect(oos.score[oos.bar.indexOf(testFrom)]).toBe(scorer.at(sliceBars(BARS, 0, testFrom + 1)) ?? Number.NaN);
    }
  });

  it('have the return from the next open to the open a horizon later, at once and a bar later', () => {
    const i = 40;
    const t = oos.bar[i];
    expect(oos.openTimeMs[i]).toBe(BARS.openTimeMs[t]);
    expect(oos.forward[i]).toBe(Math.log(BARS.open[t + 6] / BARS.open[t + 1]));
    expect(oos.lagged[i]).toBe(Math.log(BARS.open[t + 7] / BARS.open[t + 2]));
    expect(oos.net[i]).toBe(Math.sign(oos.score[i]) * oos.forward[i] - oos.roundTripCost);
  });

  it('have no outcome beyond the data', () => {
    const beyond = [...oos.bar].map((t) => t + 6 >= BARS.length);
    expect([...oos.forward].map(Number.isNaN)).toEqual(beyond);
    expect(beyond.filter(Boolean).length).toBe(6);
  });

  it('are those of the bars of the walk-forward alone', () => {
    expect(() => outOfSampleScores(walk, emaCross, randomWalk(900, 4), { horizonBars: 5 })).toThrow('bars must be those of the walk-forward');
    expect(() => outOfSampleScores(walk, emaCross, BARS, { horizonBars: 0 })).toThrow('horizonBars must be a whole number of at least 1, was 0');
  });

  it('do not change when prices are scaled, nor do grades', async () => {
    const scaled = barsFromColumns({ ...BARS, ...Object.fromEntries((['open', 'high', 'low', 'close'] as const).map((name) => [name, BARS[name].map((price) => 4 * price)])) }, DAY_MS, BARS.instrument);
    const other = outOfSampleScores(await walkOf(scaled), emaCross, scaled, { horizonBars: 5 });
    expect(other.score).toEqual(oos.score);
    expect(other.forward).toEqual(oos.forward);
    expect(other.inputs).toEqual(oos.inputs);
    const [map, same] = [oos, other].map((one) => fitGradeMap(one, { seed: 1, draws: 20 }));
    expect(same).toEqual(map);
    expect(gradeOf(map, map.s0)).toBe(50);
  });
});

describe('what a round trip costs', () => {
  it('is the log of bought above and sold below: by hand', () => {
    const [up, down] = [1.0005 * 1.001, 0.9995 * 0.999];
    expect(oos.roundTripCost).toBeCloseTo(Math.log(up / down), 15);
    const schedule = { name: 'tiers', tables: [{ fromMs: 0, tiers: [{ fromVolumeQuote: 0, takerFeeBps: 20, makerFeeBps: 0 }, { fromVolumeQuote: 1e6, takerFeeBps: 1, makerFeeBps: 0 }] }] };
    expect(roundTripCostOf({ ...walk.spec.config, fees: schedule })).toBeCloseTo(Math.log((1.0005 * 1.002) / (0.9995 * 0.998)), 15);
  });
});

describe('the default horizon', () => {
  const held = (bars: readonly number[], timeframeMs: number): number =>
    defaultHorizonBars({ trades: bars.map((count) => ({ entryBar: 10, exitBar: 10 + count })), spec: { markets: [{ timeframeMs }] } } as unknown as WalkForward);

  it('is the median holding, from a bar to seven days', () => {
    expect(held([3, 5, 100], HOUR_MS)).toBe(5);
    expect(held([0, 0], HOUR_MS)).toBe(1);
    expect(held([500], HOUR_MS)).toBe(168);
    expect(held([500], DAY_MS)).toBe(7);
  });

  it('is a day where nothing was traded', () => {
    expect(held([], HOUR_MS)).toBe(24);
    expect(held([], 7 * DAY_MS)).toBe(1);
  });
});

describe('inputs of a model', () => {
  it('are the same to the bit whatever was loaded, from 21 bars', () => {
    const last = modelInputs(sliceBars(BARS, 500 - MODEL_INPUT_BARS, 500), MODEL_INPUT_BARS - 1, MODEL_INPUT_BARS);
    const all = modelInputs(BARS, 499, 500);
    expect(last).toEqual(all);
    for (const name of MODEL_INPUTS) expect(all[name][0]).not.toBeNaN();
    expect(modelInputs(BARS, 19, 20).return1[0]).toBeNaN();
  });

  it('are by hand', () => {
    const { return5, volumeRatio20, range } = modelInputs(BARS, 100, 101);
    expect(return5[0]).toBe(Math.log(BARS.close[100] / BARS.close[95]));
    expect(volumeRatio20[0]).toBe(1);
    expect(range[0]).toBe(Math.log(BARS.high[100] / BARS.low[100]));
  });

  it('have a reference of 101 quantiles; one that was never known has none', () => {
    const { score, features } = scoreReference({ ...oos, inputs: { ...oos.inputs, volumeRatio20: oos.score.map(() => Number.NaN) } });
    expect(Object.keys(features)).toEqual(MODEL_INPUTS.filter((name) => name !== 'volumeRatio20'));
    for (const quantiles of [score, ...Object.values(features)]) {
      expect(quantiles.length).toBe(101);
      expect(quantiles.every((value, i) => i === 0 || value >= quantiles[i - 1])).toBe(true);
    }
    const known = oos.score.filter(Number.isFinite);
    expect(score[0]).toBe(Math.min(...known));
    expect(score[100]).toBe(Math.max(...known));
  });
});
