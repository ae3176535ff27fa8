export { type Condition, type ConditionKind } from './condition.ts';
export { above, and, barsAgo, below, crossesAbove, crossesBelow, forBars, not, or, signalOf, since, withinBars } from './conditions.ts';
export { defineStrategy, type EntryExitSignals, type Exposure, isPortfolio, isStrategy, type Signal, type Strategy, type StrategySpec, tradesTogether } from './define.ts';
export { decisionsOf, declaredScore, exposureOfSignals, legExposuresOf, signalsOf } from './evaluate.ts';
export { createIndicators, type Indicators } from './indicators.ts';
export { isLine, type Line, type LineBook, type LineColumns, type LineKernels, linesOf } from './line.ts';
export { type Entries, entriesOf, type Rules, rulesOf } from './rules.ts';
export {
  bool, choice, float, int, type Params, type ParamSpec, type ParamSpecs, type ParamValue, type ParamValues, parseParam, resolveParams,
} from './params.ts';
