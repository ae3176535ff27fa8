// The sweep kernels of engine/screen, built by `node scripts/kernels.mjs`.
export { place, rates } from './memory';
export { blocks, extremes, sums } from './tables';
export { bothHold, butNot, doesNotHold, eitherHolds, held, levelAbove, levelBelow, levelNotAbove, levelNotBelow, linesAbove, linesNotAbove, nowAndBefore, since } from './bits';
export { rollingMean, runningSums } from './lines';
export { quantise, scales } from './pairs';
export { protect } from './touches';
export { account, decisions } from './trades';
import { changes } from './pairs';
import { holdings } from './trades';

/**
 * Points that hold one line above another: rows of {slot a, slot b, first bar of both, first bar that decides, row} of 20 bytes; figures of each
 * go to row `row` of columns of `stride` bytes. Returns how many only the dense kernel knows; their total is NaN.
 */
export function pairs(rows: usize, count: i32, crossing: bool, out: usize, stride: usize): i32 {
  let left = 0;
  for (let i = 0; i < count; i++) {
    const r = rows + <usize>(i * 20), to = out + (<usize>load<i32>(r, 16) << 3);
    const number = changes(load<usize>(r), load<usize>(r, 4), load<i32>(r, 8), crossing);
    // crossings begin above and idle: the first change, if any, is an end
    if (holdings(crossing ? 1 : 0, number, load<i32>(r, 12), to, stride)) { store<f64>(to, NaN); left++; }
  }
  return left;
}
