import { DataError } from '../../../engine/core/index.ts';

/** Open, high, low, close as positions among four columns. */
type Positions = readonly [open: number, high: number, low: number, close: number];

export interface PriceOrder {
  readonly positions: Positions;
  /** `OCLH`: the columns as they stand. */
  readonly letters: string;
  /** Rows (of those that are not flat) where high and low bound open and close. */
  readonly shareFrac: number;
  readonly runnerUp: { readonly letters: string; readonly shareFrac: number };
}

const ENOUGH_FRAC = 0.9;
const MARGIN_FRAC = 0.02;

// high and low can stand anywhere; open stands before close in every export we know, and no bound can tell the two apart
const CANDIDATES: readonly Positions[] = [0, 1, 2, 3].flatMap((high) =>
  [0, 1, 2, 3].filter((low) => low !== high).map((low): Positions => {
    const [open, close] = [0, 1, 2, 3].filter((position) => position !== high && position !== low);
    return [open, high, low, close];
  }));

/** The one order under which high and low bound the rest, or null when none is clearly best. */
export function findPriceOrder(columns: readonly ArrayLike<number>[]): PriceOrder | null {
  const ranked = CANDIDATES.map((positions) => ({ positions, letters: lettersOf(positions), shareFrac: shareBounded(columns, positions) }))
    .sort((a, b) => b.shareFrac - a.shareFrac);
  const [best, runnerUp] = ranked;
  if (!(best.shareFrac >= ENOUGH_FRAC) || best.shareFrac - runnerUp.shareFrac < MARGIN_FRAC) return null;
  return { ...best, runnerUp };
}

/** throws  DataError `column-order-unclear` */
export function requirePriceOrder(columns: readonly ArrayLike<number>[], label: string): PriceOrder {
  const order = findPriceOrder(columns);
  if (order !== null) return order;
  const shares = ['OHLC', 'OCHL', 'OCLH'].map((letters) => {
    const positions = CANDIDATES.find((candidate) => lettersOf(candidate) === letters) as Positions;
    return `${letters} ${percent(shareBounded(columns, positions))}`;
  });
  throw new DataError('column-order-unclear',
    `${label}: no order of the price columns is clearly right (rows in which high and low bound the rest: ${shares.join(', ')}); ` +
    'say which is which by a column mapping such as {time: 0, open: 1, high: 2, low: 3, close: 4, volume: 5}');
}

export function orderNote({ positions, letters, shareFrac, runnerUp }: PriceOrder, firstColumn: number): string {
  const words = ['open', 'high', 'low', 'close'].sort((a, b) => positionOf(a, positions) - positionOf(b, positions)).join(', ');
  return `columns ${firstColumn + 1}–${firstColumn + 4} read as ${words}: high and low bound open and close in ${percent(shareFrac)} of the rows that are not flat ` +
    `under ${letters}, and in ${percent(runnerUp.shareFrac)} under the next best order ${runnerUp.letters}; of the two others the first is taken as the open`;
}

function positionOf(word: string, positions: Positions): number {
  return positions[['open', 'high', 'low', 'close'].indexOf(word)];
}

function lettersOf(positions: Positions): string {
  return [0, 1, 2, 3].map((position) => 'OHLC'[positions.indexOf(position)]).join('');
}

function shareBounded(columns: readonly ArrayLike<number>[], [open, high, low, close]: Positions): number {
  const [o, h, l, c] = [columns[open], columns[high], columns[low], columns[close]];
  let rows = 0;
  let bounded = 0;
  for (let t = 0; t < o.length; t++) {
    if (o[t] === h[t] && h[t] === l[t] && l[t] === c[t]) continue;
    rows++;
    if (h[t] >= Math.max(o[t], c[t]) && l[t] <= Math.min(o[t], c[t])) bounded++;
  }
  return rows === 0 ? 0 : bounded / rows;
}

function percent(frac: number): string {
  return `${(100 * frac).toFixed(frac > 0.995 && frac < 1 ? 2 : 0)} %`;
}
