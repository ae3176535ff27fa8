export { Paid, ratesOf } from './account.ts';
export { kernelGaps } from './coverage.ts';
export type { Decisions, FractionAt } from './decisions.ts';
export { FeeMeter, type FeeRates } from './fee-meter.ts';
export { ANY_QUANTITY, DEFAULT_COSTS, DEFAULT_EXECUTION, MARGIN_ACCOUNT, simulationConfig, type SimulationOptions, SPOT_ACCOUNT, ZERO_COSTS } from './presets.ts';
export { PendingOrder } from './pending-order.ts';
export { RoundTrip } from './round-trip.ts';
export { simulateLegs } from './simulate-legs.ts';
export { simulate, SimulationBuffers } from './simulate.ts';
export { liquidationPrice, quantityForExposure } from './sizing.ts';
export { Tally, totalsOf } from './totals.ts';
export { type Trade, TradeLog, TRADE_NUMBERS, type TradeNumber } from './trade-log.ts';
export {
  type AccountRules, type CostWaterfall, type Costs, type ExecutionRules, EXIT_REASONS, type ExitReason, type ExposureCaps, type FeeSchedule, type FeeTable,
  type InstrumentRules, type IntrabarPolicy, type OrderCounts, type Profile, PROFILES, type Protection, type Rebalance, type SimulationConfig,
  type SimulationTotals, type Sizing,
} from './types.ts';
export { venuePreset, type VenuePreset, VENUES, type VenueSource } from './venues.ts';
