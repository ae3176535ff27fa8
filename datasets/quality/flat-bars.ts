import type { RawCandles } from '../types.ts';
import { type Finding, findingOf, rowsWhere } from './finding.ts';

/** Bars whose four prices are equal: no range to trade in. */
export function findFlatBars(candles: RawCandles): Finding[] {
  const { open, high, low, close } = candles;
  const rows = rowsWhere(candles, (t) => open[t] === high[t] && high[t] === low[t] && low[t] === close[t]);
  return findingOf(candles, rows, {
    kind: 'flat-bar', severity: 'info', say: (t) => `open, high, low and close are ${close[t]}`, measures: { shareFrac: rows.length / close.length },
  });
}
