import type { Trade } from '../../simulate/index.ts';
import type { AccountCurve } from './curve.ts';

/**
 * The curve without what some trades earned, compounded anew from the returns of its bars.
 *
 * Where trades follow one another (no other is open between entry and exit), the bars from entry to exit become flat; what other trades made on
 * those bars, as on the bar of a reversal, stays and is booked at the exit. Where trades overlap (several markets), the profit is taken off the
 * return of the exit's bar.
 *
 * shape   `all` are the trades of the curve, `removed` those among them that are taken out
 * units   a bar's return is its profit ÷ the equity at the close before it (before the entry, for flattened bars)
 */
export function withoutTrades(curve: AccountCurve, removed: readonly Trade[], all: readonly Trade[]): AccountCurve {
  const returns = barReturns(curve.equity);
  if (doOverlap(all)) takeOffAtExit(returns, curve.equity, removed);
  else for (const stretch of stretchesOf(removed)) flatten(returns, curve.equity, stretch);
  return { ...curve, equity: compound(curve.equity[0], returns) };
}

/** Removed trades that touch, from the entry of the first to the exit of the last. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly pnlQuote: number;
}

function stretchesOf(trades: readonly Trade[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { entryBar, exitBar, pnlQuote } of byEntry(trades)) {
    const last = stretches[stretches.length - 1];
    if (last !== undefined && entryBar <= last.to) stretches[stretches.length - 1] = { from: last.from, to: Math.max(last.to, exitBar), pnlQuote: last.pnlQuote + pnlQuote };
    else stretches.push({ from: entryBar, to: exitBar, pnlQuote });
  }
  return stretches;
}

function flatten(returns: Float64Array, equity: Float64Array, { from, to, pnlQuote }: Stretch): void {
  const before = equity[from - 1];
  returns.fill(0, from, to);
  returns[to] = (equity[to] - before - pnlQuote) / before;
}

function takeOffAtExit(returns: Float64Array, equity: Float64Array, trades: readonly Trade[]): void {
  for (const { exitBar, pnlQuote } of trades) returns[exitBar] -= pnlQuote / equity[exitBar - 1];
}

/** Two trades that meet on one bar, as in a reversal, do not overlap. */
function doOverlap(trades: readonly Trade[]): boolean {
  const ordered = byEntry(trades);
  return ordered.some(({ entryBar }, i) => i > 0 && entryBar < ordered[i - 1].exitBar);
}

function byEntry(trades: readonly Trade[]): Trade[] {
  return [...trades].sort((a, b) => a.entryBar - b.entryBar || a.exitBar - b.exitBar);
}

function barReturns(equity: Float64Array): Float64Array {
  return equity.map((value, t) => (t === 0 || equity[t - 1] <= 0 ? 0 : value / equity[t - 1] - 1));
}

function compound(start: number, returns: Float64Array): Float64Array {
  let value = start;
  return returns.map((r) => (value = Math.max(0, value * (1 + r))));
}
