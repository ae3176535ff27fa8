export { barsBySymbol, type SymbolBars } from './bars-of-market.ts';
export { type Correlated, correlations, type Correlations, nameOf } from './correlations.ts';
export { type LevelOptions, type PriceLevel, priceLevels } from './levels.ts';
export { type MarketMetrics, marketMetrics } from './market-metrics.ts';
export { type QuantMetrics, quantMetrics } from './quant-metrics.ts';
export { FEWEST_SCENARIO_DAYS, type Scenario, type ScenarioAnalysis, scenarioAnalysis, type ScenarioOptions } from './scenarios.ts';
