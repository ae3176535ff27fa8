import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DAY_MS, DataError } from '../../engine/core/index.ts';
import type { Instrument } from '../../engine/market/index.ts';

/** What the embedded sample is: an index in a market with sessions, not a coin. */
export const SP500_INSTRUMENT: Instrument = { venue: 'sample', symbol: 'SP500/USD', kind: 'spot', calendar: 'session', market: 'session' };
export const SP500_TIMEFRAME_MS = DAY_MS;
export const SP500_CREDIT = 'S&P 500, daily, 2000-01-03 to 2020-04-17, from Yahoo Finance by way of the npm package vega-datasets';

/** The file of real candles inside the installed package `vega-datasets`, or null where that is not installed. */
export function findSp500File(): string | null {
  const entry = resolvePackage('vega-datasets');
  if (entry === null) return null;
  // The package hides data/ behind its exports, so its main entry leads the way.
  const file = path.join(path.dirname(entry), '..', 'data', 'sp500-2000.csv');
  return existsSync(file) ? file : null;
}

/** throws  DataError `sample-missing` with the remedy */
export function requireSp500File(): string {
  const file = findSp500File();
  if (file !== null) return file;
  throw new DataError(
    'sample-missing',
    'the S&P 500 sample needs the package vega-datasets, which is not installed; run `npm install vega-datasets`, or use a synthetic market',
  );
}

function resolvePackage(name: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}
