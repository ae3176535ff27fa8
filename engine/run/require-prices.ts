import { InputError } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';

/**
 * Prices that a configuration asks for besides the bars must come with every market: finer bars to look inside, mark prices to trigger stops.
 *
 * throws  InputError `finer-missing`, `mark-missing`
 */
export function requirePrices(markets: readonly Bars[], { intrabar, execution }: SimulationConfig): void {
  const coarse = intrabar === 'lower-timeframe' ? markets.find(({ finer }) => finer === null) : undefined;
  if (coarse !== undefined) {
    throw new InputError('finer-missing', `intrabar lower-timeframe must have finer bars of ${coarse.instrument.symbol}: give them (--finer DATASET or FILE, or withFiner(bars, finer)), or choose another policy`);
  }
  const bare = execution.triggerOn === 'mark' ? markets.find(({ mark }) => mark === null) : undefined;
  if (bare !== undefined) {
    throw new InputError('mark-missing', `stops triggered on mark must have mark prices of ${bare.instrument.symbol}: attach them (assay data mark <dataset> <file>), give a file (--mark FILE), or trigger on last`);
  }
}
