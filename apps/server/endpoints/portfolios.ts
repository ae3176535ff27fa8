import { z } from 'zod';
import { formatTime } from '../../../engine/index.ts';
import type { AccountView, IndexView, MoonshotView, PaperFill, Row } from '../../../grading/index.ts';
import { Problem } from '../http/problem.ts';
import { dateTime, grade, nullable, points, rounded } from '../rows/number.ts';
import { tokenFields, tokenOf } from '../rows/token.ts';
import { endpoint } from './define.ts';
import type { Call } from './endpoint.ts';
import { dateRange, dates, page, paged } from './parameters.ts';

const TAG = 'portfolios';
const name = () => z.string().min(1).max(100);
const FRACTION = 6;

function timed(rows: readonly Row<unknown>[], ms: readonly number[]): { readonly asOfMs: number | null; readonly publishedAtMs: number | null } {
  return { asOfMs: ms.length === 0 ? null : Math.max(...ms), publishedAtMs: rows.length === 0 ? null : Math.max(...rows.map(({ tsMs }) => tsMs)) };
}

function splitPair(symbol: string): { readonly venue: string; readonly symbol: string } {
  const at = symbol.indexOf(':');
  return { venue: symbol.slice(0, Math.max(0, at)), symbol: symbol.slice(at + 1) };
}

function indexNamed(call: Call, id: string): IndexView {
  const index = call.server.view.state.indices.get(id);
  if (index === undefined) throw new Problem('not-found', `there is no index ${JSON.stringify(id)}`);
  return index;
}

const indexRow = z.strictObject({
  index_id: z.string(), date: dateTime().nullable(), value: nullable(), current_roi: nullable(), baseline_roi: nullable(), holdings: z.number().int(), cash_weight: nullable(), last_rebalance: dateTime().nullable(),
  turnover: nullable(), since: dateTime().nullable(),
});

const indices = endpoint({
  id: 'getIndices', path: '/v1/indices', tag: TAG, scope: 'grades:read', schema: 'indices/1', row: indexRow, query: z.strictObject({ ...page }), summary: 'Every index with its value and return since its start, net of costs',
  answer(call, { query }) {
    const all = [...call.server.view.state.indices].sort(([a], [b]) => (a < b ? -1 : 1));
    const data = paged(all, query).map(([id, { first, values, rebalances }]): z.output<typeof indexRow> => {
      const [last, rebalance] = [values.last(), rebalances.last()];
      return {
        index_id: id, date: last === null ? null : formatTime(last.value.atMs), value: rounded(last?.value.value, 4), current_roi: roi(last?.value.value, first?.value.value),
        baseline_roi: roi(last?.value.baselineValue, first?.value.baselineValue), holdings: rebalance?.value.holdings.length ?? 0,
        cash_weight: rebalance === null ? null : rounded(1 - rebalance.value.holdings.reduce((sum, { weight }) => sum + weight, 0), FRACTION),
        last_rebalance: rebalance === null ? null : formatTime(rebalance.value.atMs), turnover: rounded(rebalance?.value.turnover, FRACTION), since: first === null ? null : formatTime(first.value.atMs),
      };
    });
    const lasts = all.flatMap(([, { values }]) => values.last() ?? []);
    return { data, total: all.length, ...timed(lasts, lasts.map(({ value }) => value.atMs)) };
  },
});

function roi(now: number | undefined, start: number | undefined): number | null {
  return now === undefined || start === undefined || start === 0 ? null : rounded(now / start - 1, FRACTION);
}

const holdingRow = z.strictObject({ index_id: z.string(), date: dateTime(), ...tokenFields, weight: z.number(), price: z.number(), trader_grade: grade(), investor_grade: grade() });

const indicesHoldings = endpoint({
  id: 'getIndicesHoldings', path: '/v1/indices-holdings', tag: TAG, scope: 'grades:read', schema: 'index-holdings/1', row: holdingRow, query: z.strictObject({ id: name(), ...page }),
  summary: 'What an index holds since its last rebalance, heaviest first',
  answer(call, { query }) {
    const last = indexNamed(call, query.id).rebalances.last();
    if (last === null) return { data: [], total: 0 };
    const rows = last.value.holdings.toSorted((a, b) => b.weight - a.weight).map((holding): z.output<typeof holdingRow> => ({
      index_id: query.id, date: formatTime(last.value.atMs), ...tokenOf(splitPair(holding.symbol), call.server.tokens), weight: rounded(holding.weight, FRACTION) ?? 0, price: holding.price,
      trader_grade: points(holding.traderGrade), investor_grade: points(holding.investorGrade),
    }));
    return { data: paged(rows, query), total: rows.length, ...timed([last], [last.value.atMs]) };
  },
});

const performanceRow = z.strictObject({ index_id: z.string(), date: dateTime(), segment: z.enum(['backtest', 'live']), value: z.number(), gross_value: z.number(), cumulative_roi: nullable(), baseline_cumulative_roi: nullable() });

const indicesPerformance = endpoint({
  id: 'getIndicesPerformance', path: '/v1/indices-performance', tag: TAG, scope: 'grades:read', schema: 'index-performance/1', row: performanceRow, query: z.strictObject({ id: name(), ...dates, ...page }),
  summary: 'Values of an index since its start, the newest first; everything that the service publishes is live',
  answer(call, { query }) {
    const { fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY } = dateRange(query, call.nowMs);
    const { first, values } = indexNamed(call, query.id);
    const rows = [...values.values()].filter(({ value }) => value.atMs >= fromMs && value.atMs <= toMs).reverse();
    const data = paged(rows, query).map(({ value }): z.output<typeof performanceRow> => ({
      index_id: query.id, date: formatTime(value.atMs), segment: 'live', value: rounded(value.value, 4) ?? 0, gross_value: rounded(value.grossValue, 4) ?? 0,
      cumulative_roi: roi(value.value, first?.value.value), baseline_cumulative_roi: roi(value.baselineValue, first?.value.baselineValue),
    }));
    return { data, total: rows.length, ...timed(rows, rows.map(({ value }) => value.atMs)) };
  },
});

export const moonshotRow = z.strictObject({
  pick_id: z.string(), rule_id: z.string(), rule_sha256: z.string(), ...tokenFields, at: dateTime(), end_at: dateTime(), price: z.number(), score: z.number(), candidates: z.number().int(), why: z.string(),
  status: z.enum(['active', 'past']), exit_price: nullable(), roi: nullable(), max_roi: nullable(), base_rate_roi: nullable(), beats: nullable(), reason: z.string().nullable(),
});

export function moonshotOf({ pick: { value: pick }, outcome }: MoonshotView, call: Call): z.output<typeof moonshotRow> {
  const result = outcome?.value;
  return {
    pick_id: pick.pickId, rule_id: pick.ruleId, rule_sha256: pick.ruleSha256, ...tokenOf(splitPair(pick.symbol), call.server.tokens), at: formatTime(pick.atMs), end_at: formatTime(pick.endMs), price: pick.price,
    score: rounded(pick.score, FRACTION) ?? 0, candidates: pick.candidates, why: pick.why, status: outcome === null ? 'active' : 'past', exit_price: result?.exitPrice ?? null, roi: rounded(result?.roi, FRACTION),
    max_roi: rounded(result?.maxRoi, FRACTION), base_rate_roi: rounded(result?.baseRoi, FRACTION), beats: rounded(result?.beats, FRACTION), reason: result?.reason ?? null,
  };
}

const moonshotTokens = endpoint({
  id: 'getMoonshotTokens', path: '/v1/moonshot-tokens', tag: TAG, scope: 'grades:read', schema: 'moonshots/1', row: moonshotRow, query: z.strictObject({ type: z.enum(['active', 'past']).default('active'), ...page }),
  summary: 'Every pick of the moonshot rule, running or resolved, beside what random picks of the same day returned',
  answer(call, { query }) {
    const rows = [...call.server.view.state.moonshots.values()].filter(({ outcome }) => (outcome === null) === (query.type === 'active')).reverse();
    return { data: paged(rows, query).map((one) => moonshotOf(one, call)), total: rows.length, ...timed(rows.map(({ pick, outcome }) => outcome ?? pick), rows.map(({ pick, outcome }) => outcome?.value.endMs ?? pick.value.atMs)) };
  },
});

export const accountRow = z.strictObject({
  account_id: z.string(), date: dateTime().nullable(), equity: nullable(), cash: nullable(), roi: nullable(), holding_roi: nullable(), since: dateTime().nullable(), positions: z.record(z.string(), z.number()),
});

export function accountOf(id: string, { values, first }: AccountView): z.output<typeof accountRow> {
  const last = values.last();
  return {
    account_id: id, date: last === null ? null : formatTime(last.value.atMs), equity: rounded(last?.value.equityQuote, 2), cash: rounded(last?.value.cashQuote, 2), roi: roi(last?.value.equityQuote, first?.value.equityQuote),
    holding_roi: roi(last?.value.holdEquityQuote, first?.value.holdEquityQuote), since: first === null ? null : formatTime(first.value.atMs), positions: last?.value.positions ?? {},
  };
}

const accounts = endpoint({
  id: 'getPaperAccounts', path: '/v1/paper-accounts', tag: TAG, scope: 'grades:read', schema: 'paper-accounts/1', row: accountRow, query: z.strictObject({ ...page }), summary: 'Paper accounts that follow the published signals',
  answer(call, { query }) {
    const all = [...call.server.view.state.accounts].sort(([a], [b]) => (a < b ? -1 : 1));
    const lasts = all.flatMap(([, { values }]) => values.last() ?? []);
    return { data: paged(all, query).map(([id, account]) => accountOf(id, account)), total: all.length, ...timed(lasts, lasts.map(({ value }) => value.atMs)) };
  },
});

function accountNamed(call: Call, id: string): AccountView {
  const account = call.server.view.state.accounts.get(id);
  if (account === undefined) throw new Problem('not-found', `there is no paper account ${JSON.stringify(id)}`);
  return account;
}

const equityRow = z.strictObject({ account_id: z.string(), date: dateTime(), equity: z.number(), cash: z.number(), holding_equity: z.number() });

const equity = endpoint({
  id: 'getPaperAccountEquity', path: '/v1/paper-accounts/{id}/equity', tag: TAG, scope: 'grades:read', schema: 'paper-equity/1', row: equityRow, params: z.strictObject({ id: name() }), query: z.strictObject({ ...dates, ...page }),
  summary: 'Values of a paper account, the newest first',
  answer(call, { params, query }) {
    const { fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY } = dateRange(query, call.nowMs);
    const rows = [...accountNamed(call, params.id).values.values()].filter(({ value }) => value.atMs >= fromMs && value.atMs <= toMs).reverse();
    const data = paged(rows, query).map(({ value }): z.output<typeof equityRow> => ({ account_id: params.id, date: formatTime(value.atMs), equity: rounded(value.equityQuote, 2) ?? 0, cash: rounded(value.cashQuote, 2) ?? 0, holding_equity: rounded(value.holdEquityQuote, 2) ?? 0 }));
    return { data, total: rows.length, ...timed(rows, rows.map(({ value }) => value.atMs)) };
  },
});

const fillRow = z.strictObject({
  account_id: z.string(), date: dateTime(), ...tokenFields, side: z.enum(['buy', 'sell']), quantity: z.number(), price: z.number(), fee: z.number(), slippage: z.number(), model: z.string().nullable(), reason: z.string(),
});

const fills = endpoint({
  id: 'getPaperAccountFills', path: '/v1/paper-accounts/{id}/fills', tag: TAG, scope: 'grades:read', schema: 'paper-fills/1', row: fillRow, params: z.strictObject({ id: name() }), query: z.strictObject({ ...page }),
  summary: 'Fills of a paper account, the newest first',
  answer(call, { params, query }) {
    const all = [...accountNamed(call, params.id).fills.values()].reverse();
    return { data: paged(all, query).map(({ value }) => fillOf(value, call)), total: all.length, ...timed(all, all.map(({ value }) => value.atMs)) };
  },
});

function fillOf(fill: PaperFill, call: Call): z.output<typeof fillRow> {
  return {
    account_id: fill.accountId, date: formatTime(fill.atMs), ...tokenOf(splitPair(fill.symbol), call.server.tokens), side: fill.side, quantity: fill.qtyBase, price: fill.price, fee: fill.feeQuote,
    slippage: fill.slippageQuote, model: fill.model, reason: fill.reason,
  };
}

export const portfolioEndpoints = [indices, indicesHoldings, indicesPerformance, moonshotTokens, accounts, equity, fills];
