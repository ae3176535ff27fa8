import type { Bars } from '../../market/index.ts';
import { clockOf, onClock } from '../../orders/index.ts';
import type { AccountCurve } from './curve.ts';

/** Growth of the first close of a market; of several the mean return of those that have a close, bar by bar. */
export function marketCurve(markets: readonly Bars[]): AccountCurve {
  const clock = clockOf(markets);
  const closes = markets.map((bars, m) => onClock(clock, m, bars).close);
  const [{ timeframeMs, instrument }] = markets;
  let value = 1;
  const equity = clock.openTimeMs.map((_, t) => (t === 0 ? value : (value *= 1 + meanReturn(closes, t))));
  return { openTimeMs: clock.openTimeMs, equity, timeframeMs, calendar: instrument.calendar };
}

function meanReturn(closes: readonly Float64Array[], t: number): number {
  let sum = 0;
  let count = 0;
  for (const close of closes) {
    if (Number.isNaN(close[t - 1])) continue;
    sum += close[t] / close[t - 1] - 1;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}
