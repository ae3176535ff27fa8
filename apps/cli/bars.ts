import { type Bars, InputError } from '../../engine/index.ts';
import type { Context } from './context.ts';

export interface DataArguments {
  readonly data?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  /** A file, or `none`. */
  readonly funding?: string;
  readonly mark?: string;
  /** Dataset or file of a shorter timeframe. */
  readonly finer?: string;
}

/**
 * The bars that a command's --data, or the configuration, or the only dataset of the lake names.
 *
 * throws  InputError `data-missing`, `dataset-unknown`, `no-bars`, `one-market`
 */
export async function loadMarkets({ data, from, to, funding, mark, finer }: DataArguments, { config, home }: Context): Promise<Bars[]> {
  const { datasetsOf, loadBars } = await import('../../workbench/index.ts');
  const names = data ?? [config.data ?? onlyDataset(datasetsOf(home), home)].flat();
  const fundingFile = funding === 'none' ? undefined : funding;
  requireOneMarket(names, { funding: fundingFile, mark, finer });
  return Promise.all(names.map((name) => loadBars(name, { home, from, to, funding: fundingFile, mark, finer })));
}

function requireOneMarket(names: readonly string[], files: Readonly<Record<string, string | undefined>>): void {
  const given = Object.keys(files).find((option) => files[option] !== undefined);
  if (given === undefined || names.length === 1) return;
  throw new InputError('one-market', `--${given} FILE must come with one market, came with ${names.length}${given === 'finer' ? '' : `; attach a file to each dataset instead: assay data ${given} <dataset> <file>`}`);
}

function onlyDataset(ids: readonly string[], home: string): string {
  if (ids.length === 1) return ids[0];
  const remedy = ids.length === 0 ? `the lake below ${home} is empty: assay data import <file> --symbol BTC/USDT --venue binance --timeframe 1h` : `one of: ${ids.join(', ')}`;
  throw new InputError('data-missing', `--data must name a dataset or a candle file; ${remedy}`);
}
