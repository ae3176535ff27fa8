export { above, and, barsAgo, below, crossesAbove, crossesBelow, not, or } from './conditions.ts';
export { defineStrategy, type EntryExitSignals, type Exposure, isPortfolio, isStrategy, type Signal, type Strategy, type StrategySpec, tradesTogether } from './define.ts';
export { decisionsOf, declaredScore, exposureOfSignals, legExposuresOf } from './evaluate.ts';
export { createIndicators, type Indicators } from './indicators.ts';
export {
  bool, choice, float, int, type Params, type ParamSpec, type ParamSpecs, type ParamValue, type ParamValues, parseParam, resolveParams,
} from './params.ts';
