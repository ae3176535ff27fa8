import { DAY_MS } from '../../engine/index.ts';
import { isWeeklyUpdate } from '../investor/index.ts';
import type { BarBook, Entry, EntryDraft, Holding, IndexRebalance, IndexValue, Processor } from '../types/index.ts';
import { type Basket, basketValue, basketWeights, EMPTY_BASKET, tradeTo, turnoverBetween, withoutEnded } from './basket.ts';
import { createPriceMemory } from './price-memory.ts';
import { type IndexRule, indexRuleSchema } from './rule.ts';
import { universeAt } from './universe.ts';
import { targetWeights } from './weights.ts';

export interface IndexOptions {
  readonly bars: BarBook;
  /** Markets of this timeframe. */
  readonly timeframeMs: number;
  readonly rule: IndexRule;
}

/**
 * An index by a rule: decided at a UTC day's close from what was known then, traded at the next open, valued at every day's close.
 *
 * The baseline holds the same universe in equal parts and trades on the same days at the same costs. The cost of a rebalance is that of the
 * weights at the close that decided it. The gross value is the net one without costs.
 *
 * causal  bars and grades up to the close; an Investor Grade is that of the day before
 * throws  ZodError unless the rule holds to its schema
 */
export function createIndex({ bars, timeframeMs, rule }: IndexOptions): Processor {
  const { id, weights: { grade: graded }, costBps, delisting, rebalance: when } = indexRuleSchema.parse(rule);
  const memory = createPriceMemory(timeframeMs);
  const traderGrades = new Map<string, number | null>();
  const investorGrades = new Map<string, number | null>();
  let [basket, baseline]: [Basket, Basket] = [EMPTY_BASKET, EMPTY_BASKET];
  /** Net ÷ gross. */
  let kept = 1;
  let pending: IndexRebalance | null = null;
  /** Of the pending rebalance of the baseline. */
  let baseCost = 0;
  let hasBegun = false;

  const baselineWeights = ({ universe }: Pick<IndexRebalance, 'universe'>): Map<string, number> => new Map(universe.map((symbol) => [symbol, 1 / universe.length]));

  const carryOut = (order: IndexRebalance): void => {
    const openOf = (symbol: string): number | null => memory.openAt(symbol, order.atMs);
    basket = tradeTo(basket, new Map(order.holdings.map(({ symbol, weight }) => [symbol, weight])), { openOf, priceOf: memory.priceOf, cost: order.cost });
    baseline = tradeTo(baseline, baselineWeights(order), { openOf, priceOf: memory.priceOf, cost: baseCost });
    kept *= 1 - order.cost;
  };

  const close = (timeMs: number): void => {
    const order = pending;
    if (order !== null && timeMs > order.atMs && (order.holdings.length === 0 || order.holdings.some(({ symbol }) => memory.openAt(symbol, order.atMs) !== null))) {
      carryOut(order);
      pending = null;
    }
    const hasEnded = (symbol: string): boolean => memory.lastCloseMs(symbol) <= timeMs - delisting.afterDays * DAY_MS;
    basket = withoutEnded(basket, hasEnded, { priceOf: memory.priceOf, haircutFrac: delisting.haircutFrac });
    baseline = withoutEnded(baseline, hasEnded, { priceOf: memory.priceOf, haircutFrac: delisting.haircutFrac });
  };

  const orderAt = (atMs: number): IndexRebalance => {
    const grades = graded === 'trader' ? traderGrades : investorGrades;
    const { members, excluded } = universeAt(bars, timeframeMs, rule, atMs);
    const targets = targetWeights(members, (symbol) => grades.get(symbol) ?? null, rule);
    const holdings = members.flatMap(({ symbol, price }): Holding[] => {
      const weight = targets.weights.get(symbol) ?? 0;
      return weight > 0 ? [{ symbol, weight, price, traderGrade: traderGrades.get(symbol) ?? null, investorGrade: investorGrades.get(symbol) ?? null }] : [];
    });
    const { turnover, traded } = turnoverBetween(basketWeights(basket, memory.priceOf), targets.weights);
    return { indexId: id, atMs, holdings, turnover, cost: (traded * costBps) / 10_000, reason: targets.reason, excluded: { ...excluded, ...targets.excluded }, universe: members.map(({ symbol }) => symbol) };
  };

  /** The order of a day, where it is one on which the index trades. */
  const orderOf = (atMs: number): IndexRebalance | null => {
    if (hasBegun && when.kind === 'weekly' && !isWeeklyUpdate(atMs)) return null;
    const order = orderAt(atMs);
    const isDue = !hasBegun ? order.holdings.length > 0 : when.kind === 'weekly' || order.turnover > when.drift;
    return isDue ? order : null;
  };

  return {
    name: `index:${id}`,
    apply(entry: Entry): void {
      memory.apply(entry);
      if (entry.type === 'grade_published' && entry.payload.timeframeMs === timeframeMs) traderGrades.set(`${entry.payload.venue}:${entry.payload.symbol}`, entry.payload.traderGrade);
      else if (entry.type === 'investor_published') investorGrades.set(`${entry.payload.venue}:${entry.payload.symbol}`, entry.payload.investorGrade);
      else if (entry.type === 'close' && entry.payload.timeframeMs === timeframeMs) close(entry.payload.closeTimeMs);
      else if (entry.type === 'index_rebalanced' && entry.payload.indexId === id) {
        pending = entry.payload;
        baseCost = (turnoverBetween(basketWeights(baseline, memory.priceOf), baselineWeights(pending)).traded * costBps) / 10_000;
        hasBegun = true;
      }
    },
    respond(entry: Entry): readonly EntryDraft[] {
      if (entry.type !== 'close' || entry.payload.timeframeMs !== timeframeMs || entry.payload.closeTimeMs % DAY_MS !== 0) return [];
      const atMs = entry.payload.closeTimeMs;
      const value = basketValue(basket, memory.priceOf);
      const payload: IndexValue = { indexId: id, atMs, value, grossValue: value / kept, baselineValue: basketValue(baseline, memory.priceOf) };
      const order = orderOf(atMs);
      const valued: readonly EntryDraft[] = hasBegun || order !== null ? [{ type: 'index_valued', model: null, payload }] : [];
      return order === null ? valued : [...valued, { type: 'index_rebalanced', model: null, payload: order }];
    },
  };
}
