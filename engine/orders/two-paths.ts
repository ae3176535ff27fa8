import type { IntrabarPolicy } from '../simulate/index.ts';
import type { Seat } from './seat.ts';
import { type BarPrices, walkPath } from './walk.ts';
import { type Hit, World } from './world.ts';

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
  const { world } = seat;
  const prices = seat.prices();
  const { close } = prices;
  const [lowFirst, highFirst] = seat.paths();
  for (const path of [lowFirst, highFirst]) {
    path.copyFrom(world);
    walkPath(path, prices, path === lowFirst);
  }
  const isAmbiguous = !sameFills(lowFirst.hits, highFirst.hits);
  const isLowFirst = !isAmbiguous || believesLowFirst(policy, world.ledger.qty, prices, lowFirst.ledger.equityAt(close), highFirst.ledger.equityAt(close));
  const chosen = isLowFirst ? lowFirst : highFirst;
  return { world: chosen, hits: chosen.hits, isAmbiguous };
}

function believesLowFirst(policy: IntrabarPolicy, qty: number, { open, high, low }: BarPrices, worthLow: number, worthHigh: number): boolean {
  const againstIsLow = qty >= 0;
  if (policy === 'path') {
    if (open - low === high - open) return againstIsLow;
    return open - low < high - open;
  }
  if (worthLow === worthHigh) return againstIsLow;
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
