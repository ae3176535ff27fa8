/** Traded value over the mean of yesterday's and today's gross book; the book before the first day is 0. null on a day without a book. */
export function turnoverOfBook(traded: readonly number[], grossBook: readonly number[]): (number | null)[] {
  return traded.map((value, day) => {
    const base = ((grossBook[day - 1] ?? 0) + grossBook[day]) / 2;
    return base > 0 ? value / base : null;
  });
}

/** Traded value over portfolio value, each day. null without value. */
export function turnoverOfPortfolio(traded: readonly number[], portfolio: readonly number[]): (number | null)[] {
  return traded.map((value, day) => (portfolio[day] > 0 ? value / portfolio[day] : null));
}

/** Returns less slippage on what was traded. */
export function slippageAdjusted(returns: readonly number[], traded: readonly number[], portfolio: readonly number[], slippageBps: number): number[] {
  const turnover = turnoverOfPortfolio(traded, portfolio);
  return returns.map((r, day) => r - ((turnover[day] ?? 0) * slippageBps) / 10_000);
}
