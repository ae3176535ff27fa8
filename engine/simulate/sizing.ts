import type { Ledger } from './account.ts';
import type { Tally } from './totals.ts';
import type { InstrumentRules } from './types.ts';

/**
 * Signed quantity that brings the account to target exposure x at a fill, all costs included: after it, q·P = x·E exactly.
 *
 * An account without equity opens nothing.
 *
 * units   equity and price in quote at the raw open
 * source  accounting.md §3 (normative): d = D / (P·(1 + xσk)), k = c + f(1 + σc)
 */
export function quantityForExposure(x: number, equity: number, price: number, ledger: Ledger): number {
  if (x === 0) return -ledger.qty;
  const gap = x * Math.max(0, equity) - ledger.qty * price;
  const side = Math.sign(gap);
  return gap / (price * (1 + x * side * ledger.costPerNotional(side, price)));
}

/**
 * That quantity as the venue takes it: the opening part cut to lots, and nothing below a lot or the minimum notional; the rest is counted.
 * An order to x = 0 closes and is never cut.
 *
 * source  accounting.md §2
 */
export function orderForExposure(x: number, equity: number, price: number, ledger: Ledger, rules: InstrumentRules, tally: Tally): number {
  const wanted = quantityForExposure(x, equity, price, ledger);
  if (x === 0 || wanted === 0) return wanted;
  const reverses = ledger.qty * (ledger.qty + wanted) < 0;
  const d = reverses ? truncateToLot(ledger.qty + wanted, rules.lotStep) - ledger.qty : truncateToLot(wanted, rules.lotStep);
  return acceptedByVenue(d, price, ledger, rules, tally);
}

/** The order, or 0 when it is below one lot or the minimum notional. */
export function acceptedByVenue(d: number, price: number, ledger: Ledger, rules: InstrumentRules, tally: Tally): number {
  if (d === 0) {
    tally.rejectedLot++;
    return 0;
  }
  if (Math.abs(d) * ledger.takerPrice(d, price) < rules.minNotionalQuote) {
    tally.rejectedMinNotional++;
    return 0;
  }
  return d;
}

/** Lots truncate the order toward zero; closing orders are never truncated. A whole number of lots survives rounding noise. */
export function truncateToLot(d: number, lotStep: number): number {
  if (lotStep === 0) return d;
  const lots = Math.abs(d) / lotStep;
  const near = Math.round(lots);
  return Math.sign(d) * (Math.abs(lots - near) < 1e-9 ? near : Math.floor(lots)) * lotStep;
}

/** Price at which a cross-margined position is liquidated; NaN where there is none. */
export function liquidationPrice(cash: number, qty: number, maintenanceFrac: number, open: number): number {
  if (qty === 0 || maintenanceFrac === 0) return Number.NaN;
  const price = -cash / (qty - maintenanceFrac * Math.abs(qty));
  return price > 1e-9 * open ? price : Number.NaN;
}
