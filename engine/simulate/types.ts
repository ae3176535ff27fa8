/** Costs at the door, in basis points of notional; zero must be typed. */
export interface Costs {
  /** Paid on market, stop and trailing fills. */
  readonly takerFeeBps: number;
  /** Paid when a resting limit or target is filled. */
  readonly makerFeeBps: number;
  readonly halfSpreadBps: number;
  readonly slippageBps: number;
}

/** `spot`: exposure in [0, 1], no borrowing. `margin`: exposure in [−maxLeverage, maxLeverage], liquidated below maintenance. */
export interface AccountRules {
  readonly kind: 'spot' | 'margin';
  readonly initialCash: number;
  /** Λ; 1 for spot. */
  readonly maxLeverage: number;
  /** m, a fraction of notional; 0 only for spot. */
  readonly maintenanceFrac: number;
  /** λ ≤ m, a fraction of notional. */
  readonly liquidationFeeFrac: number;
  /** b, a year, on shorts and on negative cash; 0 on perpetuals, which pay funding. */
  readonly borrowAnnFrac: number;
}

/** What a venue accepts; an order below it is rejected as a value with its reason. */
export interface InstrumentRules {
  /** Quantities of opening orders are truncated toward 0 to a multiple; 0 = any quantity. */
  readonly lotStep: number;
  /** Fill prices are rounded against the trader to a multiple; 0 = any price. */
  readonly tickSize: number;
  /** Orders with |d|·P′ below it are rejected; 0 = none. */
  readonly minNotionalQuote: number;
}

/** Which of the two paths O→L→H→C and O→H→L→C a bar is taken to have walked when they fill differently. */
export type IntrabarPolicy = 'pessimistic' | 'optimistic' | 'path';

/** Fractions frozen at the decision; levels follow from the average entry at the fill. 0 = none. */
export interface Protection {
  readonly stopLossFrac: number;
  readonly takeProfitFrac: number;
  readonly trailFrac: number;
}

/** One funding payment, due at the open of a bar. */
export interface FundingRate {
  readonly bar: number;
  /** Positive: longs pay. */
  readonly rate: number;
  /** Mark price at that time; the open when absent. */
  readonly markPrice?: number;
}

export interface SimulationConfig {
  readonly costs: Costs;
  readonly account: AccountRules;
  readonly rules: InstrumentRules;
  readonly intrabar: IntrabarPolicy;
  /** First bar whose close may decide; earlier decisions are ignored and equity is the initial cash. */
  readonly firstDecisionBar: number;
  /** Close what is open at the last bar's close, at taker cost (walk-forward windows). */
  readonly flattenAtEnd: boolean;
  readonly funding: readonly FundingRate[];
}

/** Why a round trip ended. */
export const EXIT_REASONS = ['signal', 'stop-loss', 'trailing-stop', 'take-profit', 'liquidation', 'window-end', 'open'] as const;
export type ExitReason = (typeof EXIT_REASONS)[number];

/** What the bars cost on the way from gross to net; costs are negative numbers. gross + all others = net. */
export interface CostWaterfall {
  readonly grossQuote: number;
  readonly feesQuote: number;
  readonly spreadQuote: number;
  readonly slippageQuote: number;
  readonly fundingQuote: number;
  readonly borrowQuote: number;
  readonly liquidationFeesQuote: number;
  /** Loss beyond the account that the venue bears (positive). */
  readonly shortfallQuote: number;
  readonly netQuote: number;
}

/** Orders that were not filled as asked, by reason. */
export interface OrderCounts {
  readonly sent: number;
  readonly filled: number;
  readonly afterGap: number;
  readonly waitedForVolume: number;
  readonly clippedExposure: number;
  readonly rejectedMinNotional: number;
  readonly rejectedLot: number;
}

export interface SimulationTotals {
  readonly finalEquity: number;
  readonly tradedNotionalQuote: number;
  readonly ambiguousBars: number;
  readonly liquidations: number;
  /** First bar at which equity was gone; −1 if never. */
  readonly ruinedAtBar: number;
  readonly waterfall: CostWaterfall;
  readonly orders: OrderCounts;
}
