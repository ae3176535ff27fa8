import { type KernelSpace } from './space.ts';

/** Where protection ends a trade: the bar (`bars` where it does not), the price, and 1 taker or 2 maker, + 4 where the bar holds both levels. */
export interface Touch {
  readonly bar: number;
  readonly price: number;
  readonly kind: number;
}

interface Levels {
  readonly stop: number;
  readonly target: number;
}

/** First touch of an entry in bar `a` at price A, from bar `from` on; kept at `memo` by entry bar where that is not 0. */
export function firstTouch(space: KernelSpace, memo: number, dir: number, a: number, price: number): Touch {
  const { f64, i32, padded } = space;
  const at = memo / 8 + 2 * ((dir > 0 ? 0 : padded) + a);
  if (memo !== 0 && i32[2 * at] !== 0) return { bar: i32[2 * at], kind: i32[2 * at + 1], price: f64[at + 1] };
  const touch = search(space, dir, price, a + 1 - space.lag);
  if (memo !== 0) {
    i32.set([touch.bar, touch.kind], 2 * at);
    f64[at + 1] = touch.price;
  }
  return touch;
}

/** Bar by bar; the level of a trailing stop follows the best price since the entry from the bar after it on. */
function search(space: KernelSpace, dir: number, entry: number, from: number): Touch {
  const { f64, bars, high, low, protection } = space;
  const fixed = protection.stop > 0 ? entry * (1 - dir * protection.stop) : Number.NaN;
  const target = protection.target > 0 ? entry * (1 + dir * protection.target) : Number.NaN;
  let best = entry;
  let trail = Number.NaN;
  for (let t = from; t < bars; t++) {
    const levels = { stop: nearer(dir, fixed, trail), target };
    const { stop: meetsStop, target: meetsTarget } = met(space, dir, levels, t);
    if (meetsStop || meetsTarget) return { bar: t, ...fillIn(space, dir, levels, t) };
    best = dir > 0 ? Math.max(best, f64[high + t]) : Math.min(best, f64[low + t]);
    if (protection.trail > 0) trail = best * (1 - dir * protection.trail);
  }
  return { bar: bars, kind: 0, price: 0 };
}

/** The stop that is met first; NaN is none. */
function nearer(dir: number, a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) ? b : a;
  return dir > 0 ? Math.max(a, b) : Math.min(a, b);
}

/** Which levels the range of a bar meets. */
function met(space: KernelSpace, dir: number, { stop, target }: Levels, t: number): { readonly stop: boolean; readonly target: boolean } {
  const low = space.f64[space.low + t];
  const high = space.f64[space.high + t];
  return { stop: dir * ((dir > 0 ? low : high) - stop) <= 0, target: passes(space, dir, dir > 0 ? high : low, target) };
}

function passes({ protection: { onTouch } }: KernelSpace, dir: number, price: number, target: number): boolean {
  return onTouch ? dir * (price - target) >= 0 : dir * (price - target) > 0;
}

/** The fill in a bar that meets a level: what the open has passed, then the levels inside. */
function fillIn(space: KernelSpace, dir: number, levels: Levels, t: number): { readonly price: number; readonly kind: number } {
  const { stop, target } = levels;
  const open = space.f64[space.open + t];
  if (dir * (open - stop) <= 0) return { price: open, kind: 1 };
  if (passes(space, dir, open, target)) return { price: space.protection.atOpen ? open : target, kind: 2 };
  const meets = met(space, dir, levels, t);
  const isBoth = meets.stop && meets.target;
  const takesTarget = isBoth ? prefersTarget(space, dir, levels, t) : meets.target;
  return { price: takesTarget ? target : stop, kind: (takesTarget ? 2 : 1) + (isBoth ? 4 : 0) };
}

/** Where a bar holds both levels: by the nearer end of its range, or by what each pays. */
function prefersTarget({ f64, open, high, low, protection: { policy }, rates: { taker, maker, impact } }: KernelSpace, dir: number, { stop, target }: Levels, t: number): boolean {
  const up = f64[high + t] - f64[open + t];
  const down = f64[open + t] - f64[low + t];
  if (policy === 2) return dir > 0 ? up < down : down < up;
  const byTarget = target * (dir - maker);
  const byStop = stop * (1 - dir * impact) * (dir - taker);
  return byTarget !== byStop && byTarget > byStop === (policy === 1);
}
