import type { Ledger } from './account.ts';
import type { SimulationTotals } from './types.ts';

/** Counts of a simulation while it runs. */
export class Tally {
  sent = 0;
  filled = 0;
  afterGap = 0;
  waitedForVolume = 0;
  clippedExposure = 0;
  rejectedMinNotional = 0;
  rejectedLot = 0;
  ambiguousBars = 0;
  liquidations = 0;
  ruinedAtBar = -1;
}

/** Totals of an account after its last bar; gross follows from net and what was paid, so that the waterfall always sums. */
export function totalsOf(ledger: Pick<Ledger, 'paid'>, tally: Tally, initialCash: number, equity: Float64Array): SimulationTotals {
  const { paid } = ledger;
  const finalEquity = equity.length > 0 ? equity[equity.length - 1] : initialCash;
  const netQuote = finalEquity - initialCash;
  const waterfall = {
    feesQuote: -paid.fees,
    spreadQuote: -paid.spread,
    slippageQuote: -paid.slippage,
    fundingQuote: paid.funding,
    borrowQuote: paid.borrow,
    liquidationFeesQuote: -paid.liquidationFees,
    shortfallQuote: paid.shortfall,
  };
  const between = Object.values(waterfall).reduce((sum, part) => sum + part, 0);
  const { sent, filled, afterGap, waitedForVolume, clippedExposure, rejectedMinNotional, rejectedLot } = tally;
  return {
    finalEquity,
    tradedNotionalQuote: paid.tradedNotional,
    ambiguousBars: tally.ambiguousBars,
    liquidations: tally.liquidations,
    ruinedAtBar: tally.ruinedAtBar,
    waterfall: { grossQuote: netQuote - between, ...waterfall, netQuote },
    orders: { sent, filled, afterGap, waitedForVolume, clippedExposure, rejectedMinNotional, rejectedLot },
  };
}
