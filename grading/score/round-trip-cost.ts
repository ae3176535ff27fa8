import { bpsToFrac, ratesOf, type SimulationConfig } from '../../engine/index.ts';

/**
 * Log return that a round trip costs: taker fee, half spread and slippage on both sides. Of a fee schedule its latest first tier.
 *
 * Funding, borrow and impact depend on time and size, and are not in it.
 */
export function roundTripCostOf({ costs, fees }: Pick<SimulationConfig, 'costs' | 'fees'>): number {
  const { taker, impact } = ratesOf(costs);
  const fee = fees === null ? taker : bpsToFrac(fees.tables[fees.tables.length - 1].tiers[0].takerFeeBps);
  return Math.log1p(impact) + Math.log1p(fee) - Math.log1p(-impact) - Math.log1p(-fee);
}
