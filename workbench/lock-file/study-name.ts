import { formatDuration, requireInput } from '../../engine/index.ts';
import type { LockedStudy } from './types.ts';

/** `ema-cross-btc-usdt-1h-run`: strategy, markets, timeframe and kind. */
export function defaultStudyName({ kind, spec: { strategyId, markets } }: Pick<LockedStudy, 'kind' | 'spec'>): string {
  const symbols = markets.length > 3 ? [`${markets.length}-markets`] : markets.map(({ instrument }) => instrument.symbol);
  return [strategyId, ...symbols, formatDuration(markets[0].timeframeMs), kind].join('-').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').slice(0, 100);
}

/** throws  InputError `lock-name` */
export function requireStudyName(name: string): void {
  requireInput(/^[a-z0-9][a-z0-9-]{0,99}$/.test(name), 'lock-name', '--name', 'kebab-case of at most 100 letters', name);
}
