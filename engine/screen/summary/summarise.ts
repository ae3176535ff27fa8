import type { Params } from '../../strategy/index.ts';
import type { MomentsOfTrials, ScreenAxis, ScreenMap, ScreenMarket, ScreenTrial } from '../artefact.ts';
import { SCREEN_COLUMNS, type ScreenColumn } from '../types.ts';
import type { AxisBins, Binning } from './bins.ts';
import { type Sums, varianceOfSums } from './moments.ts';
import type { RankedTrial } from './ranking.ts';
import type { BinTally, MapTally, ScreenTally, TallyShape } from './tally.ts';

/** What a tally says, as it is stored and shown. */
export function summariseTally(tally: ScreenTally, shape: TallyShape, market: number, paramsAt: (trial: number) => Params): ScreenMarket {
  return {
    trials: tally.trials,
    failed: tally.failed,
    objective: trialMoments(tally.objective),
    sharpeAnn: trialMoments(tally.sharpeAnn),
    top: tally.top.map((one) => trialOf(one, market, paramsAt)),
    axes: tally.axes.map((bins, k) => axisOf(bins, shape.axes[k])),
    maps: tally.maps.map((map, k) => mapOf(map, shape.maps[k])),
  };
}

export function trialMoments(sums: Sums): MomentsOfTrials {
  return { n: sums.n, mean: sums.n === 0 ? null : sums.mean, variance: varianceOfSums(sums) };
}

export function trialOf({ trial, figures }: RankedTrial, market: number, paramsAt: (trial: number) => Params): ScreenTrial {
  const named = SCREEN_COLUMNS.map((name, c) => [name, known(figures[c])] as const);
  return { trial, market, params: paramsAt(trial), figures: Object.fromEntries(named) as Record<ScreenColumn, number | null> };
}

function axisOf({ trials, defined, positive, sum, least, best }: BinTally, bins: Binning): ScreenAxis {
  return {
    ...plain(bins), trials: [...trials], defined: [...defined], positive: [...positive], mean: Array.from(sum, (one, bin) => known(one / defined[bin])),
    least: Array.from(least, known), best: Array.from(best, known),
  };
}

function mapOf({ defined, sum, best }: MapTally, [x, y]: readonly [Binning, Binning]): ScreenMap {
  return { x: plain(x), y: plain(y), defined, mean: sum.map((one, cell) => one / defined[cell]), best };
}

function plain({ name, from, to }: AxisBins): AxisBins {
  return { name, from, to };
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
