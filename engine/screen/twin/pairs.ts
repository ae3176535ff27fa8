import { holdings } from './holdings.ts';
import type { KernelSpace } from './space.ts';

/** One (middle, scale) a 64 bars from a sample of lines. */
export function scales(space: KernelSpace, slots: number, count: number): void {
  const { f64, u32, padded, scales: at } = space;
  const lines = Array.from(u32.subarray(slots / 4, slots / 4 + count), (offset) => offset / 8);
  for (let k = 0; k < padded / 64; k++) {
    const { low, high } = range(space, lines, 64 * k);
    const isKnown = high >= low && high - low < Infinity;
    const middle = isKnown ? 0.5 * (low + high) : 0;
    const half = Math.max(0.5 * (high - low) * 1.02, 1e-12 * Math.abs(middle));
    f64.set([middle, isKnown && half > 0 ? 32767 / half : 0], at + 2 * k);
  }
}

/** Of every third bar of a block. */
function range({ f64, bars }: KernelSpace, lines: readonly number[], from: number): { readonly low: number; readonly high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const line of lines) {
    for (let t = from; t < Math.min(from + 64, bars); t += 3) {
      const x = f64[line + t];
      if (x < low) low = x;
      if (x > high) high = x;
    }
  }
  return { low, high };
}

/** Writes the integers and the block bounds of a line; returns its first bar that is not NaN, or −1 where one follows a number. */
export function quantise({ f64, i16, bars, padded, paddedBlocks, scales: at }: KernelSpace, line: number): number {
  let first = 0;
  while (first < bars && Number.isNaN(f64[line / 8 + first])) first++;
  for (let t = first; t < bars; t++) if (Number.isNaN(f64[line / 8 + t])) return -1;
  const q = line / 2 + 4 * padded;
  const least = q + padded;
  const most = least + paddedBlocks;
  for (let k = 0; k < padded / 64; k++) {
    const middle = f64[at + 2 * k];
    const scale = f64[at + 2 * k + 1];
    for (let t = 64 * k; t < 64 * k + 64; t++) i16[q + t] = saturated((f64[line / 8 + t] - middle) * scale);
    const block = i16.subarray(q + 64 * k, q + 64 * k + 64);
    i16[least + k] = Math.min(...block);
    i16[most + k] = Math.max(...block);
  }
  return first;
}

function saturated(x: number): number {
  return Number.isNaN(x) ? 0 : Math.max(-32768, Math.min(32767, Math.trunc(x)));
}

/**
 * Bars from `from` on at which "a above b" begins, ends, begins …, into the events; returns their number.
 *
 * Of a crossing, a is taken to be above before `from`, until the first bar at which it is not; from then on a tie keeps what was.
 */
function changes({ f64, i32, bars, events }: KernelSpace, a: number, b: number, from: number, isCrossing: boolean): number {
  let count = 0;
  let isAbove = isCrossing;
  for (let t = from; t < bars; t++) {
    const x = f64[a / 8 + t];
    const y = f64[b / 8 + t];
    const keeps = isCrossing && x === y && count > 0;
    const isNow = keeps ? isAbove : x > y;
    if (isNow !== isAbove) i32[events + count++] = t;
    isAbove = isNow;
  }
  return count;
}

/** Points that hold one line above another; see assembly/index.ts. Returns how many only the dense kernel knows; their total is NaN. */
export function pairs(space: KernelSpace, rows: number, count: number, crossing: number, out: number, stride: number): number {
  const { f64, u32, i32 } = space;
  let left = 0;
  for (let i = 0; i < count; i++) {
    const at = rows / 4 + 5 * i;
    const to = out + 8 * i32[at + 4];
    const number = changes(space, u32[at], u32[at + 1], i32[at + 2], crossing !== 0);
    // crossings begin above and idle: the first change, if any, is an end
    if (holdings(space, crossing !== 0 ? 1 : 0, number, i32[at + 3], to, stride)) continue;
    f64[to / 8] = Number.NaN;
    left++;
  }
  return left;
}
