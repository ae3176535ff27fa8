import { barAtOrAfter, type Bars } from '../market/index.ts';
import type { IntrabarPolicy } from '../simulate/index.ts';
import type { Seat } from './seat.ts';
import { settlePassed } from './settle-passed.ts';
import { type BarPrices, walkPath } from './walk.ts';
import type { Hit } from './hit.ts';
import { World } from './world.ts';

export interface Walked {
  /** The account and orders after the bar. */
  readonly world: World;
  readonly hits: readonly Hit[];
  readonly isAmbiguous: boolean;
}

/**
 * Both paths of a bar, and the one that the policy believes when they fill differently.
 *
 * source  accounting.md §5.4
 */
export function chooseAndWalk(seat: Seat, policy: IntrabarPolicy): Walked {
  const prices = seat.prices();
  const walked = walkBoth(seat.world, prices, seat.paths(), policy);
  if (policy !== 'lower-timeframe' || !walked.isAmbiguous) return walked;
  return walkFiner(seat, prices) ?? walked;
}

function walkBoth(world: World, prices: BarPrices, paths: readonly [World, World], policy: IntrabarPolicy): Walked {
  const [lowFirst, highFirst] = paths;
  for (const path of paths) {
    path.copyFrom(world);
    walkPath(path, prices, path === lowFirst);
  }
  const { close } = prices;
  const isAmbiguous = !sameFills(lowFirst.hits, highFirst.hits);
  const isLowFirst = believesLowFirst(isAmbiguous ? policy : policy === 'path' ? 'path' : null, world.ledger.qty, prices, lowFirst.ledger.equityAt(close), highFirst.ledger.equityAt(close));
  const chosen = isLowFirst ? lowFirst : highFirst;
  return { world: chosen, hits: chosen.hits, isAmbiguous };
}

/** The bar walked over its finer bars, each pessimistic where it cannot decide either; null where there are none. */
function walkFiner(seat: Seat, prices: BarPrices): Walked | null {
  const { bars, row } = seat;
  const { finer } = bars;
  if (finer === null) return null;
  const from = barAtOrAfter(finer, bars.openTimeMs[row]);
  const to = barAtOrAfter(finer, bars.openTimeMs[row] + bars.timeframeMs);
  if (from === to) return null;
  const world = seat.spareWorld();
  world.copyFrom(seat.world);
  const hits: Hit[] = [];
  let isAmbiguous = false;
  for (let r = from; r < to; r++) {
    if (r > from) settlePassed(world, finer.open[r], finer.close[r - 1], false);
    hits.push(...world.hits);
    const walked = walkBoth(world, finerPrices(finer, r, prices), seat.paths(), 'pessimistic');
    hits.push(...walked.hits);
    const { endings } = world;
    world.copyFrom(walked.world);
    world.endings.push(...endings, ...walked.world.endings);
    isAmbiguous ||= walked.isAmbiguous;
  }
  return { world, hits, isAmbiguous };
}

function finerPrices({ open, high, low, close }: Bars, r: number, { trades, isSession }: BarPrices): BarPrices {
  return { open: open[r], high: high[r], low: low[r], close: close[r], stopLow: low[r], stopHigh: high[r], marginLow: low[r], marginHigh: high[r], trades, isSession };
}

function believesLowFirst(policy: IntrabarPolicy | null, qty: number, { open, high, low }: BarPrices, worthLow: number, worthHigh: number): boolean {
  const againstIsLow = qty >= 0;
  if (policy === 'path') {
    if (open - low === high - open) return againstIsLow;
    return open - low < high - open;
  }
  if (policy === null || worthLow === worthHigh) return againstIsLow;
  return worthLow > worthHigh === (policy === 'optimistic');
}

/** The same fills in any order; what rounding makes of a quantity is no difference. */
function sameFills(a: readonly Hit[], b: readonly Hit[]): boolean {
  if (a.length !== b.length) return false;
  const left = [...b];
  return a.every((hit) => {
    const at = left.findIndex((other) => other.kind === hit.kind && other.reference === hit.reference && other.pricing === hit.pricing && Math.abs(other.d - hit.d) <= 1e-9 * Math.abs(hit.d));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}
