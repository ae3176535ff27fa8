import { holds, next } from './bits.ts';
import { Ledger } from './ledger.ts';
import type { KernelSpace } from './space.ts';
import { settle, trade, type Walk } from './trade.ts';

/** Bitsets of one point (0: none); see assembly/trades.ts. */
interface Decisions {
  readonly enterLong: number;
  readonly enterShort: number;
  readonly turnLong: number;
  readonly turnShort: number;
  readonly endLong: number;
  readonly endShort: number;
  readonly limit: number;
  readonly again: boolean;
}

/** Trades from bitsets; 1 where only the dense kernel knows what happens. */
export function decisions(
  space: KernelSpace, enterLong: number, enterShort: number, turnLong: number, turnShort: number, endLong: number, endShort: number,
  first: number, limit: number, again: number, memo: number, tables: number, out: number, stride: number,
): number {
  const ledger = new Ledger(space.account.cash);
  const walk: Walk = { space, ledger, first, memo, tables: tables !== 0, exitBar: -1, closeBefore: 0 };
  if (!walked(walk, { enterLong, enterShort, turnLong, turnShort, endLong, endShort, limit, again: again !== 0 })) return 1;
  settle(walk, -1);
  ledger.write(space, ledger.equity / space.account.cash - 1, out, stride);
  return 0;
}

/** False where only the dense kernel knows. */
function walked(walk: Walk, bits: Decisions): boolean {
  const { space, first } = walk;
  const { bars, account: { sellsShort } } = space;
  let side = 0; // +1 long, −1 short, 0 flat and looking for an entry from `from` on
  let decided = 0;
  let from = bits.again ? first : 0;
  for (;;) {
    if (side === 0) [decided, side] = entryOf(space, bits, from);
    if (decided >= bars) return true;
    const isTraded = side > 0 || sellsShort; // on spot a short is a position of nothing
    const end = endOf(space, bits, side, decided);
    const result = isTraded && end > first ? trade(walk, side, decided, end) : 'decided';
    if (result === 'unknown') return false;
    if (result === 'over') return true;
    if (!isTraded && bits.again) [side, from] = [0, decided + 1];
    else if (typeof result === 'object' && bits.again) [side, from] = [0, result.hitAt + 1];
    else if (end >= bars) return true;
    else if (turns(space, bits, side, end)) [side, decided] = [-side, end];
    else [side, from] = [0, end + 1];
  }
}

/** Decision and side of the first entry from flat; at `bars` or later where there is none. */
function entryOf(space: KernelSpace, { enterLong, enterShort }: Decisions, from: number): [decided: number, side: number] {
  const long = enterLong === 0 ? space.padded : next(space, enterLong, from);
  const short = enterShort === 0 ? space.padded : next(space, enterShort, from);
  return [Math.min(long, short), long < short ? 1 : -1];
}

/** The decision that ends a side, or the last bar that its time allows. */
function endOf(space: KernelSpace, { endLong, endShort, limit }: Decisions, side: number, decided: number): number {
  const ends = side > 0 ? endLong : endShort;
  const end = ends === 0 ? space.padded : next(space, ends, decided + 1);
  return Math.min(end, limit === 0 ? space.bars : decided + limit, space.bars);
}

function turns(space: KernelSpace, { turnLong, turnShort }: Decisions, side: number, at: number): boolean {
  const opposite = side > 0 ? turnShort : turnLong;
  return opposite !== 0 && holds(space, opposite, at);
}
