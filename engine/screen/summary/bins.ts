import type { Grid } from '../../search/index.ts';
import type { ParamValue } from '../../strategy/index.ts';

/** Values of one axis in bins of neighbours; an axis of few values has a bin for each. */
export interface AxisBins {
  readonly name: string;
  /** First and last value of each bin, in the order of the axis. */
  readonly from: readonly ParamValue[];
  readonly to: readonly ParamValue[];
}

/** Where each value of an axis is counted. */
export interface Binning extends AxisBins {
  /** Position of the axis in the grid. */
  readonly axis: number;
  readonly isNumeric: boolean;
  /** Bin of each value. */
  readonly binOf: Uint16Array;
}

/** Bins of an axis at most. */
export const MOST_BINS = 100;
/** Cells of all maps of a screen at most, so that many markets stay within memory; a map has 8 × 8 bins at least. */
const MOST_CELLS = 1_000_000;
const FEWEST_MAP_BINS = 8;
/** Axes that are paired in maps: the first numeric ones. */
const MAPPED_AXES = 4;

/** The axes of which a screen has more than one value. */
export function binningsOf(grid: Grid, mostBins = MOST_BINS): Binning[] {
  return grid.names.flatMap((name, axis) => {
    const values = grid.values[axis];
    return values.length < 2 ? [] : [binning(name, axis, values, Math.min(mostBins, values.length))];
  });
}

/** Pairs of axes that are drawn against each other, coarse enough for so many markets. */
export function mapPairs(grid: Grid, markets: number): (readonly [Binning, Binning])[] {
  const numeric = (bins: number): Binning[] => binningsOf(grid, bins).filter(({ isNumeric }) => isNumeric).slice(0, MAPPED_AXES);
  const count = numeric(1).length;
  const pairs = (count * (count - 1)) / 2;
  const bins = Math.floor(Math.sqrt(MOST_CELLS / Math.max(1, pairs * markets)));
  const axes = numeric(Math.max(FEWEST_MAP_BINS, Math.min(MOST_BINS, bins)));
  return axes.flatMap((x, i) => axes.slice(i + 1).map((y) => [x, y] as const));
}

function binning(name: string, axis: number, values: readonly ParamValue[], bins: number): Binning {
  const binOf = Uint16Array.from(values, (_, i) => Math.floor((i * bins) / values.length));
  const first = Array.from({ length: bins }, (_, bin) => Math.ceil((bin * values.length) / bins));
  return {
    name, axis, binOf,
    isNumeric: values.every((value) => typeof value === 'number'),
    from: first.map((i) => values[i]),
    to: first.map((_, bin) => values[(first[bin + 1] ?? values.length) - 1]),
  };
}
