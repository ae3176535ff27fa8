import { requireInput } from '../../core/index.ts';
import { drawStream, stationaryBlocks } from '../bootstrap/index.ts';

/** Bootstrap draws of n rows, each as blocks of consecutive rows that may wrap around. */
export interface DrawSource {
  readonly days: number;
  readonly draws: number;
  readonly meanBlock: number;
  /** Blocks of one draw, as in `stationaryBlocks`. */
  blocksOf(draw: number, starts: Int32Array, lengths: Int32Array): number;
}

/** Seeded draws of the stationary bootstrap; draw b is the same whoever asks for it. */
export interface BootstrapPlan {
  readonly draws: number;
  readonly meanBlock: number;
  readonly seed: number;
}

/**
 * Stationary-bootstrap draws of a seed.
 *
 * throws  InputError `draws-invalid`, `block-invalid`
 */
export function seededDraws(days: number, { draws, meanBlock, seed }: BootstrapPlan): DrawSource {
  requireInput(Number.isInteger(draws) && draws > 0, 'draws-invalid', 'draws', 'a whole number above 0', draws);
  requireInput(meanBlock >= 1, 'block-invalid', 'meanBlock', 'at least 1', meanBlock);
  return { days, draws, meanBlock, blocksOf: (draw, starts, lengths) => stationaryBlocks(drawStream(seed, draw), days, meanBlock, starts, lengths) };
}

/**
 * Draws that are given row by row.
 *
 * throws  InputError `indices-invalid` unless every draw holds as many rows as there are, all of them in 0 … days − 1
 */
export function indexedDraws(days: number, indices: readonly (readonly number[])[]): DrawSource {
  for (const draw of indices) {
    const good = draw.length === days && draw.every((row) => Number.isInteger(row) && row >= 0 && row < days);
    requireInput(good, 'indices-invalid', 'every bootstrap draw', `${days} rows in 0 … ${days - 1}`, draw);
  }
  return {
    days,
    draws: indices.length,
    meanBlock: 1,
    blocksOf: (draw, starts, lengths) => {
      let count = -1;
      indices[draw].forEach((row, i, rows) => {
        if (i > 0 && row === (rows[i - 1] + 1) % days) lengths[count]++;
        else {
          starts[++count] = row;
          lengths[count] = 1;
        }
      });
      return count + 1;
    },
  };
}

/** Some consecutive draws as stretches [from, to) of rows that do not wrap; those of draw i lie at first[i] … first[i + 1]. */
export interface DrawTile {
  readonly fromDraw: number;
  readonly draws: number;
  readonly first: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Stretches a tile has at most, unless one draw alone has more: it is read once a trial, so it should stay near the processor. */
const TILE_STRETCHES = 65_536;

/** Cuts draws [fromDraw, toDraw) into tiles. */
export function* tilesOf(source: DrawSource, fromDraw: number, toDraw: number): Generator<DrawTile> {
  const { days } = source;
  const starts = new Int32Array(days);
  const lengths = new Int32Array(days);
  const room = Math.max(TILE_STRETCHES, days + 1);
  let draw = fromDraw;
  while (draw < toDraw) {
    const [from, to, first] = [new Int32Array(room), new Int32Array(room), [0]];
    const firstDraw = draw;
    let at = 0;
    while (draw < toDraw && at + days + 1 <= room) {
      const count = source.blocksOf(draw++, starts, lengths);
      for (let block = 0; block < count; block++) {
        const end = starts[block] + lengths[block];
        from[at] = starts[block];
        to[at++] = Math.min(end, days);
        if (end > days) {
          from[at] = 0;
          to[at++] = end - days;
        }
      }
      first.push(at);
    }
    yield { fromDraw: firstDraw, draws: draw - firstDraw, first: Int32Array.from(first), from, to };
  }
}
