import { join } from 'node:path';
import { datasetIds, loadBars, openLake, readDataset } from '../../datasets/index.ts';
import { barAtOrAfter, type Bars, InputError, type MarketRef, sliceBars } from '../../engine/index.ts';

/**
 * The bars that an artefact read, from the datasets of the lake that hold the same content.
 *
 * throws  InputError `data-missing`
 */
export async function loadMarketRefs(markets: readonly MarketRef[], home = '.assay'): Promise<Bars[]> {
  const lake = openLake(join(home, 'lake'));
  const known = datasetIds(lake).map((id) => readDataset(lake, id));
  return Promise.all(markets.map(async ({ dataHash, instrument, firstTimeMs, bars: length }) => {
    const dataset = known.find(({ contentHash }) => contentHash === dataHash);
    if (dataset === undefined) {
      throw new InputError('data-missing', `a dataset of the lake must hold the bars of ${instrument.symbol} with content ${dataHash.slice(0, 12)}, none does; name them with --data`);
    }
    const bars = await loadBars(lake, dataset.id);
    const from = barAtOrAfter(bars, firstTimeMs);
    return from === 0 && length === bars.length ? bars : sliceBars(bars, from, from + length);
  }));
}

/** Ids of the datasets whose bars have a content. */
export function datasetsWith(home: string, dataHash: string): string[] {
  const lake = openLake(join(home, 'lake'));
  return datasetIds(lake).filter((id) => readDataset(lake, id).contentHash === dataHash);
}
