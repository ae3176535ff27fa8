import { type Calendar, DAY_MS } from '../../core/index.ts';
import { barAtOrAfter } from '../../market/index.ts';
import type { RegimeEvidence } from '../evidence.ts';
import type { AccountCurve } from './curve.ts';

/** A crash with a name: first and last day (UTC), the calendar of the markets that it is known for, and who tells it. */
export interface Shock {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly calendar: Calendar;
  readonly source: string;
}

/** Dates are those of the fall itself, from the day before the first large loss or the first day of it to the low. */
export const SHOCKS: readonly Shock[] = [
  { name: 'End of the 2017 rally', from: '2018-01-06', to: '2018-02-06', calendar: '24/7', source: 'https://en.wikipedia.org/wiki/2018_cryptocurrency_crash' },
  { name: 'Bitcoin Cash fork', from: '2018-11-14', to: '2018-12-15', calendar: '24/7', source: 'https://en.wikipedia.org/wiki/2018_cryptocurrency_crash' },
  { name: 'Covid, 12 March 2020', from: '2020-03-11', to: '2020-03-13', calendar: '24/7', source: 'https://en.wikipedia.org/wiki/2020_stock_market_crash' },
  { name: 'China’s ban, 19 May 2021', from: '2021-05-12', to: '2021-05-23', calendar: '24/7', source: 'https://www.reuters.com/technology/chinese-financial-payment-bodies-barred-cryptocurrency-business-2021-05-18/' },
  { name: 'Terra and Luna', from: '2022-05-05', to: '2022-05-12', calendar: '24/7', source: 'BIS Bulletin 69 (2023), Crypto shocks and retail losses' },
  { name: 'Celsius and Three Arrows', from: '2022-06-10', to: '2022-06-18', calendar: '24/7', source: 'https://en.wikipedia.org/wiki/Celsius_Network' },
  { name: 'FTX', from: '2022-11-06', to: '2022-11-10', calendar: '24/7', source: 'BIS Bulletin 69 (2023), Crypto shocks and retail losses' },
  { name: 'Carry trade, 5 August 2024', from: '2024-08-02', to: '2024-08-05', calendar: '24/7', source: 'BIS Bulletin 90 (2024), The market turbulence and carry trade unwind of August 2024' },
  { name: 'Tariffs, 10 October 2025', from: '2025-10-10', to: '2025-10-11', calendar: '24/7', source: 'https://research.blockscope.co/the-october-crash' },
  { name: 'Black Monday', from: '1987-10-14', to: '1987-10-19', calendar: 'session', source: 'Report of the Presidential Task Force on Market Mechanisms (1988)' },
  { name: 'Russian default', from: '1998-08-17', to: '1998-08-31', calendar: 'session', source: 'https://en.wikipedia.org/wiki/1998_Russian_financial_crisis' },
  { name: 'Dot-com', from: '2000-03-24', to: '2002-10-09', calendar: 'session', source: 'https://en.wikipedia.org/wiki/Dot-com_bubble' },
  { name: 'Lehman', from: '2008-09-12', to: '2008-11-20', calendar: 'session', source: 'https://en.wikipedia.org/wiki/2008_financial_crisis' },
  { name: 'Flash crash', from: '2010-05-06', to: '2010-05-07', calendar: 'session', source: 'CFTC & SEC, Findings regarding the market events of May 6, 2010' },
  { name: 'Downgrade of the United States', from: '2011-07-25', to: '2011-08-08', calendar: 'session', source: 'https://en.wikipedia.org/wiki/August_2011_stock_markets_fall' },
  { name: 'Covid, 2020', from: '2020-02-20', to: '2020-03-23', calendar: 'session', source: 'https://en.wikipedia.org/wiki/2020_stock_market_crash' },
  { name: 'Tariffs, April 2025', from: '2025-04-03', to: '2025-04-08', calendar: 'session', source: 'https://en.wikipedia.org/wiki/2025_stock_market_crash' },
];

/** What an account and the market did in each shock that lies wholly inside the curve, close before it to its last close. */
export function shocksWithin(curve: AccountCurve, hold: AccountCurve): RegimeEvidence['shocks'] {
  return SHOCKS.filter(({ calendar }) => calendar === curve.calendar).flatMap(({ name, from, to }) => {
    const fromMs = Date.parse(from);
    const toMs = Date.parse(to) + DAY_MS;
    const totalReturn = returnOver(curve, fromMs, toMs);
    return totalReturn === null ? [] : [{ name, fromMs, toMs, totalReturn, holdReturn: returnOver(hold, fromMs, toMs) }];
  });
}

/** Null unless there is a close at or before the start and one at or after the end. */
function returnOver(curve: AccountCurve, fromMs: number, toMs: number): number | null {
  const { equity } = curve;
  const before = lastClosedBy(curve, fromMs);
  const last = lastClosedBy(curve, toMs);
  const goesOn = lastClosedBy(curve, Infinity) > last || closeTime(curve, last) === toMs;
  return before >= 0 && last > before && goesOn && equity[before] > 0 ? equity[last] / equity[before] - 1 : null;
}

/** Last bar that has closed at a time; −1 where none has. */
function lastClosedBy(curve: AccountCurve, timeMs: number): number {
  return barAtOrAfter(curve, timeMs - curve.timeframeMs + 1) - 1;
}

function closeTime({ openTimeMs, timeframeMs }: AccountCurve, bar: number): number {
  return openTimeMs[bar] + timeframeMs;
}
