import { Ledger } from './ledger.ts';
import type { KernelSpace } from './space.ts';

/**
 * All-in long trades between the event bars from number `start` on (begins, ends, begins …), without protection, from the tables; `first` is the
 * first bar that decides. False where a fill falls on the bar from which the account is measured.
 */
export function holdings(space: KernelSpace, start: number, count: number, first: number, out: number, stride: number): boolean {
  const { i32, bars, lag, events } = space;
  let j = start;
  while (j + 1 < count && i32[events + j + 1] <= first) j += 2; // over before the account opened
  if (lag === 0 && j < count && Math.max(first, i32[events + j]) === space.opened) return false;
  const ledger = new Ledger(1);
  for (; j < count; j += 2) {
    const entry = Math.max(first, i32[events + j]) + lag;
    if (entry >= bars) break;
    hold(space, ledger, entry, j + 1 < count ? i32[events + j + 1] + lag : bars);
  }
  ledger.write(space, ledger.equity - 1, out, stride);
  return true;
}

/** One trade from the fill of bar a to that of bar e, or to the last bar. */
function hold(space: KernelSpace, ledger: Ledger, a: number, e: number): void {
  const { f64, bars, close, entry, exit, sums } = space;
  const last = Math.min(e, bars) - 1;
  const [units, sumIn, squaresIn] = f64.subarray(entry + 4 * a);
  const bought = ledger.equity * units;
  ledger.reachAll(space, bought, a, last);
  ledger.bars += last + 1 - a;
  if (e >= bars) {
    ledger.sum += sumIn + f64[sums + 2 * last];
    ledger.squares += squaresIn + f64[sums + 2 * last + 1];
    const was = ledger.equity;
    ledger.equity = bought * f64[close + last];
    ledger.open = ledger.equity > was ? 2 : 1;
    return;
  }
  const [proceeds, sumOut, squaresOut] = f64.subarray(exit + 4 * e);
  const ratio = units * proceeds;
  ledger.trades++;
  ledger.sum += sumIn + sumOut;
  ledger.squares += squaresIn + squaresOut;
  ledger.equity *= ratio;
  if (ratio > 1) ledger.wins++;
  ledger.reach(ledger.equity);
}
