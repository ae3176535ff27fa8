import { InputError } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';

/**
 * A perpetual is only simulated with its funding, or when the user said that none is to be paid.
 *
 * throws  InputError `funding-missing`
 */
export function requireFunding(markets: readonly Bars[], { funding }: SimulationConfig): void {
  if (funding === 'none') return;
  const bare = markets.find((bars) => bars.instrument.kind === 'perpetual' && bars.funding === null);
  if (bare === undefined) return;
  const { symbol, venue } = bare.instrument;
  throw new InputError('funding-missing',
    `${symbol} on ${venue} must have funding data, as every perpetual: attach a file (assay data funding <dataset> <file>), give one (--funding FILE), or state that none is paid (--funding none)`);
}
