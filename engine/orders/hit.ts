import type { LiveOrder } from './live-order.ts';
import type { FillKind, OrderEnd } from './types.ts';

/** How a fill is priced: a taker, a taker that stops at its limit, a maker at its level, a liquidation. */
export type Pricing = 'taker' | 'within' | 'maker' | 'liquidation';

/** A fill that a path met, enough to book it again. */
export interface Hit {
  readonly orderId: number;
  readonly kind: FillKind;
  readonly d: number;
  readonly reference: number;
  readonly pricing: Pricing;
  readonly limit: number;
  readonly tag: string | null;
  /** Leverage or cash cut the order. */
  readonly isCut: boolean;
}

export interface Ending {
  readonly order: LiveOrder;
  readonly reason: OrderEnd;
}
