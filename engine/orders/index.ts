export { type Clock, clockOf, onClock, sliceMoments } from './clock.ts';
export { BarContext, MarketView, type OpenOrder, type Position } from './context.ts';
export { type Driver, type OrderRun, simulateOrders } from './simulate-orders.ts';
export { type AccountState, type BarRow, createRollingAccount, type RollingAccount, type RollingAccountOptions } from './rolling-account.ts';
export { kellyFraction } from './sizing.ts';
export type { TargetProtection } from './targets.ts';
export {
  type Ask, type Bracket, type Fill, FILL_KINDS, type FillKind, type OrderChange, type OrderEnd, type OrderEvent, type OrderRequest, type OrderSize, type TimeInForce,
} from './types.ts';
