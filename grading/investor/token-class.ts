import { annualVolatility, maxDrawdown } from '../../engine/index.ts';
import { type DailyColumns, dailyReturnsOf } from '../daily/index.ts';
import type { InvestorComponent } from '../types/index.ts';

export const TOKEN_CLASSES = ['storeOfValue', 'core', 'growth', 'speculative', 'highRisk'] as const;
export type TokenClass = (typeof TOKEN_CLASSES)[number];

/** First rule that holds: of a year of daily prices and the percentiles of the day. */
export const CLASS_RULE = {
  highRisk: { volatilityAbove: 1.5, fallBelow: -0.9, liquidityBelow: 10, daysBelow: 180 },
  storeOfValue: { volatilityBelow: 0.8, liquidityFrom: 80, maturityFrom: 50, days: 365 },
  core: { volatilityBelow: 1, liquidityFrom: 60 },
  growth: { trendFrom: 50 },
} as const;

/** Class of a token by how it has moved and traded; `speculative` where no rule holds. null below 30 days. */
export function tokenClassOf(daily: DailyColumns, { liquidity, maturity, trend }: Readonly<Record<InvestorComponent, number | null>>): TokenClass | null {
  const returns = dailyReturnsOf(daily, 365);
  const volatility = annualVolatility(returns, 365);
  if (returns.length < 30 || volatility === null) return null;
  const { highRisk, storeOfValue, core, growth } = CLASS_RULE;
  const fall = maxDrawdown(daily.close.slice(-365)) ?? 0;
  const days = daily.close.length;
  if (volatility > highRisk.volatilityAbove || fall < highRisk.fallBelow || days < highRisk.daysBelow || (liquidity !== null && liquidity < highRisk.liquidityBelow)) return 'highRisk';
  const at = (value: number | null, least: number): boolean => value !== null && value >= least;
  if (volatility < storeOfValue.volatilityBelow && at(liquidity, storeOfValue.liquidityFrom) && at(maturity, storeOfValue.maturityFrom) && days >= storeOfValue.days) return 'storeOfValue';
  if (volatility < core.volatilityBelow && at(liquidity, core.liquidityFrom)) return 'core';
  return at(trend, growth.trendFrom) ? 'growth' : 'speculative';
}
