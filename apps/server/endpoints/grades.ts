import { z } from 'zod';
import { DAY_MS, formatDuration, formatTime } from '../../../engine/index.ts';
import { type Action, actionOf, ACTIONS, type GradeRow, gradeRows, gradeSignal, isStale, marketKey, marketsOf, matches, momentumOf, type Row } from '../../../grading/index.ts';
import { investorGradeOf, investorGradeRow, traderGradeOf, traderGradeRow } from '../rows/grades.ts';
import { dateTime, grade, nullable, points, side } from '../rows/number.ts';
import { tokenFields, tokenOf } from '../rows/token.ts';
import { endpoint } from './define.ts';
import type { Answer, Call } from './endpoint.ts';
import { dateRange, dates, gradeFilter, knownAt, marketFilter, markets, page, paged, signal, timeframe } from './parameters.ts';

const TAG = 'grades';
const include = { include: z.enum(['shadow']).optional().meta({ description: 'shadow: what each model says, those that are not published too' }) };

/** What grades have in common: the newest close, when it was published, whether it is stale, and the models. */
export function aboutGrades(rows: readonly GradeRow[], { server: { view }, nowMs }: Call): Pick<Answer, 'asOfMs' | 'publishedAtMs' | 'isStale' | 'models'> {
  const keys = new Set(rows.map(({ value }) => marketKey(value)));
  return {
    ...timesOf(rows),
    isStale: [...keys].some((key) => { const market = view.state.markets.get(key); return market === undefined || isStale(market, nowMs); }),
    models: [...new Set(rows.flatMap(({ value }) => value.models.filter(({ weight }) => weight > 0).map(({ model }) => model)))].sort(),
  };
}

export function timesOf(rows: readonly Row<{ readonly closeTimeMs: number }>[]): { readonly asOfMs: number | null; readonly publishedAtMs: number | null } {
  if (rows.length === 0) return { asOfMs: null, publishedAtMs: null };
  let [asOfMs, publishedAtMs] = [0, 0];
  for (const { tsMs, value } of rows) [asOfMs, publishedAtMs] = [Math.max(asOfMs, value.closeTimeMs), Math.max(publishedAtMs, tsMs)];
  return { asOfMs, publishedAtMs };
}

const traderGrades = endpoint({
  id: 'getTraderGrades', path: '/v1/trader-grades', tag: TAG, scope: 'grades:read', schema: 'grades/1', row: traderGradeRow,
  summary: 'Trader Grades: the newest of each market, or those of a range of dates',
  description: 'Without dates the newest row of each market. Rows are as first published; with as_known_at as they were known then, revisions included.',
  query: z.strictObject({ ...markets, ...timeframe, ...dates, ...knownAt, ...signal, ...include, ...page }),
  async answer(call, { query }) {
    const rows = await gradeRows(call.server.view, gradeFilter(query, call.server));
    const shown = paged(rows, query);
    return { data: shown.map((row) => traderGradeOf(row, { tokens: call.server.tokens, withModels: query.include === 'shadow' })), total: rows.length, ...aboutGrades(shown, call) };
  },
});

const investorGrades = endpoint({
  id: 'getInvestorGrades', path: '/v1/investor-grades', tag: TAG, scope: 'grades:read', schema: 'investor-grades/1', row: investorGradeRow,
  summary: 'Investor Grades: the newest of each token, or those of a range of days',
  query: z.strictObject({ ...markets, ...dates, ...knownAt, ...page }),
  answer(call, { query }) {
    const { fromMs, toMs } = dateRange(query, call.nowMs);
    const filter = marketFilter(query, call.server);
    const isLatest = fromMs === undefined && toMs === undefined;
    const rows = [...call.server.view.state.investors.values()].flatMap((ring) => {
      const known = [...ring.values()].filter(({ tsMs, value }) => tsMs <= (query.as_known_at ?? Number.POSITIVE_INFINITY) && matches({ ...value, timeframeMs: 0 }, filter)
        && value.closeTimeMs >= (fromMs ?? Number.NEGATIVE_INFINITY) && value.closeTimeMs <= (toMs ?? Number.POSITIVE_INFINITY));
      return isLatest ? known.slice(-1) : known;
    }).sort((a, b) => b.value.closeTimeMs - a.value.closeTimeMs || (a.value.symbol < b.value.symbol ? -1 : 1));
    const shown = paged(rows, query);
    return { data: shown.map((row) => investorGradeOf(row, call.server.tokens)), total: rows.length, ...timesOf(shown), isStale: shown.some(({ value }) => isDayOld(value.closeTimeMs, call)) };
  },
});

/** A grade of days is stale after two of them. */
function isDayOld(closeTimeMs: number, { nowMs }: Call): boolean {
  return nowMs - closeTimeMs > 2 * DAY_MS;
}

const tmGradeRow = z.strictObject({
  ...tokenFields, date: dateTime(), timeframe: z.string(), tm_grade: grade(), investor_grade: grade(), grade_signal: z.string().nullable(), action: z.enum(ACTIONS).nullable(), momentum: z.string().nullable(),
  trading_signal: side().nullable(), trader_grade_24h_change: nullable(), reason: z.string().nullable(),
});

function tmGradeOf(row: GradeRow, before: GradeRow | null, { server: { view, tokens } }: Call): z.output<typeof tmGradeRow> {
  const { value } = row;
  const action: Action | null = actionOf({ signal: value.signal, before: before?.value.signal ?? 0, change24h: value.change24h });
  const investors = [...(view.state.investors.get(`${value.venue}:${value.symbol}`)?.values() ?? [])].filter(({ tsMs }) => tsMs <= row.tsMs);
  return {
    ...tokenOf(value, tokens), date: formatTime(value.closeTimeMs), timeframe: formatDuration(value.timeframeMs), tm_grade: points(value.traderGrade),
    investor_grade: points(investors[investors.length - 1]?.value.investorGrade ?? null), grade_signal: gradeSignal(value.traderGrade), action, momentum: momentumOf(value.change24h),
    trading_signal: value.signal, trader_grade_24h_change: points(value.change24h), reason: value.reason,
  };
}

/** Each row with the one of its market that was published before it. */
function withBefore(rows: readonly GradeRow[]): readonly (readonly [GradeRow, GradeRow | null])[] {
  const before = new Map<string, GradeRow>();
  const pairs = rows.toSorted((a, b) => a.value.closeTimeMs - b.value.closeTimeMs).map((row): readonly [GradeRow, GradeRow | null] => {
    const key = marketKey(row.value);
    const pair = [row, before.get(key) ?? null] as const;
    before.set(key, row);
    return pair;
  });
  return pairs.reverse();
}

const tmGrade = endpoint({
  id: 'getTmGrade', path: '/v1/tm-grade', tag: TAG, scope: 'grades:read', schema: 'tm-grade/1', row: tmGradeRow,
  summary: 'The newest grade of each market with its signal in words and what a holder does',
  query: z.strictObject({ ...markets, ...timeframe, ...signal, ...page }),
  answer(call, { query }) {
    const rows = marketsOf(call.server.view, marketFilter(query, call.server)).flatMap(({ grades }) => {
      const [last, before = null] = grades.newest(4).filter(({ value }) => value.revision === 0);
      return last === undefined || (query.signal !== undefined && last.value.signal !== Number(query.signal)) ? [] : [[last, before] as const];
    });
    const shown = paged(rows, query);
    return { data: shown.map(([row, before]) => tmGradeOf(row, before, call)), total: rows.length, ...aboutGrades(shown.map(([row]) => row), call) };
  },
});

const tmGradeHistory = endpoint({
  id: 'getTmGradeHistory', path: '/v1/tm-grade-history', tag: TAG, scope: 'grades:read', schema: 'tm-grade/1', row: tmGradeRow,
  summary: 'Grades of a range of dates with their signals in words, the newest first; a week unless dates are given',
  query: z.strictObject({ ...markets, ...timeframe, ...dates, ...knownAt, ...page }),
  async answer(call, { query }) {
    const asked = query.start_date === undefined && query.end_date === undefined ? { ...query, start_date: call.server.view.state.tsMs - 7 * DAY_MS } : query;
    const rows = withBefore(await gradeRows(call.server.view, gradeFilter(asked, call.server)));
    const shown = paged(rows, query);
    return { data: shown.map(([row, before]) => tmGradeOf(row, before, call)), total: rows.length, ...aboutGrades(shown.map(([row]) => row), call) };
  },
});

export const gradeEndpoints = [traderGrades, investorGrades, tmGrade, tmGradeHistory];
