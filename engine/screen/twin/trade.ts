import type { Ledger } from './ledger.ts';
import { type KernelSpace } from './space.ts';
import { firstTouch, type Touch } from './touches.ts';

/** How a trade ends for the walk: by a decision, by protection at a bar, or not at all; `unknown` to all but the dense kernel. */
export type TradeEnd = 'decided' | 'over' | 'unknown' | { readonly hitAt: number };

/** One point's walk: its ledger, and an exit whose return is still to be taken, with the equity at the close before it. */
export interface Walk {
  readonly space: KernelSpace;
  readonly ledger: Ledger;
  readonly first: number;
  readonly memo: number;
  readonly tables: boolean;
  exitBar: number;
  closeBefore: number;
}

/** What an entry buys: after the fill and its costs, equity at a close C is units · (rest + dir · C). */
interface Position {
  readonly dir: number;
  readonly units: number;
  readonly rest: number;
  readonly isAllIn: boolean;
}

/** From a decision at bar d to what ends it at bar y, or before. */
export function trade(walk: Walk, dir: number, d: number, y: number): TradeEnd {
  const { space, ledger } = walk;
  const { bars, lag, account: { maintenance } } = space;
  const a = Math.max(d, walk.first) + lag;
  if (a >= bars) return 'over';
  if (lag === 0 && a === space.opened) return 'unknown';
  const price = space.f64[space.fill + a];
  const position = bought(space, ledger.equity, dir, price);
  const { units, rest, isAllIn } = position;
  const isCalled = maintenance > 0 && !isAllIn;
  if (isCalled && units * (rest + dir * price) <= maintenance * units * price) return 'unknown';
  const touch = touchOf(walk, dir, a, price);
  const hit = touch !== null && touch.bar <= y && touch.bar < bars ? touch : null;
  const end = hit === null ? Math.min(y + lag, bars) : hit.bar;
  if (isCalled && isLiquidated(space, position, a + 1 - lag, Math.min(end + 1, bars))) return 'unknown';
  const was = ledger.equity;
  const last = hold(walk, position, a, end);
  if (end >= bars) {
    ledger.equity = last;
    ledger.open = last > was ? 2 : 1;
    walk.exitBar = -1;
    return 'over';
  }
  return close(walk, position, hit, end, last, was);
}

function touchOf({ space, memo }: Walk, dir: number, a: number, price: number): Touch | null {
  const { protection: { stop, target, trail }, rates: { impact } } = space;
  return stop > 0 || target > 0 || trail > 0 ? firstTouch(space, memo, dir, a, price * (1 + dir * impact)) : null;
}

function bought({ account: { sizing, size, leverage }, rates: { taker, impact, kin } }: KernelSpace, equity: number, dir: number, price: number): Position {
  if (sizing === 0 && size === 1 && dir > 0) return { dir, units: equity * (kin / price), rest: 0, isAllIn: true };
  const cost = impact + taker * (1 + dir * impact);
  const most = (leverage * equity) / (price * (1 + leverage * cost));
  const units = sizing === 0 ? (size * equity) / (price * (1 + size * cost)) : Math.min(sizing === 1 ? size : size / price, most);
  return { dir, units, rest: (equity - units * price * cost) / units - dir * price, isAllIn: false };
}

/** Nearly reached counts too: the dense kernel then decides. */
function isLiquidated({ f64, low, high, account: { maintenance } }: KernelSpace, { dir, rest }: Position, from: number, to: number): boolean {
  const least = (-rest / (1 - maintenance)) * 1.000000001;
  const most = (rest / (1 + maintenance)) * 0.999999999;
  for (let t = from; t < to; t++) if (dir > 0 ? f64[low + t] <= least : f64[high + t] > most) return true;
  return false;
}

/** Takes the return of an exit on an earlier bar than `bar`: flat at its close. */
export function settle(walk: Walk, bar: number): void {
  const { ledger } = walk;
  if (walk.exitBar < 0 || walk.exitBar === bar) return;
  ledger.add(ledger.equity / walk.closeBefore - 1);
  ledger.reach(ledger.equity);
}

/** The closes from bar a to the one before `end`; returns equity at the last of them. */
function hold(walk: Walk, position: Position, a: number, end: number): number {
  const { space, ledger, tables } = walk;
  const { f64, sums, close: closes } = space;
  const { units, rest, dir, isAllIn } = position;
  const before = walk.exitBar === a ? walk.closeBefore : ledger.equity;
  settle(walk, a);
  const b = end - 1;
  if (b < a) return before;
  ledger.bars += end - a;
  ledger.add((units * (rest + dir * f64[closes + a])) / before - 1);
  if (!tables || !isAllIn) return holdEach(walk, position, a, b);
  ledger.sum += f64[sums + 2 * b] - f64[sums + 2 * a];
  ledger.squares += f64[sums + 2 * b + 1] - f64[sums + 2 * a + 1];
  ledger.reachAll(space, units, a, b);
  return units * f64[closes + b];
}

/** The same close by close, in equity a unit. */
function holdEach({ space: { f64, close: closes }, ledger }: Walk, { units, rest, dir }: Position, a: number, b: number): number {
  let value = rest + dir * f64[closes + a];
  ledger.peak /= units;
  ledger.least /= units;
  ledger.reach(value);
  for (let t = a + 1; t <= b; t++) {
    const now = rest + dir * f64[closes + t];
    ledger.add(now / value - 1);
    value = now;
    ledger.reach(value);
  }
  ledger.peak *= units;
  ledger.least *= units;
  return value * units;
}

function close(walk: Walk, { dir, units, rest }: Position, hit: Touch | null, end: number, last: number, was: number): TradeEnd {
  const { space, ledger } = walk;
  const { taker, maker, impact } = space.rates;
  const price = hit === null ? space.f64[space.fill + end] : hit.price;
  const isMaker = hit !== null && (hit.kind & 2) !== 0;
  ledger.equity = isMaker ? units * (rest + price * (dir - maker)) : units * (rest + price * (1 - dir * impact) * (dir - taker));
  ledger.trades++;
  if (hit !== null) ledger.ambiguous += hit.kind >> 2;
  if (ledger.equity > was) ledger.wins++;
  if (!(ledger.equity > 0)) return 'unknown';
  walk.exitBar = end;
  walk.closeBefore = last;
  return hit === null ? 'decided' : { hitAt: hit.bar };
}
