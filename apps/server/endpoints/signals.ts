import { z } from 'zod';
import { formatDuration, formatTime, HOUR_MS } from '../../../engine/index.ts';
import { type GradeRow, gradeRows, type View } from '../../../grading/index.ts';
import { dateTime, grade, nullable, points, rounded, side } from '../rows/number.ts';
import { tokenFields, tokenOf } from '../rows/token.ts';
import { endpoint } from './define.ts';
import type { Answer, Call } from './endpoint.ts';
import { aboutGrades } from './grades.ts';
import { dates, gradeFilter, knownAt, markets, page, paged, signal, timeframe } from './parameters.ts';

export const signalRow = z.strictObject({
  ...tokenFields, date: dateTime(), timeframe: z.string(), close: z.number(), trading_signal: side().nullable(), token_trend: side(), position: side().nullable(), trader_grade: grade(), p_up: nullable(),
  trading_signals_returns: nullable().meta({ description: 'Simple net return of following the signals since this market is graded live' }),
  holding_returns: nullable().meta({ description: 'Simple net return of holding since the same time' }),
  backtest: z.strictObject({ model: z.string(), from: dateTime(), to: dateTime(), trading_signals_returns: nullable() }).nullable().meta({ description: 'Out of sample, of the heaviest model: never mixed with what is live' }),
  reason: z.string().nullable(),
});

/** Promised, not live: what the heaviest model's stitched out-of-sample account returned. */
function backtestOf({ value }: GradeRow, { models }: Pick<View, 'models'>): z.output<typeof signalRow>['backtest'] {
  const [heaviest] = value.models.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
  const model = heaviest === undefined ? null : models.get(heaviest.model);
  if (model === null) return null;
  const { fromMs, toMs, dailyReturns } = model.version.oos;
  return { model: model.key, from: formatTime(fromMs), to: formatTime(toMs), trading_signals_returns: rounded(dailyReturns.reduce((wealth, r) => wealth * (1 + r), 1) - 1, 4) };
}

export function signalOf(row: GradeRow, { server: { view, tokens } }: Call): z.output<typeof signalRow> {
  const { value } = row;
  return {
    ...tokenOf(value, tokens), date: formatTime(value.closeTimeMs), timeframe: formatDuration(value.timeframeMs), close: value.close, trading_signal: value.signal, token_trend: value.tokenTrend,
    position: value.signal, trader_grade: points(value.traderGrade), p_up: rounded(value.pUp, 3), trading_signals_returns: rounded(row.signalReturn, 4), holding_returns: rounded(row.holdReturn, 4),
    backtest: backtestOf(row, view), reason: value.reason,
  };
}

async function answerOf(call: Call, query: Parameters<typeof gradeFilter>[0] & { readonly limit: number; readonly page: number }): Promise<Answer> {
  const rows = await gradeRows(call.server.view, gradeFilter(query, call.server));
  const shown = paged(rows, query);
  return { data: shown.map((row) => signalOf(row, call)), total: rows.length, ...aboutGrades(shown, call) };
}

const tradingSignals = endpoint({
  id: 'getTradingSignals', path: '/v1/trading-signals', tag: 'signals', scope: 'grades:read', schema: 'signals/1', row: signalRow,
  summary: 'Signals, and what following them has returned beside holding: live and backtest apart',
  query: z.strictObject({ ...markets, ...timeframe, ...dates, ...knownAt, ...signal, ...page }),
  answer: (call, { query }) => answerOf(call, query),
});

const hourlyTradingSignals = endpoint({
  id: 'getHourlyTradingSignals', path: '/v1/hourly-trading-signals', tag: 'signals', scope: 'grades:read', schema: 'signals/1', row: signalRow,
  summary: 'The same of hourly markets',
  query: z.strictObject({ ...markets, ...dates, ...knownAt, ...signal, ...page }),
  answer: (call, { query }) => answerOf(call, { ...query, timeframe: HOUR_MS }),
});

export const signalEndpoints = [tradingSignals, hourlyTradingSignals];
