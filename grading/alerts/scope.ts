import { formatDuration } from '../../engine/index.ts';
import { type Market, marketKey } from '../types/index.ts';

/** Names by which a rule can mean a market: with or without its venue, with or without its timeframe. */
export function marketNames(market: Market): readonly string[] {
  const { venue, symbol, timeframeMs } = market;
  const frame = formatDuration(timeframeMs);
  return [...symbolNames(market), `${symbol}@${frame}`, `${venue}:${symbol}@${frame}`, marketKey(market)];
}

export function symbolNames({ venue, symbol }: Pick<Market, 'venue' | 'symbol'>): readonly string[] {
  return [symbol, `${venue}:${symbol}`];
}

/** `tsmom@7` and `tsmom`. */
export function modelNames(key: string): readonly string[] {
  return [key, key.slice(0, key.lastIndexOf('@'))];
}

/** Whether one of the patterns means one of the names; `*` in a pattern stands for any text. */
export function isInScope(patterns: readonly string[], names: readonly string[]): boolean {
  return patterns.some((pattern) => {
    if (pattern === '*') return true;
    if (!pattern.includes('*')) return names.includes(pattern);
    const expression = new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`);
    return names.some((name) => expression.test(name));
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\/]/g, '\\$&');
}
