import { type ParamSpace, SCREEN_WIDTH } from '../../engine/index.ts';
import type { BlockRange } from '../studies/block-file.ts';
import { PART_TRIALS } from '../studies/part-file.ts';

/** Consecutive trials of one market within a part. */
export interface Piece extends BlockRange {
  readonly market: number;
  /** Point of the space that the first trial evaluates. */
  readonly fromPoint: number;
}

/** The figures of a part, column c of its row i at c × rows + i, and why trials failed, by trial. */
export interface PartFigures {
  readonly range: BlockRange;
  readonly values: Float64Array;
  readonly failures: ReadonlyMap<number, string>;
}

/** A part with all that its columns are made of. */
export interface StagedPart extends PartFigures {
  readonly pieces: readonly Piece[];
  /** One an axis of the grid: which value each trial has. */
  readonly digits: readonly Uint32Array[];
}

/** A range of trials cut where a market ends. */
export function piecesOf({ from, to }: BlockRange, points: number): Piece[] {
  const pieces: Piece[] = [];
  for (let at = from; at < to; ) {
    const market = Math.floor(at / points);
    const end = Math.min(to, (market + 1) * points);
    pieces.push({ from: at, to: end, market, fromPoint: at - market * points });
    at = end;
  }
  return pieces;
}

/** The figures of a part column by column. */
export function figureColumns({ range, values }: PartFigures): Float64Array[] {
  const rows = range.to - range.from;
  return Array.from({ length: SCREEN_WIDTH }, (_, c) => values.subarray(c * rows, (c + 1) * rows));
}

/**
 * Which value of each axis the trials of a part have, written into arrays that are used again for the next part.
 *
 * memory  one number a trial of a part and axis
 */
export function digitReader(space: ParamSpace): (part: BlockRange) => Uint32Array[] {
  const { grid } = space;
  const all = grid.names.map(() => new Uint32Array(PART_TRIALS));
  const digits = new Uint32Array(grid.names.length);
  return (part) => {
    for (let trial = part.from; trial < part.to; trial++) {
      grid.digitsAt(space.gridIndexAt(trial % space.points), digits);
      for (let a = 0; a < digits.length; a++) all[a][trial - part.from] = digits[a];
    }
    return all.map((one) => one.subarray(0, part.to - part.from));
  };
}
