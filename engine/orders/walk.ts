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
    for (;;) {
      const met = nextMet(world, bar, price, end);
      if (met === null) break;
      const ahead = end < price ? Math.max(end, Math.min(met.level, price)) : Math.min(end, Math.max(met.level, price));
      price = ahead;
      if (!take(world, bar, met, ahead)) break;
      passNewborn(world, bar, ahead);
    }
    price = end;
  }
  world.isWalking = false;
}

function take(world: World, bar: BarPrices, met: Met, price: number): boolean {
  if (met.what === 'liquidation') world.liquidate(met.level);
  else if (met.what === 'order') return world.meet(met.order, met.order.mode === 'limit' ? met.level : price, false, bar.isSession);
  else world.meetProtection(met.what === 'stop', met.what === 'stop' ? price : met.level);
  return true;
}

/** What went live at this price and has been passed by it fills here. */
function passNewborn(world: World, bar: BarPrices, price: number): void {
  for (;;) {
    const newborn = world.orders.find((order) => order.isInside && order.isNew && world.isPassed(order, price));
    if (newborn === undefined || !world.meet(newborn, price, false, bar.isSession)) break;
  }
  for (const order of world.orders) if (order.isInside) order.isNew = false;
}

/** The nearest level between two prices; at one price stops of protection, then liquidation, target, then orders as they were placed. */
function nextMet(world: World, bar: BarPrices, from: number, to: number): Met | null {
  const falls = to < from;
  const isLow = to === bar.low && falls;
  const isHigh = to === bar.high && !falls;
  const stopEnd = isLow ? bar.stopLow : isHigh ? bar.stopHigh : to;
  const marginEnd = isLow ? bar.marginLow : isHigh ? bar.marginHigh : to;
  let best: Met | null = null;
  let distance = Infinity;
  const consider = (met: Met, away: number): void => {
    if (away >= distance) return;
    best = met;
    distance = away;
  };
  const reaches = (level: number, end: number): boolean => (falls ? end <= level : end >= level);
  const away = (level: number): number => Math.max(0, falls ? from - level : level - from);
  const { side } = world;
  if (side !== 0 && side > 0 === falls) {
    const { stopLevel, liquidationLevel } = world;
    if (bar.trades && world.capLeft > 0 && reaches(stopLevel, stopEnd)) consider({ what: 'stop', level: stopLevel }, away(stopLevel));
    if (reaches(liquidationLevel, marginEnd)) consider({ what: 'liquidation', level: liquidationLevel }, away(liquidationLevel));
  }
  if (!bar.trades || world.capLeft <= 0) return best;
  const { targetLevel } = world;
  if (side !== 0 && side > 0 !== falls && world.limitIsMet(falls, to, targetLevel)) consider({ what: 'target', level: targetLevel }, away(targetLevel));
  for (const order of world.orders) {
    const isLimit = order.mode === 'limit';
    if (order.mode === 'market' || order.side > 0 === (isLimit !== falls)) continue;
    const { level } = order;
    if (isLimit ? world.limitIsMet(falls, to, level) : reaches(level, stopEnd)) consider({ what: 'order', order, level }, away(level));
  }
  return best;
}
