import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { barsFromColumns, type Bars, DataError } from '../../../engine/index.ts';

/** One combination as a peer computed it. */
export type GoldenValue = Readonly<Record<'total_return' | 'sharpe' | 'max_drawdown' | 'trades' | 'win_rate', number>> & Readonly<Record<string, number>>;

/** The values of one peer on one workload. */
export function goldenValues(folder: string, workload: string): readonly GoldenValue[] {
  const file = join(folder, 'values.json');
  const all = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { readonly values: readonly GoldenValue[] } | undefined>;
  const values = all[workload]?.values;
  if (values === undefined) throw new DataError('golden-missing', `${file} must have values of ${workload}, has ${Object.keys(all).join(', ')}`);
  return values;
}

/** Candles of a gzipped CSV with time, open, high, low, close and volume. */
export function goldenBars(folder: string, file: string, timeframeMs: number): Bars {
  const path = join(folder, file);
  const [head, ...lines] = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
  if (head.trim() !== 'time,open,high,low,close,volume') throw new DataError('golden-columns', `${path} must have the columns time,open,high,low,close,volume, has ${head}`);
  const columns = Array.from({ length: 6 }, () => new Float64Array(lines.length));
  lines.forEach((line, t) => line.split(',').forEach((cell, c) => (columns[c][t] = Number(cell))));
  const [openTimeMs, open, high, low, close, volume] = columns;
  return barsFromColumns({ openTimeMs, open, high, low, close, volume }, timeframeMs, { venue: 'golden', symbol: file.replace(/-.*/, '').toUpperCase(), kind: 'spot', calendar: '24/7', market: 'session' });
}

/** The stated folder, else one beside the package, where there is one. */
export function goldenFolder(stated: string | undefined, packageRoot: string): string | null {
  if (stated !== undefined) {
    if (!existsSync(join(stated, 'values.json'))) throw new DataError('golden-missing', `the folder of golden values must have values.json, ${stated} has none`);
    return stated;
  }
  const beside = join(packageRoot, '../shared/golden/peer-results');
  return existsSync(join(beside, 'values.json')) ? beside : null;
}
