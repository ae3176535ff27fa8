import type { KernelSpace } from './space.ts';

// Conditions as bitsets: bit t is bar t; bits from the last bar on are 0. A word of 64 bits is two of 32, the lower first.

/** Bar by bar, nothing behind the last one. */
function fill({ u32, bars, padded }: KernelSpace, out: number, holdsAt: (t: number) => boolean): void {
  for (let word = 0; word < padded / 32; word++) {
    let bits = 0;
    for (let t = 32 * word; t < Math.min(bars, 32 * word + 32); t++) if (holdsAt(t)) bits |= 1 << (t & 31);
    u32[out / 4 + word] = bits;
  }
}

/** Word by word, so that `out` may be an operand. */
function combine({ u32, padded }: KernelSpace, a: number, b: number, out: number, join: (x: number, y: number) => number): void {
  for (let word = 0; word < padded / 32; word++) u32[out / 4 + word] = join(u32[a / 4 + word], u32[b / 4 + word]);
}

type Compare = (x: number, y: number) => boolean;

/** NaN compares false. */
const ofLines = (compare: Compare) => (space: KernelSpace, a: number, b: number, out: number): void => {
  const { f64 } = space;
  fill(space, out, (t) => compare(f64[a / 8 + t], f64[b / 8 + t]));
};

const ofLevel = (compare: Compare) => (space: KernelSpace, a: number, value: number, out: number): void => {
  const { f64 } = space;
  fill(space, out, (t) => compare(f64[a / 8 + t], value));
};

export const linesAbove = ofLines((x, y) => x > y);
export const linesNotAbove = ofLines((x, y) => x <= y);
export const levelAbove = ofLevel((x, y) => x > y);
export const levelNotAbove = ofLevel((x, y) => x <= y);
export const levelBelow = ofLevel((x, y) => x < y);
export const levelNotBelow = ofLevel((x, y) => x >= y);

export function bothHold(space: KernelSpace, a: number, b: number, out: number): void {
  combine(space, a, b, out, (x, y) => x & y);
}

export function eitherHolds(space: KernelSpace, a: number, b: number, out: number): void {
  combine(space, a, b, out, (x, y) => x | y);
}

/** a and not b. */
export function butNot(space: KernelSpace, a: number, b: number, out: number): void {
  combine(space, a, b, out, (x, y) => x & ~y);
}

export function doesNotHold(space: KernelSpace, a: number, out: number): void {
  fill(space, out, (t) => !holds(space, a, t));
}

/** What held `bars` ago; `out` must be another bitset than `a`. */
export function held(space: KernelSpace, a: number, bars: number, out: number): void {
  fill(space, out, (t) => t >= bars && holds(space, a, t - bars));
}

/** a now and b one bar ago: a crossing, from "above" and "not above". */
export function nowAndBefore(space: KernelSpace, a: number, b: number, out: number): void {
  let before = false;
  fill(space, out, (t) => {
    const isIt = before && holds(space, a, t);
    before = holds(space, b, t);
    return isIt;
  });
}

/** From a bar where `start` holds until the bar before one where `end` holds; an end beats a start. */
export function since(space: KernelSpace, start: number, end: number, out: number): void {
  let isOn = false;
  fill(space, out, (t) => (isOn = (isOn || holds(space, start, t)) && !holds(space, end, t)));
}

/** First bar from `from` on whose bit is set; `padded` where there is none. */
export function next(space: KernelSpace, bits: number, from: number): number {
  for (let t = from; t < space.padded; t++) if (holds(space, bits, t)) return t;
  return space.padded;
}

export function holds({ u32 }: KernelSpace, bits: number, t: number): boolean {
  return ((u32[bits / 4 + (t >> 5)] >>> (t & 31)) & 1) !== 0;
}
