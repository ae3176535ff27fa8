import { hasCandleRoles, rolesByName } from '../columns/roles.ts';
import type { Format } from './format.ts';

/** A pandas frame saved with its index: an unnamed first column of times beside Open,High,Low,Close (backtesting.py's sample files). */
export const pandasIndex: Format = {
  id: 'pandas-index/1',
  detect({ columns }) {
    if (columns === null || columns[0] !== '') return null;
    const roles = rolesByName(columns);
    if (!hasCandleRoles(roles) || roles.time !== 0) return null; // a row count beside a column of times is no time
    const { open, high, low, close, volume } = roles;
    return { score: 0.8, layout: { time: 0, prices: [open, high, low, close], volume: volume ?? null, notes: ['the unnamed first column is read as the time'] } };
  },
};
