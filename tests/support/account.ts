import { type AccountCurve, DAY_MS, type Trade } from '../../engine/index.ts';

/** A daily account that starts at 1000 and grows by the stated returns; its first value is the day before the first return. */
export function accountOf(returns: ArrayLike<number>, startMs = Date.UTC(2020, 11, 31)): AccountCurve {
  const equity = new Float64Array(returns.length + 1);
  equity[0] = 1000;
  for (let t = 0; t < returns.length; t++) equity[t + 1] = equity[t] * (1 + returns[t]);
  return { openTimeMs: equity.map((_, t) => startMs + t * DAY_MS), equity, timeframeMs: DAY_MS, calendar: '24/7' };
}

/** A trade between two bars of an account; what is not stated is plain. */
export function tradeOf(curve: AccountCurve, entryBar: number, exitBar: number, rest: Partial<Trade> = {}): Trade {
  return {
    market: 0, side: 'long', entryBar, exitBar, entryTimeMs: curve.openTimeMs[entryBar], exitTimeMs: curve.openTimeMs[exitBar], entryPrice: 100, exitPrice: 100,
    qtyBase: 1, pnlQuote: curve.equity[exitBar] - curve.equity[entryBar - 1], returnFrac: 0, feesQuote: 0, spreadQuote: 0, slippageQuote: 0, fundingQuote: 0,
    maeFrac: 0, mfeFrac: 0, exitReason: 'signal', ...rest,
  };
}
