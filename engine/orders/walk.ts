import type { LiveOrder } from './live-order.ts';
import type { World } from './world.ts';

/** The prices of a bar that orders meet; the mark extremes where stops or liquidation are triggered by it. */
export interface BarPrices {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Extremes that trigger stops; those of the bar unless a mark price does. */
  readonly stopLow: number;
  readonly stopHigh: number;
  /** Extremes that liquidate. */
  readonly marginLow: number;
  readonly marginHigh: number;
  /** Volume 0, or a bar that an outage drops: nothing but a liquidation fills. */
  readonly trades: boolean;
  readonly isSession: boolean;
}

type Met = { readonly what: 'stop' | 'target' | 'liquidation'; readonly level: number } | { readonly what: 'order'; readonly order: LiveOrder; readonly level: number };

/** Walks one path of a bar, level by level. */
export function walkPath(world: World, bar: BarPrices, isLowFirst: boolean): void {
  const { open, high, low, close } = bar;
  const path = isLowFirst ? [low, high, close] : [high, low, close];
  let price = open;
  world.isWalking = true;
  for (const end of path) {
    let hasFilled = false;
    for (let met = nextMet(world, bar, price, end, hasFilled); met !== null; met = nextMet(world, bar, price, end, hasFilled)) {
      price = clamp(met.level, price, end);
      take(world, bar, met, price);
      world.rest(price);
      hasFilled = true;
    }
    price = end;
  }
  world.isWalking = false;
}

/** A level that only the mark price has reached lies beyond the move; the walk goes no further than the move. */
function clamp(level: number, from: number, to: number): number {
  return Math.min(Math.max(from, to), Math.max(Math.min(from, to), level));
}

function take(world: World, bar: BarPrices, met: Met, price: number): void {
  if (met.what === 'liquidation') world.liquidate(met.level);
  else if (met.what === 'order') world.meet(met.order, price, false, bar.isSession);
  else world.meetProtection(met.what === 'stop', met.what === 'stop' ? price : met.level);
}

const RANK_OF_ORDER = 4;
const RANKS: Readonly<Record<string, number>> = { 'bracket-stop': 0, 'bracket-trail': 1 };

/** The nearest level between two prices; at one price stops of protection, trailing stops, liquidation, target, then orders as they were placed. */
function nextMet(world: World, bar: BarPrices, from: number, to: number, hasFilled: boolean): Met | null {
  const falls = to < from;
  const isLow = to === bar.low && falls;
  const isHigh = to === bar.high && !falls;
  const stopEnd = isLow ? bar.stopLow : isHigh ? bar.stopHigh : to;
  const marginEnd = isLow ? bar.marginLow : isHigh ? bar.marginHigh : to;
  let best: Met | null = null;
  let distance = Infinity;
  let bestRank = Infinity;
  const consider = (met: Met, away: number, rank: number): void => {
    if (away > distance || (away === distance && rank >= bestRank)) return;
    best = met;
    distance = away;
    bestRank = rank;
  };
  const reaches = (level: number, end: number): boolean => (falls ? end <= level : end >= level);
  const away = (level: number): number => Math.max(0, falls ? from - level : level - from);
  const { side } = world;
  if (hasFilled && world.isUnderMarginAt(from)) consider({ what: 'liquidation', level: from }, 0, 2);
  if (side !== 0 && side > 0 === falls) {
    const { stopLevel, liquidationLevel } = world;
    if (bar.trades && world.capLeft > 0 && reaches(stopLevel, stopEnd)) consider({ what: 'stop', level: stopLevel }, away(stopLevel), 0);
    if (reaches(liquidationLevel, marginEnd)) consider({ what: 'liquidation', level: liquidationLevel }, away(liquidationLevel), 2);
  }
  if (!bar.trades) return best;
  const { targetLevel } = world;
  if (side !== 0 && side > 0 !== falls && world.capLeft > 0 && world.limitIsMet(falls, to, targetLevel)) {
    consider({ what: 'target', level: targetLevel }, away(targetLevel), 3);
  }
  for (const order of world.orders) {
    if (order.mode === 'market' || order.refusedAt === world.bar) continue;
    const { level } = order;
    const rank = RANKS[order.kind] ?? RANK_OF_ORDER;
    if (isLiveBehind(order, from) || world.isTouchedAt(order, from)) consider({ what: 'order', order, level: from }, 0, rank);
    else if (order.mode === 'limit' && order.side > 0 === falls && world.limitIsMet(falls, to, level)) consider({ what: 'order', order, level }, away(level), rank);
    else if (order.mode !== 'limit' && order.side > 0 !== falls && reaches(level, stopEnd)) consider({ what: 'order', order, level }, away(level), rank);
  }
  return best;
}

/** Whether a price has already passed an order that goes live there: a stop on touch, a new limit strictly. */
function isLiveBehind(order: LiveOrder, price: number): boolean {
  const beyond = order.side * (price - order.level);
  return order.mode === 'limit' ? order.isNew && beyond < 0 : beyond >= 0;
}
