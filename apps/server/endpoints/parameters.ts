import { z } from 'zod';
import { DAY_MS, formatDuration, isAssayError, parseDurationMs, parseTimeMs } from '../../../engine/index.ts';
import type { GradeFilter, MarketFilter } from '../../../grading/index.ts';
import { Problem } from '../http/problem.ts';
import type { ServerOptions } from '../options.ts';
import { tokenIdOf } from '../rows/token.ts';

/** Longest range of dates of one call. */
const LONGEST_RANGE_MS = 366 * DAY_MS;

function from<T>(parse: (text: string) => T) {
  return (text: string, context: z.core.$RefinementCtx): T => {
    try {
      return parse(text);
    } catch (error) {
      if (!isAssayError(error)) throw error;
      context.issues.push({ code: 'custom', message: error.message, input: text });
      return z.NEVER;
    }
  };
}

export const time = () => z.string().max(40).transform(from((text) => parseTimeMs(text, 'date'))).meta({ description: 'A date or an ISO time, UTC unless an offset is written', examples: ['2026-11-24', '2026-11-24T02:00:00Z'] });
export const duration = () => z.string().max(10).transform(from((text) => parseDurationMs(text, 'timeframe'))).meta({ description: 'Such as 15m, 1h or 1d', examples: ['1h'] });
export const whole = (least: number, most: number, otherwise: number) => z.string().regex(/^-?\d{1,9}$/, 'must be a whole number').transform(Number).pipe(z.number().int().min(least).max(most)).prefault(String(otherwise)).meta({ override: { type: 'integer', minimum: least, maximum: most, default: otherwise } });
const list = (pattern: RegExp, examples: string[], description: string) => z.string().min(1).max(1_000).regex(pattern).transform((text) => text.split(',')).meta({ description, examples });

export const page = { limit: whole(1, 1_000, 50), page: whole(1, 1_000_000, 1) };

export const markets = {
  token_id: list(/^\d{1,10}(,\d{1,10}){0,99}$/, ['1868042413'], 'One or more ids, with commas between').optional(),
  symbol: list(/^[A-Za-z0-9._-]{1,30}(\/[A-Za-z0-9._-]{1,30})?(,[A-Za-z0-9._-]{1,30}(\/[A-Za-z0-9._-]{1,30})?){0,99}$/, ['BTC', 'BTC,ETH/USDT'], 'Tokens or pairs, with commas between').optional(),
  exchange: list(/^[A-Za-z0-9._-]{1,40}(,[A-Za-z0-9._-]{1,40}){0,19}$/, ['binance'], 'Venues, with commas between').optional(),
  category: list(/^[A-Za-z0-9 ._-]{1,40}(,[A-Za-z0-9 ._-]{1,40}){0,19}$/, ['layer-1'], 'Categories of the token table, with commas between').optional(),
};
export const timeframe = { timeframe: duration().optional() };
export const dates = { start_date: time().optional(), end_date: time().optional() };
export const knownAt = { as_known_at: time().optional() };
export const signal = { signal: z.enum(['-1', '0', '1']).optional().meta({ description: 'Rows of this signal alone' }) };

interface MarketQuery {
  readonly token_id?: readonly string[];
  readonly symbol?: readonly string[];
  readonly exchange?: readonly string[];
  readonly category?: readonly string[];
  readonly timeframe?: number;
}

export function marketFilter(query: MarketQuery, { tokens = [] }: Pick<ServerOptions, 'tokens'>): MarketFilter {
  const { token_id: ids, category: categories } = query;
  const accepts = ids === undefined && categories === undefined ? undefined : ({ symbol }: { readonly symbol: string }): boolean => {
    const base = symbol.split('/')[0];
    return (ids?.includes(String(tokenIdOf(base, tokens))) ?? true) && (categories?.includes(tokens.find((one) => one.symbol === base)?.category ?? '') ?? true);
  };
  return { symbols: query.symbol?.map((one) => one.toUpperCase()), venues: query.exchange, timeframeMs: query.timeframe, accepts };
}

interface DateQuery {
  readonly start_date?: number;
  readonly end_date?: number;
}

/** @throws Problem where the range is turned or too long */
export function dateRange({ start_date: fromMs, end_date: toMs }: DateQuery, nowMs: number): { readonly fromMs?: number; readonly toMs?: number } {
  const spanMs = (toMs ?? nowMs) - (fromMs ?? toMs ?? nowMs);
  const refuse = (detail: string): never => {
    throw new Problem('invalid-parameters', detail, { errors: [{ in: 'query', field: 'start_date', detail }] });
  };
  if (fromMs !== undefined && toMs !== undefined && spanMs < 0) refuse('start_date must not be after end_date');
  if (spanMs > LONGEST_RANGE_MS) refuse(`start_date must be at most ${formatDuration(LONGEST_RANGE_MS)} before end_date, or before now`);
  return { fromMs, toMs };
}

export function gradeFilter(query: MarketQuery & DateQuery & { readonly as_known_at?: number; readonly signal?: '-1' | '0' | '1' }, server: ServerOptions): GradeFilter {
  const side = query.signal === undefined ? undefined : (Number(query.signal) as -1 | 0 | 1);
  return { ...marketFilter(query, server), ...dateRange(query, server.clock.nowMs()), asKnownAtMs: query.as_known_at, signal: side };
}

export function paged<T>(rows: readonly T[], { limit, page }: { readonly limit: number; readonly page: number }): T[] {
  return rows.slice((page - 1) * limit, page * limit);
}
