import { type Clock, marketKey } from '../types/index.ts';
import type { MarketView } from './state.ts';
import type { View } from './view.ts';

/** A market is stale when its last close is further back than so many of its timeframes. */
export const STALE_TIMEFRAMES = 2;

export interface Freshness {
  readonly market: string;
  readonly lastCloseMs: number | null;
  readonly ageMs: number | null;
  readonly isStale: boolean;
}

/** Without a close a market is stale. */
export function isStale({ lastCloseMs, market: { timeframeMs } }: MarketView, nowMs: number): boolean {
  return lastCloseMs === null || nowMs - lastCloseMs > STALE_TIMEFRAMES * timeframeMs;
}

export function freshness({ state }: Pick<View, 'state'>, clock: Clock): Freshness[] {
  const nowMs = clock.nowMs();
  return [...state.markets.values()].map((view) => ({
    market: marketKey(view.market), lastCloseMs: view.lastCloseMs, ageMs: view.lastCloseMs === null ? null : nowMs - view.lastCloseMs, isStale: isStale(view, nowMs),
  }));
}

/** When the next bar of any market is due; null where it is overdue or no market is known. */
export function nextCloseMs({ state }: Pick<View, 'state'>, clock: Clock): number | null {
  const due = [...state.markets.values()].map(({ lastCloseMs, market }) => (lastCloseMs ?? 0) + market.timeframeMs);
  const next = due.length === 0 ? 0 : Math.min(...due);
  return next > clock.nowMs() ? next : null;
}
