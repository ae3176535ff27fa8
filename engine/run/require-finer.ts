import { InputError } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';

/**
 * Looking inside bars needs finer ones of every market.
 *
 * throws  InputError `finer-missing`
 */
export function requireFiner(markets: readonly Bars[], { intrabar }: SimulationConfig): void {
  const bare = intrabar === 'lower-timeframe' ? markets.find(({ finer }) => finer === null) : undefined;
  if (bare === undefined) return;
  throw new InputError('finer-missing', `intrabar lower-timeframe must have finer bars of ${bare.instrument.symbol}: give them (--finer DATASET or FILE, or withFiner(bars, finer)), or choose another policy`);
}
