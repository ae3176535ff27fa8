import type { TargetProtection } from './targets.ts';

/** How long an order lives: until cancelled; n bars; what its first open fills; all at its first open or nothing. */
export type TimeInForce = 'gtc' | 'ioc' | 'fok' | { readonly bars: number };

/** Exits that an entry brings with it; fractions count from the entry's average fill price. */
export interface Bracket {
  readonly stopLossFrac?: number;
  readonly takeProfitFrac?: number;
  readonly trailFrac?: number;
  /** Instead of the fractions: prices. */
  readonly stopPrice?: number;
  readonly targetPrice?: number;
}

/** Exactly one of the three sizes. */
export interface OrderSize {
  readonly qtyBase?: number;
  readonly notionalQuote?: number;
  /** Of the account's equity, costs included. */
  readonly equityFrac?: number;
}

interface OrderBase extends OrderSize {
  readonly side: 'buy' | 'sell';
  readonly reduceOnly?: boolean;
  readonly timeInForce?: TimeInForce;
  /** Orders of one name: a fill of one shrinks the others by its quantity. */
  readonly oco?: string;
  readonly bracket?: Bracket;
  /** Index of the instrument in a portfolio. */
  readonly market?: number;
  /** The strategy's own word for the order, kept with its fills. */
  readonly tag?: string;
}

/** What a strategy may place; see docs/execution.md. */
export type OrderRequest =
  | (OrderBase & { readonly type: 'market' })
  | (OrderBase & { readonly type: 'limit'; readonly limitPrice: number; readonly postOnly?: boolean })
  | (OrderBase & { readonly type: 'stop'; readonly stopPrice: number })
  | (OrderBase & { readonly type: 'stop-limit'; readonly stopPrice: number; readonly limitPrice: number; readonly postOnly?: boolean })
  | (OrderBase & { readonly type: 'trailing'; readonly trailFrac: number });

/** What may be changed of an order that rests. */
export interface OrderChange {
  readonly qtyBase?: number;
  readonly limitPrice?: number;
  readonly stopPrice?: number;
  readonly trailFrac?: number;
}

export const FILL_KINDS = [
  'market', 'limit', 'stop', 'trailing', 'bracket-stop', 'bracket-target', 'bracket-trail', 'stop-loss', 'trailing-stop', 'take-profit', 'liquidation',
  'window-end', 'delisted',
] as const;
export type FillKind = (typeof FILL_KINDS)[number];

/** Why an order ended without its fill. */
export type OrderEnd = 'cancelled' | 'expired' | 'rejected-lot' | 'rejected-min-notional' | 'rejected-margin' | 'rejected-post-only' | 'rejected-not-listed' | 'nothing-to-reduce' | 'account-liquidated';

/** One fill, as a row. */
export interface Fill {
  readonly bar: number;
  readonly market: number;
  /** 0 for what no order of the strategy asked for. */
  readonly orderId: number;
  readonly kind: FillKind;
  /** Signed. */
  readonly qtyBase: number;
  readonly referencePrice: number;
  readonly price: number;
  readonly feeQuote: number;
  /** Of the account. */
  readonly cashAfter: number;
  readonly qtyAfter: number;
  readonly tag: string | null;
}

/** What happened to a strategy's orders since its last call. */
export type OrderEvent = { readonly type: 'fill'; readonly fill: Fill } | { readonly type: 'ended'; readonly orderId: number; readonly reason: OrderEnd; readonly tag: string | null };

/** What a strategy asks of the engine at a close, as it said it. */
export type Ask =
  | { readonly type: 'target'; readonly market: number; readonly x: number; readonly protection: TargetProtection }
  | { readonly type: 'place'; readonly request: OrderRequest }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'replace'; readonly id: number; readonly change: OrderChange };
