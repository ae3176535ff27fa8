import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importCandles, importOfBars, loadBars, openLake, writeDataset } from '../../../datasets/index.ts';
import { BAR_COLUMNS, type BarColumns, type Bars, MINUTE_MS } from '../../../engine/index.ts';
import type { BenchCase, Prepared, Proof, Setting } from '../case.ts';
import { randomWalkBars } from '../data/candles.ts';
import { perSecond } from '../goals.ts';
import { DifferenceMeter } from '../reference/difference.ts';

const ID = 'bench';
const made = (rows: number): Bars => randomWalkBars({ bars: rows, timeframeMs: MINUTE_MS, volatility: 0.001, seed: 11 });

/** Every value of every column. */
function proveColumns(loaded: BarColumns, source: BarColumns): Proof {
  const meter = new DifferenceMeter(0);
  for (const name of BAR_COLUMNS) {
    const [ours, expected] = [loaded[name], source[name]];
    meter.compare(`rows of ${name}`, ours.length, expected.length);
    let largest = 0;
    for (let t = 0; t < expected.length; t++) largest = Math.max(largest, Math.abs(ours[t] - expected[t]));
    meter.compare(`largest difference of ${name}`, largest, 0);
  }
  return meter.proof('what was written, every value');
}

/** Candles of a dataset on shared memory: from the raw columns kept beside it, or from its Parquet file, whose content is hashed and kept. */
async function prepareLake({ size, folder }: Setting, isCached: boolean, fullRows: number): Promise<Prepared> {
  const source = made(size === 'full' ? fullRows : 5_000);
  const lake = openLake(join(folder, 'lake'));
  const { instrument, timeframeMs, length } = source;
  await writeDataset(lake, importOfBars(source, 'bench/1', []), { id: ID, instrument, timeframeMs, importedAtMs: 0, replace: true });
  const once = async (): Promise<Bars> => {
    if (!isCached) rmSync(join(folder, 'lake', ID, 'columns.bin'), { force: true });
    return loadBars(lake, ID);
  };
  await once();
  return {
    shape: `${length} rows`,
    units: length,
    prove: async () => proveColumns(await once(), source),
    run: async () => void (await once()),
    close: () => rmSync(join(folder, 'lake'), { recursive: true, force: true }),
  };
}

function prepareCsv({ size, folder }: Setting): Prepared {
  const source = made(size === 'full' ? 1_000_000 : 5_000);
  const file = join(folder, 'candles.csv');
  const { openTimeMs, open, high, low, close, volume, length } = source;
  const lines = Array.from({ length }, (_, t) => `${openTimeMs[t]},${open[t]},${high[t]},${low[t]},${close[t]},${volume[t]}`);
  writeFileSync(file, `time,open,high,low,close,volume\n${lines.join('\n')}\n`);
  const once = async (): Promise<BarColumns> => (await importCandles([file], { timeframe: '1m' })).candles;
  return { shape: `${length} rows`, units: length, prove: async () => proveColumns(await once(), source), run: async () => void (await once()), close: () => rmSync(file, { force: true }) };
}

export const LOAD_CASES: readonly BenchCase[] = [
  {
    name: 'load-cached', what: 'candles kept as raw columns, to shared memory', unit: 'rows', quantity: 'wall', isGated: false, goals: [perSecond(6e6, '≥ 6 M rows/s')],
    prepare: (setting) => prepareLake(setting, true, 5_000_000),
  },
  {
    name: 'load-parquet', what: 'first load: Parquet to shared memory, hashed, and kept as raw columns', unit: 'rows', quantity: 'wall', isGated: false, goals: [perSecond(1.1e6, '≥ 1.1 M rows/s')],
    prepare: (setting) => prepareLake(setting, false, 1_000_000),
  },
  {
    name: 'load-csv', what: 'CSV read and inspected', unit: 'rows', quantity: 'wall', isGated: false, goals: [perSecond(0.8e6, '≥ 0.8 M rows/s')],
    prepare: prepareCsv,
  },
];
