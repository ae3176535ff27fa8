import type { Grid } from '../../search/index.ts';
import { SCREEN_COLUMNS, type ScreenColumn } from '../types.ts';
import { type Binning, binningsOf, mapPairs } from './bins.ts';
import { addSums, type Sums, sumsOf } from './moments.ts';
import { mergeRankings, rank, type RankedTrial } from './ranking.ts';

/** Best trials of a market that a screen keeps. */
export const MOST_TOP = 100;
const SHARPE = SCREEN_COLUMNS.indexOf('sharpeAnn');

/** What is counted of the trials of one market. */
export interface TallyShape {
  /** Column of the objective. */
  readonly objective: number;
  readonly axes: readonly Binning[];
  readonly maps: readonly (readonly [Binning, Binning])[];
}

/** Of the objective by bin; NaN in `least` and `best` where no trial of the bin has a value. */
export interface BinTally {
  readonly trials: Float64Array;
  readonly defined: Float64Array;
  readonly sum: Float64Array;
  readonly positive: Float64Array;
  readonly least: Float64Array;
  readonly best: Float64Array;
}

/** Of the objective by cell x × (bins of y) + y. */
export interface MapTally {
  readonly defined: Float64Array;
  readonly sum: Float64Array;
  readonly best: Float64Array;
}

/** Sums of consecutive trials of one market; bounded, however many there are. */
export interface ScreenTally {
  trials: number;
  failed: number;
  readonly objective: Sums;
  readonly sharpeAnn: Sums;
  readonly top: RankedTrial[];
  /** The greatest Sharpe ratio, whatever the objective. */
  readonly bestSharpe: RankedTrial[];
  readonly axes: readonly BinTally[];
  readonly maps: readonly MapTally[];
}

/** Rows of consecutive trials of one market. */
export interface TallyRows {
  /** Trial index of the first. */
  readonly from: number;
  /** One a figure, in the order of SCREEN_COLUMNS. */
  readonly columns: readonly Float64Array[];
  /** One an axis of the grid: which value each trial has. */
  readonly digits: readonly Uint32Array[];
  readonly failed: number;
}

export function tallyShape(grid: Grid, objective: ScreenColumn, markets: number): TallyShape {
  return { objective: SCREEN_COLUMNS.indexOf(objective), axes: binningsOf(grid), maps: mapPairs(grid, markets) };
}

export function createTally({ axes, maps }: TallyShape): ScreenTally {
  const nothing = (): Sums => ({ n: 0, mean: 0, m2: 0 });
  const unknown = (n: number): Float64Array => new Float64Array(n).fill(Number.NaN);
  return {
    trials: 0, failed: 0, objective: nothing(), sharpeAnn: nothing(), top: [], bestSharpe: [],
    axes: axes.map(({ from: { length: n } }) => ({
      trials: new Float64Array(n), defined: new Float64Array(n), sum: new Float64Array(n), positive: new Float64Array(n), least: unknown(n), best: unknown(n),
    })),
    maps: maps.map(([x, y]) => x.from.length * y.from.length).map((n) => ({ defined: new Float64Array(n), sum: new Float64Array(n), best: unknown(n) })),
  };
}

/** Adds rows that follow all that were added; sums run in trial order. */
export function addRows(tally: ScreenTally, shape: TallyShape, { from, columns, digits, failed }: TallyRows): void {
  const values = columns[shape.objective];
  tally.trials += values.length;
  tally.failed += failed;
  addSums(tally.objective, sumsOf(values));
  addSums(tally.sharpeAnn, sumsOf(columns[SHARPE]));
  rank({ column: shape.objective, most: MOST_TOP, trials: tally.top }, columns, from);
  rank({ column: SHARPE, most: 1, trials: tally.bestSharpe }, columns, from);
  shape.axes.forEach(({ axis, binOf }, k) => addToBins(tally.axes[k], values, digits[axis], binOf));
  shape.maps.forEach(([x, y], k) => addToMap(tally.maps[k], values, [digits[x.axis], x.binOf], [digits[y.axis], y.binOf], y.from.length));
}

function addToBins({ trials, defined, sum, positive, least, best }: BinTally, values: Float64Array, digits: Uint32Array, binOf: Uint16Array): void {
  for (let i = 0; i < values.length; i++) {
    const bin = binOf[digits[i]];
    const value = values[i];
    trials[bin]++;
    if (Number.isNaN(value)) continue;
    defined[bin]++;
    sum[bin] += value;
    if (value > 0) positive[bin]++;
    if (!(value >= least[bin])) least[bin] = value;
    if (!(value <= best[bin])) best[bin] = value;
  }
}

type Coordinate = readonly [digits: Uint32Array, binOf: Uint16Array];

function addToMap({ defined, sum, best }: MapTally, values: Float64Array, [xs, xBin]: Coordinate, [ys, yBin]: Coordinate, width: number): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    const cell = xBin[xs[i]] * width + yBin[ys[i]];
    defined[cell]++;
    sum[cell] += value;
    if (!(value <= best[cell])) best[cell] = value;
  }
}

/** Adds the tally of later trials. */
export function addTally(into: ScreenTally, shape: TallyShape, later: ScreenTally): void {
  into.trials += later.trials;
  into.failed += later.failed;
  addSums(into.objective, later.objective);
  addSums(into.sharpeAnn, later.sharpeAnn);
  mergeRankings({ column: shape.objective, most: MOST_TOP, trials: into.top }, later.top);
  mergeRankings({ column: SHARPE, most: 1, trials: into.bestSharpe }, later.bestSharpe);
  into.axes.forEach((bins, k) => addArrays(bins, later.axes[k]));
  into.maps.forEach((map, k) => addArrays(map, later.maps[k]));
}

const LEAST = (a: number, b: number): boolean => !(b >= a);
const MOST = (a: number, b: number): boolean => !(b <= a);

function addArrays<T extends BinTally | MapTally>(into: T, later: T): void {
  for (const name of Object.keys(into) as (keyof T & string)[]) {
    const [values, added] = [into[name] as Float64Array, later[name] as Float64Array];
    if (name === 'least') keep(values, added, LEAST);
    else if (name === 'best') keep(values, added, MOST);
    else for (let i = 0; i < values.length; i++) values[i] += added[i];
  }
}

/** Takes a later value where it beats the one that is there, or where none is. */
function keep(values: Float64Array, later: Float64Array, beats: (value: number, by: number) => boolean): void {
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(later[i]) && beats(values[i], later[i])) values[i] = later[i];
}
