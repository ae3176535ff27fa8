import type { RawCandles } from '../types.ts';
import { type Finding, findingOf, rowsWhere } from './finding.ts';

/** Less than nothing traded. */
export function findNegativeVolume(candles: RawCandles): Finding[] {
  const { volume } = candles;
  return findingOf(candles, rowsWhere(candles, (t) => volume[t] < 0), { kind: 'negative-volume', severity: 'error', say: (t) => `volume is ${volume[t]}` });
}

/** Bars in which nothing traded. */
export function findZeroVolume(candles: RawCandles): Finding[] {
  const rows = rowsWhere(candles, (t) => candles.volume[t] === 0);
  return findingOf(candles, rows, {
    kind: 'zero-volume', severity: 'warn', say: () => 'volume is 0', measures: { shareFrac: rows.length / candles.volume.length },
  });
}

/** Volume that the source does not have: a whole column is worth knowing, single bars are worth a warning. */
export function findMissingVolume(candles: RawCandles): Finding[] {
  const rows = rowsWhere(candles, (t) => Number.isNaN(candles.volume[t]));
  const all = rows.length === candles.volume.length;
  return findingOf(candles, rows, { kind: 'missing-volume', severity: all ? 'info' : 'warn', say: () => 'volume is missing' });
}
