import { DAY_MS } from '../../engine/index.ts';
import { type DailyColumns, dailyOf } from '../daily/index.ts';
import { type BarBook, type Entry, type EntryDraft, INVESTOR_COMPONENTS, type InvestorGrade, type Market, type Processor } from '../types/index.ts';
import { componentPercentiles, INVESTOR_HISTORY_DAYS, rawComponents } from './components.ts';
import { GIVEN_COLUMNS, givenAt, type GivenGrades } from './given-columns.ts';
import { createInvestorMemory } from './investor-memory.ts';
import { tokenClassOf } from './token-class.ts';

type Given = ReturnType<typeof givenAt>;

export interface InvestorOptions {
  readonly bars: BarBook;
  /** The markets of this timeframe are compared with each other, by UTC days. */
  readonly timeframeMs: number;
  /** Days over which an outcome is measured; default 90. */
  readonly horizonDays?: number;
  /** Base of the market whose sell-offs test the others; default BTC. */
  readonly leaderBase?: string;
  /** Least markets of a cross-section; default 5. */
  readonly minMarkets?: number;
  /** Grades from outside, each known from a time on. */
  readonly given?: readonly GivenGrades[];
}

/** A market whose last bar is older has stopped and is no longer compared. */
const STALE_MS = 3 * DAY_MS;
/** Below this share of the weights a grade would say more than is known. */
const LEAST_COVERAGE = 0.5;

/**
 * Investor Grade of every market at the close of every UTC day, with weights that are renewed each Monday from outcomes known by then.
 *
 * The grade is the weighted mean of the components' percentiles; every given grade counts as much as a component at equal weights. Weights begin
 * equal when the service starts: what is learnt is learnt from published grades.
 *
 * causal  reads bars up to the close, and given grades available by then
 * null    below `minMarkets` markets, or where less than half of the weight could be computed; the reason says which
 */
export function createInvestor({ bars, timeframeMs, horizonDays = 90, leaderBase = 'BTC', minMarkets = 5, given = [] }: InvestorOptions): Processor {
  const memory = createInvestorMemory({ timeframeMs, horizonDays });

  const gradesAt = (closeTimeMs: number, publishedAtMs: number): InvestorGrade[] => {
    const markets = freshMarkets(bars, timeframeMs, closeTimeMs);
    const daily = markets.map((market) => dailyOf(bars, market, INVESTOR_HISTORY_DAYS) as DailyColumns);
    const leaderAt = markets.findIndex(({ symbol }) => baseOf(symbol) === leaderBase);
    const leader = leaderAt < 0 ? null : daily[leaderAt];
    const raw = markets.map((market, m) => rawComponents({ daily: daily[m], ageDays: memory.ageDays(market, daily[m], closeTimeMs), listings: markets.filter(({ symbol }) => baseOf(symbol) === baseOf(market.symbol)).length }, leader));
    const components = componentPercentiles(raw);
    const weighting = memory.weighting();
    return markets.map((market, m) => {
      const outside = givenAt(given, `${market.venue}:${market.symbol}`, closeTimeMs);
      const { coverage, grade } = combined(components[m], weighting.weights, outside);
      const reason = markets.length < minMarkets ? `needs at least ${minMarkets} markets to compare, has ${markets.length}` : coverage < LEAST_COVERAGE ? `only ${Math.round(100 * coverage)} % of the weight could be computed` : null;
      const investorGrade = reason === null ? grade : null;
      const before = memory.gradeAt(market, closeTimeMs - 7 * DAY_MS);
      return {
        venue: market.venue, symbol: market.symbol, closeTimeMs, investorGrade, components: components[m], fundamentalGrade: outside.fundamental, technologyGrade: outside.technology,
        valuationGrade: outside.valuation, coverage, change7d: investorGrade === null || before === null ? null : investorGrade - before,
        tokenClass: tokenClassOf(daily[m], components[m]), weighting, horizonDays, reason, publishedAtMs,
      };
    });
  };

  return {
    name: 'investor',
    apply: (entry: Entry) => memory.apply(entry),
    respond(entry: Entry): readonly EntryDraft[] {
      if (entry.type !== 'close' || entry.payload.timeframeMs !== timeframeMs || entry.payload.closeTimeMs % DAY_MS !== 0) return [];
      return gradesAt(entry.payload.closeTimeMs, entry.tsMs).map((payload) => ({ type: 'investor_published', model: null, payload }));
    },
  };
}

/** Weighted mean of what could be computed, and the share of the weight that it holds. */
function combined(components: InvestorGrade['components'], weights: InvestorGrade['weighting']['weights'], given: Given): { readonly coverage: number; readonly grade: number | null } {
  let [sum, coverage] = [0, 0];
  for (const name of INVESTOR_COMPONENTS) {
    const value = components[name];
    if (value === null) continue;
    sum += weights[name] * value;
    coverage += weights[name];
  }
  let total = coverage;
  for (const name of GIVEN_COLUMNS) {
    const value = given[name];
    if (value === null) continue;
    sum += value / INVESTOR_COMPONENTS.length;
    total += 1 / INVESTOR_COMPONENTS.length;
  }
  return { coverage, grade: total === 0 ? null : sum / total };
}

function freshMarkets(bars: BarBook, timeframeMs: number, closeTimeMs: number): Market[] {
  return bars.markets().filter((market) => {
    const last = market.timeframeMs === timeframeMs ? bars.last(`${market.venue}:${market.symbol}@${timeframeMs}`) : null;
    return last !== null && last.openTimeMs + timeframeMs > closeTimeMs - STALE_MS;
  }).toSorted((a, b) => (`${a.venue}:${a.symbol}` < `${b.venue}:${b.symbol}` ? -1 : 1));
}

function baseOf(symbol: string): string {
  return symbol.split('/')[0];
}
