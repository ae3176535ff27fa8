import type { Params, ParamValue } from '../strategy/index.ts';
import type { Axes } from './space.ts';

/** The full grid of some axes: an index is a number in mixed radix, the last axis its fastest digit. */
export interface Grid {
  readonly size: number;
  readonly names: readonly string[];
  readonly values: readonly (readonly ParamValue[])[];
  /** Which value of each axis a point has. */
  digitsAt(gridIndex: number, digits: Uint32Array): void;
  /** A point of its own. */
  pointAt(gridIndex: number): Params;
  /** Points one after another in one object that is written anew each time: nothing is allocated, nothing may be kept. */
  cursor(): (gridIndex: number) => Params;
  /** Every point in order, in such an object. */
  visit(visitor: (point: Params, gridIndex: number) => void): void;
}

export function gridOf(axes: Axes): Grid {
  const names = Object.keys(axes);
  const values = names.map((name) => axes[name]);
  const size = values.reduce((product, { length }) => product * length, 1);
  const lengths = values.map(({ length }) => length);
  const digitsAt = (gridIndex: number, digits: Uint32Array): void => {
    let rest = gridIndex;
    for (let a = lengths.length - 1; a >= 0; a--) {
      digits[a] = rest % lengths[a];
      rest = Math.floor(rest / lengths[a]);
    }
  };
  const scratch = new Uint32Array(names.length);
  const pointAt = (gridIndex: number): Point => {
    digitsAt(gridIndex, scratch);
    const point: Point = {};
    for (let a = 0; a < names.length; a++) point[names[a]] = values[a][scratch[a]];
    return point;
  };
  const axesOfGrid = { names, values, size, pointAt };
  return { ...axesOfGrid, digitsAt, cursor: () => cursorOf(axesOfGrid), visit: (visitor) => visitAll(axesOfGrid, visitor) };
}

type Point = Record<string, ParamValue>;
interface PlainGrid extends Pick<Grid, 'names' | 'values' | 'size'> { readonly pointAt: (gridIndex: number) => Point }

/** Writes only the values that differ from the point before. */
function cursorOf({ names, values, pointAt }: PlainGrid): (gridIndex: number) => Params {
  const point = pointAt(0);
  const digits = new Uint32Array(names.length);
  return (gridIndex) => {
    let rest = gridIndex;
    for (let a = names.length - 1; a >= 0; a--) {
      const { length } = values[a];
      const digit = rest % length;
      rest = Math.floor(rest / length);
      if (digit === digits[a]) continue;
      digits[a] = digit;
      point[names[a]] = values[a][digit];
    }
    return point;
  };
}

/** An odometer: the last axis runs in a loop of its own, the others carry. */
function visitAll({ names, values, size, pointAt }: PlainGrid, visitor: (point: Params, gridIndex: number) => void): void {
  const point = pointAt(0);
  const last = names.length - 1;
  if (last < 0) {
    visitor(point, 0);
    return;
  }
  const digits = new Uint32Array(names.length);
  const [name, fastest] = [names[last], values[last]];
  for (let gridIndex = 0; gridIndex < size; ) {
    for (let digit = 0; digit < fastest.length; digit++) {
      point[name] = fastest[digit];
      visitor(point, gridIndex++);
    }
    for (let a = last - 1; a >= 0; a--) {
      digits[a] = digits[a] + 1 < values[a].length ? digits[a] + 1 : 0;
      point[names[a]] = values[a][digits[a]];
      if (digits[a] > 0) break;
    }
  }
}
