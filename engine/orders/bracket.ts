import { LiveOrder } from './live-order.ts';
import type { FillKind } from './types.ts';
import type { World } from './world.ts';

/**
 * A bracket under what an entry has filled; where one lives already it grows, and its stop and target follow the average price.
 *
 * source  docs/execution.md (bracket)
 */
export function growBracket(world: World, entry: LiveOrder, d: number): void {
  const { stopLossFrac = 0, takeProfitFrac = 0, trailFrac = 0, stopPrice, targetPrice } = entry.bracket ?? {};
  const average = entry.filledNotional / entry.filledQty;
  const stop = stopPrice ?? average * (1 - entry.side * stopLossFrac);
  const target = targetPrice ?? average * (1 + entry.side * takeProfitFrac);
  const living = world.orders.filter(({ parentId }) => parentId === entry.id);
  for (const child of living) {
    child.remaining += d;
    if (child.kind === 'bracket-stop' && child.mode === 'stop') child.level = stop;
    if (child.kind === 'bracket-target') child.level = target;
  }
  if (living.length > 0) return;
  if (stopLossFrac > 0 || stopPrice !== undefined) addChild(world, entry, d, 'bracket-stop').level = stop;
  if (takeProfitFrac > 0 || targetPrice !== undefined) addChild(world, entry, d, 'bracket-target').level = target;
  if (trailFrac > 0) Object.assign(addChild(world, entry, d, 'bracket-trail'), { trailFrac, watermark: average });
}

function addChild(world: World, entry: LiveOrder, d: number, kind: FillKind): LiveOrder {
  const order = Object.assign(new LiveOrder(), {
    id: world.nextId++, kind, mode: kind === 'bracket-target' ? 'limit' : 'stop', side: -entry.side, size: d, remaining: d, reduceOnly: true,
    oco: `bracket of ${entry.id}`, parentId: entry.id, tag: entry.tag, isInside: world.isWalking,
  } as const);
  world.orders.push(order);
  return order;
}
