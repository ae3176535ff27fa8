/** Costs at the door, in basis points of notional; zero must be typed. */
export interface Costs {
  /** Paid on market, stop and trailing fills. */
  readonly takerFeeBps: number;
  /** Paid when a resting limit or target is filled. */
  readonly makerFeeBps: number;
  readonly halfSpreadBps: number;
  readonly slippageBps: number;
  /** Square-root impact: what a taker pays on top when the order is as large as the bar's volume; slippage grows by it × √(|D| ÷ volume). */
  readonly impactBps: number;
}

/** Fees that change with date and with the account's own volume; replaces the two fees of `Costs` where given. */
export interface FeeSchedule {
  readonly name: string;
  /** Ascending in time; the last one that has begun applies. */
  readonly tables: readonly FeeTable[];
}

export interface FeeTable {
  readonly fromMs: number;
  /** Ascending; the last one whose volume has been traded in the 30 days before applies. */
  readonly tiers: readonly { readonly fromVolumeQuote: number; readonly takerFeeBps: number; readonly makerFeeBps: number }[];
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
export type IntrabarPolicy = 'pessimistic' | 'optimistic' | 'path' | 'lower-timeframe';

/** Whose rules fill the orders: ours, or those of a peer, to bring a study over. */
export const PROFILES = ['assay', 'vectorbt', 'backtesting.py'] as const;
export type Profile = (typeof PROFILES)[number];

/** How orders meet the market. */
export interface ExecutionRules {
  /** When a decision's market order fills; `close`, the bar that decided, exists to compare with peers. */
  readonly fill: 'next-open' | 'close';
  /** Resting limits fill when the price trades strictly through them, or when it touches. */
  readonly limitFill: 'through' | 'touch';
  /** Which price triggers stops. */
  readonly triggerOn: 'last' | 'mark';
  /** Which price the maintenance margin is tested on; `mark` where the bars carry one. */
  readonly liquidateOn: 'last' | 'mark';
  /** Largest share of a bar's volume that one account fills; 0 = no cap. */
  readonly volumeCapFrac: number;
  /** What happens to the part above the cap. */
  readonly volumeCapRemainder: 'carry' | 'cancel';
  /** Stress: every decision, order and cancellation is carried out so many bars later. */
  readonly latencyBars: number;
  /** Stress: a stop fills so many bars late, at an open. */
  readonly stopDelayBars: number;
  /** Stress: so many bars after a gap cannot be traded. */
  readonly dropBarsAfterGap: number;
  /** A long in an instrument whose bars end is closed at its last price less this. */
  readonly delistingHaircutFrac: number;
}

/** What a target of x means in quantity, frozen at the decision; x scales it and gives its side. */
export type Sizing =
  /** x of the equity. */
  | { readonly kind: 'exposure' }
  /** x × so much quote currency. */
  | { readonly kind: 'fixed-quote'; readonly notionalQuote: number }
  /** x × so many units. */
  | { readonly kind: 'fixed-quantity'; readonly qtyBase: number }
  /** x × target volatility ÷ realised volatility of the window, both a year. */
  | { readonly kind: 'volatility-target'; readonly annualVolFrac: number; readonly windowBars: number }
  /** x × riskFrac of the equity lost when the price moves atrMultiple × ATR. */
  | { readonly kind: 'atr-risk'; readonly riskFrac: number; readonly atrMultiple: number; readonly windowBars: number }
  /** x × fraction × mean ÷ variance of the last trades' returns, in 0 … capFrac; x alone until minTrades are closed. */
  | { readonly kind: 'kelly'; readonly fraction: number; readonly capFrac: number; readonly lastTrades: number; readonly minTrades: number };

/** When a target that has not changed is traded back to: never, when exposure has drifted by a band, or on a schedule. */
export type Rebalance =
  | { readonly kind: 'on-change' }
  | { readonly kind: 'band'; readonly bandFrac: number }
  | { readonly kind: 'schedule'; readonly everyMs: number };

/** Largest exposures, as fractions of equity; null = what the account allows. */
export interface ExposureCaps {
  readonly perInstrument: number | null;
  /** Of all instruments together, in absolute values. */
  readonly gross: number | null;
}

/** Fractions frozen at the decision; levels follow from the average entry at the fill. 0 = none. */
export interface Protection {
  readonly stopLossFrac: number;
  readonly takeProfitFrac: number;
  readonly trailFrac: number;
}

export interface SimulationConfig {
  readonly profile: Profile;
  readonly costs: Costs;
  readonly fees: FeeSchedule | null;
  readonly account: AccountRules;
  readonly rules: InstrumentRules;
  readonly intrabar: IntrabarPolicy;
  readonly execution: ExecutionRules;
  readonly sizing: Sizing;
  readonly rebalance: Rebalance;
  readonly caps: ExposureCaps;
  /** `data`: as the bars carry it; `none`: a perpetual that pays none, stated by the user. */
  readonly funding: 'data' | 'none';
  /** First bar whose close may decide; earlier decisions are ignored and equity is the initial cash. */
  readonly firstDecisionBar: number;
  /** Close what is open at the last bar's close, at taker cost (walk-forward windows). */
  readonly flattenAtEnd: boolean;
}

/** Why a round trip ended. */
export const EXIT_REASONS = ['signal', 'stop-loss', 'trailing-stop', 'take-profit', 'liquidation', 'window-end', 'delisted', 'open'] as const;
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
