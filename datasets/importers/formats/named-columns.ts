import { findColumn, hasCandleRoles, rolesByName } from '../columns/roles.ts';
import { splitPair } from '../hint-from-names.ts';
import type { Format } from './format.ts';

/** Any table whose column names say time, open, high, low and close. */
export const namedColumns: Format = {
  id: 'named-columns/1',
  detect({ columns, sample }) {
    const roles = rolesByName(columns ?? []);
    if (columns === null || !hasCandleRoles(roles)) return null;
    const { time, open, high, low, close, volume } = roles;
    const symbol = findColumn(columns, 'symbol', 'ticker', 'pair') ?? undefined;
    const used = [time, open, high, low, close, ...(volume === undefined ? [] : [volume])].map((index) => columns[index] || '(unnamed)');
    return {
      score: 0.5,
      layout: {
        time, prices: [open, high, low, close], volume: volume ?? null, symbol,
        hint: symbol === undefined ? undefined : { symbol: splitPair(sample[0][symbol]) },
        notes: [`columns read by name: ${used.join(', ')}`],
      },
    };
  },
};
