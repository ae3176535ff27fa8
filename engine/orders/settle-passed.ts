import type { LiveOrder } from './live-order.ts';
import type { World } from './world.ts';

/**
 * Every resting order, and the protection, that an open has passed: those met first on the way from the last close first, until none is left.
 *
 * source  docs/execution.md (a bar, in order, 2)
 */
export function settlePassed(world: World, open: number, lastClose: number, isSession: boolean): void {
  for (;;) {
    let next: LiveOrder | null = null;
    let distance = Infinity;
    for (const order of world.orders) {
      if (order.refusedAt === world.bar || !world.isPassed(order, open)) continue;
      const away = Math.abs(order.level - lastClose);
      if (away >= distance) continue;
      next = order;
      distance = away;
    }
    const { side, stopLevel, targetLevel } = world;
    const isStopPassed = side * (open - stopLevel) <= 0;
    const isTargetPassed = side !== 0 && world.limitIsMet(side < 0, open, targetLevel);
    const canExit = world.capLeft > 0;
    const protectionAway = !canExit ? Infinity : isStopPassed ? Math.abs(stopLevel - lastClose) : isTargetPassed ? Math.abs(targetLevel - lastClose) : Infinity;
    if (protectionAway <= distance && protectionAway < Infinity) world.meetProtection(isStopPassed, isStopPassed || isSession ? open : targetLevel);
    else if (next === null) return;
    else world.meet(next, open, true, isSession);
    if (world.isUnderMarginAt(open)) world.liquidate(open);
  }
}
