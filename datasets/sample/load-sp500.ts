import { readFileSync } from 'node:fs';
import { DataError } from '../../engine/core/index.ts';
import { type Bars, barsFromColumns } from '../../engine/market/index.ts';
import { requireSp500File, SP500_INSTRUMENT, SP500_TIMEFRAME_MS } from './sp500.ts';

const HEADER = 'date,open,high,low,close,adjclose,volume';

/**
 * The sample as bars, straight from the installed package: 5,105 sessions, dated at 00:00 UTC.
 *
 * throws  DataError `sample-missing`, `sample-changed`
 */
export function loadSp500(): Bars {
  const file = requireSp500File();
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  if (header !== HEADER) throw new DataError('sample-changed', `${file} must begin with "${HEADER}", began with "${header}"`);
  const rows = lines.map((line) => line.split(','));
  const numbers = (column: number): number[] => rows.map((row) => Number(row[column]));
  return barsFromColumns(
    {
      openTimeMs: rows.map((row) => Date.parse(row[0])),
      open: numbers(1), high: numbers(2), low: numbers(3), close: numbers(4), volume: numbers(6),
    },
    SP500_TIMEFRAME_MS,
    SP500_INSTRUMENT,
  );
}
