import type { Rates } from './account.ts';

/**
 * Signed quantity that brings the account to target exposure x at a fill, all costs included: after it, q·P = x·E exactly.
 *
 * units   equity and price in quote at the raw open
 * source  accounting.md §3 (normative): d = D / (P·(1 + xσk)), k = c + f(1 + σc)
 */
export function quantityForExposure(x: number, equity: number, qty: number, price: number, rates: Rates): number {
  if (x === 0) return -qty;
  const gap = x * equity - qty * price;
  const side = Math.sign(gap);
  const k = rates.impact + rates.taker * (1 + side * rates.impact);
  return gap / (price * (1 + x * side * k));
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
