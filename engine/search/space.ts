import { InputError, requireInput, seededRandom, unknownName } from '../core/index.ts';
import type { Params, ParamSpec, ParamSpecs, ParamValue, Strategy } from '../strategy/index.ts';
import { type Grid, gridOf } from './grid.ts';
import type { Sampler } from './types.ts';

export type Axes = Readonly<Record<string, readonly ParamValue[]>>;

/** The parameter points of a search, by index; the same index is the same point in every process. */
export interface ParamSpace {
  readonly axes: Axes;
  readonly points: number;
  pointAt(index: number): Params;
  /** The full grid that the points are taken from, and where a point lies in it. */
  readonly grid: Grid;
  gridIndexAt(index: number): number;
  /** Every point in order, in one object that is written anew each time. */
  visit(visitor: (point: Params, index: number) => void): void;
}

/** Points a number axis has when neither the strategy nor the user states a step. */
const DEFAULT_AXIS_POINTS = 8;
/** A grid beyond this is a mistake more often than a wish. */
const MOST_POINTS = 50_000_000;

/**
 * Axes of a search: the strategy's own ranges, replaced where the user states values.
 *
 * throws  InputError `axis-empty`, `param-unknown`
 */
export function axesOf(specs: ParamSpecs, stated: Axes = {}): Axes {
  for (const name of Object.keys(stated)) if (!(name in specs)) throw unknownName('param-unknown', 'parameter', name, Object.keys(specs));
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const values = stated[name] ?? defaultAxis(spec);
      requireInput(values.length > 0, 'axis-empty', `values of ${name}`, 'at least one', values.length);
      return [name, values];
    }),
  );
}

/**
 * All admissible points of a grid, or seeded random draws among them.
 *
 * throws  InputError `space-too-large`, `space-empty`
 */
export function paramSpace(strategy: Strategy, axes: Axes, sampler: Sampler): ParamSpace {
  return sampler.kind === 'grid' ? gridSpace(strategy, axes) : randomSpace(strategy, axes, sampler.points, sampler.seed);
}

function gridSpace(strategy: Strategy, axes: Axes): ParamSpace {
  const grid = gridOf(axes);
  if (grid.size > MOST_POINTS) {
    throw new InputError('space-too-large', `a grid must have at most ${MOST_POINTS} points, has ${grid.size}; state fewer values or sample at random`);
  }
  const admissible = new Uint32Array(grid.size);
  let count = 0;
  grid.visit((point, gridIndex) => {
    if (strategy.admissible(point)) admissible[count++] = gridIndex;
  });
  return spaceOf(strategy, axes, grid, admissible.subarray(0, count));
}

/** Distinct admissible draws in draw order; fewer than asked when the space has fewer. */
function randomSpace(strategy: Strategy, axes: Axes, points: number, seed: number): ParamSpace {
  const random = seededRandom(seed, 'param-space');
  const grid = gridOf(axes);
  const { size } = grid;
  const pointAt = grid.cursor();
  const seen = new Set<number>();
  const drawn: number[] = [];
  for (let attempts = 0; drawn.length < points && seen.size < size && attempts < 100 * points + 1000; attempts++) {
    const index = Math.floor(random() * size);
    if (seen.has(index)) continue;
    seen.add(index);
    if (strategy.admissible(pointAt(index))) drawn.push(index);
  }
  return spaceOf(strategy, axes, grid, drawn);
}

/** The points at some indices of a grid. */
function spaceOf(strategy: Strategy, axes: Axes, grid: Grid, indices: ArrayLike<number>): ParamSpace {
  if (indices.length === 0) throw new InputError('space-empty', `the search space of ${strategy.id} must hold an admissible point, holds none of ${grid.size}`);
  return {
    axes,
    points: indices.length,
    pointAt: (index) => grid.pointAt(indices[index]),
    grid,
    gridIndexAt: (index) => indices[index],
    visit(visitor) {
      const pointAt = grid.cursor();
      for (let index = 0; index < indices.length; index++) visitor(pointAt(indices[index]), index);
    },
  };
}

function defaultAxis(spec: ParamSpec): readonly ParamValue[] {
  if (spec.type === 'choice') return spec.options;
  if (spec.type === 'bool') return [false, true];
  return spec.step === undefined ? spread(spec.min, spec.max, spec.scale ?? 'linear', spec.type === 'int') : stepped(spec.min, spec.max, spec.step);
}

/** min, min + step, … up to max; computed by multiplication, so that no rounding error grows. */
export function stepped(min: number, max: number, step: number): number[] {
  requireInput(step > 0, 'axis-step', 'step', 'above 0', step);
  const count = Math.floor((max - min) / step + 1e-9) + 1;
  const digits = Math.max(decimals(min), decimals(step));
  return Array.from({ length: Math.max(0, count) }, (_, i) => Number((min + i * step).toFixed(digits)));
}

function spread(min: number, max: number, scale: 'linear' | 'log', whole: boolean): number[] {
  const at = (i: number): number => {
    const share = i / (DEFAULT_AXIS_POINTS - 1);
    const value = scale === 'log' ? min * (max / min) ** share : min + share * (max - min);
    return whole ? Math.round(value) : Math.min(max, Math.max(min, Number(value.toPrecision(6))));
  };
  return [...new Set(Array.from({ length: DEFAULT_AXIS_POINTS }, (_, i) => at(i)))];
}

function decimals(value: number): number {
  const [mantissa, exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent));
}
