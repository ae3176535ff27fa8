import type { RawCandles } from '../types.ts';
import type { Finding } from './finding.ts';
import { findImpossibleOhlc } from './impossible-ohlc.ts';
import { findMissingValues, findNonPositivePrices } from './price-values.ts';
import { findConflictingStamps, findDuplicateRows, type Repeats, repeatedStamps } from './repeated-stamps.ts';
import { findRowOrder } from './row-order.ts';
import { findNegativeVolume } from './volume-values.ts';

/** What is wrong with rows as they stand in their files. */
export function inspectRows(candles: RawCandles, repeats: Repeats = repeatedStamps(candles)): Finding[] {
  return [
    ...findMissingValues(candles), ...findNonPositivePrices(candles), ...findImpossibleOhlc(candles), ...findNegativeVolume(candles),
    ...findConflictingStamps(candles, repeats), ...findDuplicateRows(candles, repeats), ...findRowOrder(candles),
  ];
}
