import { formatTime, HOUR_MS } from '../core/index.ts';
import type { SimulationConfig } from '../simulate/index.ts';
import type { MarketRef } from './types.ts';

/** Where the payments do not reach across the bars, in words: nothing is paid there. */
export function fundingWarnings(markets: readonly MarketRef[], { funding }: SimulationConfig): string[] {
  if (funding === 'none') return markets.some(({ instrument }) => instrument.kind === 'perpetual') ? ['no funding is paid, as asked'] : [];
  return markets.flatMap((market) => coverage(market));
}

function coverage({ instrument, funding, firstTimeMs, lastTimeMs, timeframeMs }: MarketRef): string[] {
  if (funding === null) return [];
  if (funding.firstTimeMs === null || funding.lastTimeMs === null) return [`no funding payment of ${instrument.symbol} falls into these bars`];
  const slackMs = 1.5 * (funding.intervalMs ?? 8 * HOUR_MS);
  const isLate = funding.firstTimeMs - firstTimeMs > slackMs;
  const isShort = lastTimeMs + timeframeMs - funding.lastTimeMs > slackMs;
  if (!isLate && !isShort) return [];
  return [`funding of ${instrument.symbol} is known from ${formatTime(funding.firstTimeMs)} to ${formatTime(funding.lastTimeMs)} only: nothing is paid in the other bars`];
}
