import { describe, expect, it } from 'vitest';
import { bool, defineStrategy, int, isMissing, paramSpace, type Params, plateauOf } from '../../../../engine/index.ts';

const strategy = defineStrategy({
  id: 'two-axes',
  summary: 'Has two number axes and a switch.',
  params: { fast: int({ min: 1, max: 5, default: 1 }), slow: int({ min: 1, max: 50, default: 10 }), both: bool({ default: false }) },
  admissible: ({ fast, slow }) => fast < slow,
  warmupBars: () => 1,
  targetExposure: ({ close }) => close,
});
const space = paramSpace(strategy, { fast: [1, 2, 3, 4, 5], slow: [40, 10, 30, 20], both: [false, true] }, { kind: 'grid' });
const chosen: Params = { fast: 3, slow: 20, both: true };

function plateau(sharpe: (params: Params) => number | null, winner = chosen) {
  return plateauOf(space, Array.from({ length: space.points }, (_, i) => sharpe(space.pointAt(i))), winner);
}
const isChosen = (p: Params): boolean => p.fast === 3 && p.slow === 20 && p.both === true;

describe('the plateau', () => {
  it('has the points one step up and down each number axis, in the order of the numbers, and none across a switch', () => {
    const found = plateau(() => 1);
    expect(isMissing(found) ? [] : found.neighbours.map(({ params }) => params)).toEqual([
      { fast: 2, slow: 20, both: true }, { fast: 4, slow: 20, both: true }, { fast: 3, slow: 10, both: true }, { fast: 3, slow: 30, both: true },
    ]);
  });

  it('tells a spike from a plateau', () => {
    const spike = plateau((p) => (isChosen(p) ? 3 : 0.1));
    const flat = plateau((p) => (isChosen(p) ? 3 : 2.7));
    expect(spike).toMatchObject({ chosen: 3, median: 0.1 });
    expect(isMissing(spike) ? 1 : spike.ratio).toBeCloseTo(0.1 / 3, 12);
    expect(isMissing(flat) ? 0 : flat.ratio).toBeCloseTo(0.9, 12);
  });

  it('leaves neighbours without a Sharpe ratio out of the median, and is missing below three', () => {
    const three = plateau((p) => (p.slow === 30 ? null : isChosen(p) ? 2 : 1));
    expect(three).toMatchObject({ median: 1, ratio: 0.5 });
    expect(plateau((p) => (p.slow === 20 ? 1 : null))).toEqual({ missing: 'only 2 neighbours of the chosen point with a Sharpe ratio, at least 3 are needed' });
    expect(isMissing(plateau(() => 1, { fast: 1, slow: 10, both: false }))).toBe(true);
  });

  it('states no ratio to a chosen point that does not earn', () => {
    expect(plateau(() => -1)).toMatchObject({ chosen: -1, median: -1, ratio: null });
  });
});
