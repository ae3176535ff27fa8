import type { RawCandles } from '../types.ts';
import { type Finding, findingOf, rowsWhere } from './finding.ts';

const PRICES = ['open', 'high', 'low', 'close'] as const;

/** A blank or infinite price. */
export function findMissingValues(candles: RawCandles): Finding[] {
  const { open, high, low, close } = candles;
  // a sum is finite only if all its parts are
  return findingOf(candles, rowsWhere(candles, (t) => !Number.isFinite(open[t] + high[t] + low[t] + close[t])), {
    kind: 'missing-value', severity: 'error',
    say: (t) => `${PRICES.find((name) => !Number.isFinite(candles[name][t]))} is missing`,
  });
}

/** A price of zero or less. */
export function findNonPositivePrices(candles: RawCandles): Finding[] {
  const { open, high, low, close } = candles;
  const say = (t: number): string => {
    const name = PRICES.find((candidate) => candles[candidate][t] <= 0) ?? 'close';
    return `${name} is ${candles[name][t]}`;
  };
  const rows = rowsWhere(candles, (t) => open[t] <= 0 || high[t] <= 0 || low[t] <= 0 || close[t] <= 0);
  return findingOf(candles, rows, { kind: 'non-positive-price', severity: 'error', say });
}
