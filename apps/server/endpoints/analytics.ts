import { z } from 'zod';
import { DAY_MS, formatDuration, formatTime } from '../../../engine/index.ts';
import { barsBySymbol, correlations, gradeRows, marketMetrics, priceLevels, quantMetrics, scenarioAnalysis, type SymbolBars } from '../../../grading/index.ts';
import { dateTime, nullable, points, rounded, side } from '../rows/number.ts';
import { tokenFields, tokenOf } from '../rows/token.ts';
import { endpoint } from './define.ts';
import type { Answer, Call } from './endpoint.ts';
import { aboutGrades } from './grades.ts';
import { dates, duration, gradeFilter, marketFilter, markets, page, paged, timeframe, whole } from './parameters.ts';
import { aboutMarkets } from './prices.ts';

const TAG = 'analytics';
type MarketQuery = Parameters<typeof marketFilter>[0] & { readonly limit: number; readonly page: number };

const metricsRow = z.strictObject({
  ...tokenFields, from: dateTime(), to: dateTime(), days: z.number().int(), volatility: nullable(), all_time_return: nullable(), cagr: nullable(), sharpe: nullable(), sortino: nullable(), max_drawdown: nullable(),
  skew: nullable(), kurtosis: nullable(), tail_ratio: nullable(), risk_reward_ratio: nullable(), profit_factor: nullable(), daily_value_at_risk: nullable(), daily_return_avg: nullable(), daily_return_std: nullable(),
});

/** One row a pair whose bars are held, or none where the figure is not defined. */
function perPair<T>(call: Call, query: MarketQuery, timeframeMs: number, rowsOf: (one: SymbolBars) => readonly T[]): Answer {
  const pairs = barsBySymbol(call.server.view, timeframeMs, marketFilter(query, call.server));
  const rows = pairs.flatMap(rowsOf);
  return { data: paged(rows, query), total: rows.length, ...aboutMarkets(pairs.map(({ market }) => market), call) };
}

const quantmetrics = endpoint({
  id: 'getQuantmetrics', path: '/v1/quantmetrics', tag: TAG, scope: 'grades:read', schema: 'quantmetrics/1', row: metricsRow,
  summary: 'Risk and return of holding each token, over the UTC days that are held',
  query: z.strictObject({ ...markets, ...page }),
  answer: (call, { query }) => perPair(call, query, DAY_MS, ({ market, bars }): z.output<typeof metricsRow>[] => {
    const m = quantMetrics(bars);
    if (m === null) return [];
    const f = (value: number | null): number | null => rounded(value, 6);
    return [{
      ...tokenOf(market, call.server.tokens), from: formatTime(m.fromMs), to: formatTime(m.toMs), days: m.days, volatility: f(m.volatility), all_time_return: f(m.allTimeReturn), cagr: f(m.cagr),
      sharpe: f(m.sharpe), sortino: f(m.sortino), max_drawdown: f(m.maxDrawdown), skew: f(m.skew), kurtosis: f(m.kurtosis), tail_ratio: f(m.tailRatio), risk_reward_ratio: f(m.riskRewardRatio),
      profit_factor: f(m.profitFactor), daily_value_at_risk: f(m.dailyValueAtRisk), daily_return_avg: f(m.dailyReturnAverage), daily_return_std: f(m.dailyReturnStd),
    }];
  }),
});

const levelRow = z.strictObject({
  ...tokenFields, timeframe: z.string(), price: z.number(),
  levels: z.array(z.strictObject({ kind: z.enum(['support', 'resistance']), level: z.number(), strength: z.number(), touches: z.number().int(), last_touch: dateTime() })),
});

const resistanceSupport = endpoint({
  id: 'getResistanceSupport', path: '/v1/resistance-support', tag: TAG, scope: 'grades:read', schema: 'levels/1', row: levelRow,
  summary: 'Prices at which each token has turned, the strongest first',
  query: z.strictObject({ ...markets, timeframe: duration().prefault('1d'), ...page }),
  answer: (call, { query }) => perPair(call, query, query.timeframe, ({ market, bars }): z.output<typeof levelRow>[] => (bars.length === 0 ? [] : [{
    ...tokenOf(market, call.server.tokens), timeframe: formatDuration(query.timeframe), price: bars.close[bars.length - 1],
    levels: priceLevels(bars).map(({ lastTouchMs, strength, ...level }) => ({ ...level, strength: rounded(strength, 3) ?? 0, last_touch: formatTime(lastTouchMs) })),
  }])),
});

const pairCorrelation = z.strictObject({ ...tokenFields, correlation: z.number(), days: z.number().int() });
const correlationRow = z.strictObject({ ...tokenFields, top_correlation: z.array(pairCorrelation), bottom_correlation: z.array(pairCorrelation) });
const LISTED = 10;

const correlation = endpoint({
  id: 'getCorrelation', path: '/v1/correlation', tag: TAG, scope: 'grades:read', schema: 'correlation/1', row: correlationRow,
  summary: 'Correlation of daily returns with the other tokens, over the days that two have in common (at least 20)',
  query: z.strictObject({ ...markets, days: whole(20, 2_000, 365), ...page }),
  answer(call, { query }) {
    const asked = barsBySymbol(call.server.view, DAY_MS, marketFilter(query, call.server));
    const found = correlations(paged(asked, query), barsBySymbol(call.server.view, DAY_MS, {}), query.days);
    const data = found.map(({ of, others }): z.output<typeof correlationRow> => {
      const rows = others.map(({ name, correlation: value, days }) => ({ ...tokenOf(pairOf(name), call.server.tokens), correlation: rounded(value, 4) ?? 0, days })).sort((a, b) => b.correlation - a.correlation);
      return { ...tokenOf(of.market, call.server.tokens), top_correlation: rows.slice(0, LISTED), bottom_correlation: rows.slice(-LISTED).reverse() };
    });
    return { data, total: asked.length, ...aboutMarkets(asked.map(({ market }) => market), call) };
  },
});

function pairOf(name: string): { readonly venue: string; readonly symbol: string } {
  const at = name.indexOf(':');
  return { venue: name.slice(0, at), symbol: name.slice(at + 1) };
}

const scenarioRow = z.strictObject({
  ...tokenFields, price: z.number(), horizon_days: z.number().int(), paths: z.number().int(), days: z.number().int(), block_days: z.number(), p_up: z.number(), split: z.number(),
  scenarios: z.array(z.strictObject({ name: z.enum(['bear', 'base', 'bull']), probability: z.number(), return: nullable(), price: nullable() })),
  quantiles: z.strictObject({ q05: z.number(), q25: z.number(), q50: z.number(), q75: z.number(), q95: z.number() }),
});

/** Paths of each token, and the seed: the same question has the same answer. */
const SCENARIO = { paths: 2_000, seed: 1 } as const;

const scenarioAnalysisEndpoint = endpoint({
  id: 'getScenarioAnalysis', path: '/v1/scenario-analysis', tag: TAG, scope: 'grades:read', schema: 'scenarios/1', row: scenarioRow,
  summary: 'Bear, base and bull by a block bootstrap of each token’s own days, with the share of paths that end there',
  query: z.strictObject({ ...markets, horizon_days: whole(1, 365, 30), limit: whole(1, 50, 10), page: page.page }),
  answer(call, { query }) {
    const pairs = barsBySymbol(call.server.view, DAY_MS, marketFilter(query, call.server)).filter(({ bars }) => bars.length > 30);
    const shown = paged(pairs, query);
    const data = shown.flatMap(({ market, bars }): z.output<typeof scenarioRow>[] => {
      const s = scenarioAnalysis(bars, { horizonDays: query.horizon_days, ...SCENARIO });
      if (s === null) return [];
      const f = (value: number): number => rounded(value, 4) ?? 0;
      return [{
        ...tokenOf(market, call.server.tokens), price: bars.close[bars.length - 1], horizon_days: s.horizonDays, paths: s.paths, days: s.days, block_days: f(s.blockDays), p_up: f(s.probabilityUp), split: f(s.split),
        scenarios: s.scenarios.map(({ name, probability, returnFrac, price }) => ({ name, probability: f(probability), return: rounded(returnFrac, 4), price: rounded(price, 8) })),
        quantiles: { q05: f(s.quantiles.q05), q25: f(s.quantiles.q25), q50: f(s.quantiles.q50), q75: f(s.quantiles.q75), q95: f(s.quantiles.q95) },
      }];
    });
    return { data, total: pairs.length, ...aboutMarkets(shown.map(({ market }) => market), call) };
  },
});

const marketRow = z.strictObject({
  date: dateTime(), timeframe: z.string(), tokens: z.number().int(), graded: z.number().int(), mean_grade: nullable(), bullish_share: nullable().meta({ description: 'Grades of 80 or more' }), bearish_share: nullable(),
  long_share: nullable(), short_share: nullable(), market_signal: side().nullable(), last_market_signal: side(),
});

const marketMetricsEndpoint = endpoint({
  id: 'getMarketMetrics', path: '/v1/market-metrics', tag: TAG, scope: 'grades:read', schema: 'market-metrics/1', row: marketRow,
  summary: 'All grades of a close together: share of strong ones, the market’s signal, the newest close first; a day unless dates are given',
  query: z.strictObject({ ...timeframe, exchange: markets.exchange, ...dates, ...page }),
  async answer(call, { query }) {
    const asked = query.start_date === undefined && query.end_date === undefined ? { ...query, start_date: call.server.view.state.tsMs - DAY_MS } : query;
    const grades = await gradeRows(call.server.view, gradeFilter(asked, call.server));
    const rows = marketMetrics(grades).reverse();
    const data = paged(rows, query).map((m): z.output<typeof marketRow> => ({
      date: formatTime(m.closeTimeMs), timeframe: formatDuration(m.timeframeMs), tokens: m.tokens, graded: m.graded, mean_grade: points(m.meanGrade), bullish_share: rounded(m.shareBullish, 4),
      bearish_share: rounded(m.shareBearish, 4), long_share: rounded(m.shareLong, 4), short_share: rounded(m.shareShort, 4), market_signal: m.marketSignal, last_market_signal: m.lastMarketSignal,
    }));
    return { data, total: rows.length, ...aboutGrades(grades, call) };
  },
});

export const analyticsEndpoints = [quantmetrics, resistanceSupport, correlation, scenarioAnalysisEndpoint, marketMetricsEndpoint];
