import { type Bars, InputError } from '../../engine/index.ts';
import type { Context } from './context.ts';

export interface DataArguments {
  readonly data?: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

/**
 * The bars that a command's --data, or the configuration, or the only dataset of the lake names.
 *
 * throws  InputError `data-missing`, `dataset-unknown`, `no-bars`
 */
export async function loadMarkets({ data, from, to }: DataArguments, { config, home }: Context): Promise<Bars[]> {
  const { datasetsOf, loadBars } = await import('../../workbench/index.ts');
  const names = data ?? [config.data ?? onlyDataset(datasetsOf(home), home)].flat();
  return Promise.all(names.map((name) => loadBars(name, { home, from, to })));
}

function onlyDataset(ids: readonly string[], home: string): string {
  if (ids.length === 1) return ids[0];
  const remedy = ids.length === 0 ? `the lake below ${home} is empty: assay data import <file> --symbol BTC/USDT --venue binance --timeframe 1h` : `one of: ${ids.join(', ')}`;
  throw new InputError('data-missing', `--data must name a dataset or a candle file; ${remedy}`);
}
