import type { RawCandles } from '../types.ts';
import { type Finding, findingOf, rowsWhere } from './finding.ts';

/** High below open, close or low, or low above open or close: no market made that bar. */
export function findImpossibleOhlc(candles: RawCandles): Finding[] {
  const { open, high, low, close } = candles;
  const rows = rowsWhere(candles, (t) => high[t] < open[t] || high[t] < close[t] || low[t] > open[t] || low[t] > close[t] || low[t] > high[t]);
  return findingOf(candles, rows, {
    kind: 'impossible-ohlc', severity: 'error',
    say: (t) => `high ${high[t]} and low ${low[t]} must bound open ${open[t]} and close ${close[t]}`,
  });
}
