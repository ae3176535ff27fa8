import { canonicalJson } from '../../core/index.ts';
import { quantile } from '../../metrics/index.ts';
import type { Axes, ParamSpace } from '../../search/index.ts';
import type { Params } from '../../strategy/index.ts';
import type { Known, Plateau } from '../evidence.ts';

/** Fewer say nothing about a plateau. */
const LEAST_NEIGHBOURS = 3;

/**
 * What the points one step up and down on each number axis earn beside the chosen one, everything else equal.
 *
 * Switches and choices have no neighbours. A point that is not in the space (inadmissible, or not drawn) is no neighbour; one without a Sharpe
 * ratio is listed and left out of the median.
 *
 * shape   sharpesAnn[i] belongs to space.pointAt(i)
 * missing below three neighbours with a Sharpe ratio
 */
export function plateauOf(space: ParamSpace, sharpesAnn: readonly (number | null)[], winner: Params): Known<Plateau> {
  const indexOf = new Map(Array.from({ length: space.points }, (_, index) => [canonicalJson(space.pointAt(index)), index]));
  const sharpeOf = (params: Params): number | null | undefined => {
    const index = indexOf.get(canonicalJson(params));
    return index === undefined ? undefined : (sharpesAnn[index] ?? null);
  };
  const neighbours = neighboursOf(space.axes, winner).flatMap((params) => {
    const sharpeAnn = sharpeOf(params);
    return sharpeAnn === undefined ? [] : [{ params, sharpeAnn }];
  });
  const defined = neighbours.flatMap(({ sharpeAnn }) => (sharpeAnn === null ? [] : [sharpeAnn]));
  if (defined.length < LEAST_NEIGHBOURS) return { missing: `only ${defined.length} neighbour${defined.length === 1 ? '' : 's'} of the chosen point with a Sharpe ratio, at least ${LEAST_NEIGHBOURS} are needed` };
  const chosen = sharpeOf(winner) ?? null;
  const median = quantile(defined, 0.5);
  return { chosen, neighbours, median, ratio: chosen === null || chosen <= 0 || median === null ? null : median / chosen };
}

/** The points one step away from a point, on the axes whose values are numbers. */
export function neighboursOf(axes: Axes, params: Params): Params[] {
  return Object.entries(axes).flatMap(([name, values]) => {
    const numbers = [...new Set(values.filter((value): value is number => typeof value === 'number'))].sort((a, b) => a - b);
    const at = numbers.indexOf(params[name] as number);
    if (at < 0) return [];
    return [numbers[at - 1], numbers[at + 1]].filter((value) => value !== undefined).map((value) => ({ ...params, [name]: value }));
  });
}
