import { z } from 'zod';
import { formatDuration, formatTime } from '../../../engine/index.ts';
import { bandOf, type GradeRow, gradeSignal, INVESTOR_COMPONENTS, type InvestorGrade, type ModelScore, momentumOf, type Row } from '../../../grading/index.ts';
import type { TokenFacts } from '../options.ts';
import { bps, bpsInterval, dateTime, grade, interval, nullable, points, rounded, side } from './number.ts';
import { tokenFields, tokenOf } from './token.ts';

export const scoreRow = z.strictObject({
  model: z.string(), state: z.string(), grade: grade(), score: nullable(), p_up: nullable(), exp_return_bps: nullable(), ci_bps: bpsInterval(), predictive_80_bps: bpsInterval(), signal: side().nullable(),
  horizon_bars: z.number().int(), weight: z.number(), reason: z.string().nullable(),
});

export const traderGradeRow = z.strictObject({
  ...tokenFields, date: dateTime(), timeframe: z.string(), close: z.number(),
  trader_grade: grade(), ta_grade: grade(), quant_grade: grade(), band: z.string().nullable(),
  trader_grade_24h_change: nullable(), trader_grade_24h_pct_change: nullable(), momentum: z.string().nullable(),
  trading_signal: side().nullable(), token_trend: side(), p_up: nullable(), exp_return_bps: nullable(), ci_bps: bpsInterval(), predictive_80_bps: bpsInterval(), horizon_bars: nullable(),
  n_models: z.number().int(), dispersion: nullable(), coverage: z.number(), revision: z.number().int(), reason: z.string().nullable(), published_at: dateTime(),
  models: z.array(scoreRow).optional(),
});

export function traderGradeOf({ value, tsMs }: GradeRow, { tokens, withModels }: { readonly tokens?: readonly TokenFacts[]; readonly withModels: boolean }): z.output<typeof traderGradeRow> {
  return {
    ...tokenOf(value, tokens), date: formatTime(value.closeTimeMs), timeframe: formatDuration(value.timeframeMs), close: value.close,
    trader_grade: points(value.traderGrade), ta_grade: points(value.taGrade), quant_grade: points(value.quantGrade), band: bandOf(value.traderGrade),
    trader_grade_24h_change: points(value.change24h), trader_grade_24h_pct_change: points(percentChange(value.traderGrade, value.change24h)), momentum: momentumOf(value.change24h),
    trading_signal: value.signal, token_trend: value.tokenTrend, p_up: rounded(value.pUp, 3), exp_return_bps: bps(value.expReturn),
    ci_bps: interval(value.meanLow, value.meanHigh), predictive_80_bps: interval(value.outcomeLow, value.outcomeHigh), horizon_bars: value.horizonBars,
    n_models: value.nModels, dispersion: points(value.dispersion), coverage: rounded(value.coverage, 3) ?? 0, revision: value.revision, reason: value.reason, published_at: formatTime(tsMs),
    ...(withModels ? { models: value.models.map(scoreOf) } : {}),
  };
}

function scoreOf(score: ModelScore): z.output<typeof scoreRow> {
  return {
    model: score.model, state: score.state, grade: points(score.grade), score: rounded(score.score, 6), p_up: rounded(score.pUp, 3), exp_return_bps: bps(score.expReturn),
    ci_bps: interval(score.meanLow, score.meanHigh), predictive_80_bps: interval(score.outcomeLow, score.outcomeHigh), signal: score.signal, horizon_bars: score.horizonBars,
    weight: rounded(score.weight, 6) ?? 0, reason: score.reason,
  };
}

/** Null where the grade before was 0: there is no percentage of nothing. */
export function percentChange(now: number | null, change: number | null): number | null {
  if (now === null || change === null || now - change <= 0) return null;
  return (100 * change) / (now - change);
}

const components = Object.fromEntries(INVESTOR_COMPONENTS.map((name) => [`${name}_score`, grade()])) as Record<`${(typeof INVESTOR_COMPONENTS)[number]}_score`, ReturnType<typeof grade>>;

export const investorGradeRow = z.strictObject({
  ...tokenFields, date: dateTime(), investor_grade: grade(), band: z.string().nullable(), grade_signal: z.string().nullable(), investor_grade_7d_change: nullable(), investor_grade_7d_pct_change: nullable(),
  fundamental_grade: grade(), technology_grade: grade(), valuation_grade: grade(), ...components, class: z.string().nullable(), horizon_days: z.number().int(), coverage: z.number(),
  reason: z.string().nullable(), published_at: dateTime(),
});

export function investorGradeOf({ value, tsMs }: Row<InvestorGrade>, tokens?: readonly TokenFacts[]): z.output<typeof investorGradeRow> {
  const scores = Object.fromEntries(INVESTOR_COMPONENTS.map((name) => [`${name}_score`, points(value.components[name])])) as Record<keyof typeof components, number | null>;
  return {
    ...tokenOf(value, tokens), date: formatTime(value.closeTimeMs), investor_grade: points(value.investorGrade), band: bandOf(value.investorGrade), grade_signal: gradeSignal(value.investorGrade),
    investor_grade_7d_change: points(value.change7d), investor_grade_7d_pct_change: points(percentChange(value.investorGrade, value.change7d)),
    fundamental_grade: points(value.fundamentalGrade), technology_grade: points(value.technologyGrade), valuation_grade: points(value.valuationGrade), ...scores,
    class: value.tokenClass, horizon_days: value.horizonDays, coverage: rounded(value.coverage, 3) ?? 0, reason: value.reason, published_at: formatTime(tsMs),
  };
}
