import { defineStrategy, int, type MarketView } from '../../engine/index.ts';

/** Holds the strongest of many markets in equal parts; as many as there are listed, where fewer have a history. */
export const momentumRotation = defineStrategy({
  id: 'momentum-rotation',
  summary: 'Every few bars, holds the markets of the highest past return in equal parts and none of the others.',
  thesis: 'winners of the last weeks keep ahead of losers, as attention and money reach a coin slowly',
  fails: 'at turns, when the leaders fall first and farthest, and where the winners of small markets cannot be bought at their price',
  source: 'Jegadeesh & Titman (1993), J. Finance 48(1); Liu, Tsyvinski & Wu (2022), J. Finance 77(2)',
  legs: 'any',
  params: {
    lookbackBars: int({ min: 2, max: 1000, default: 30, scale: 'log' }),
    rebalanceBars: int({ min: 1, max: 300, default: 7, scale: 'log' }),
    holdCount: int({ min: 1, max: 50, default: 2, scale: 'log' }),
  },
  warmupBars: ({ lookbackBars }) => lookbackBars + 1,
  initialState: () => ({ nextBar: 0 }),
  onBar: ({ bar, markets }, { lookbackBars, rebalanceBars, holdCount }, state) => {
    if (bar < state.nextBar) return;
    state.nextBar = bar + rebalanceBars;
    const strongest = markets
      .filter((market) => market.isListed && market.bars > lookbackBars)
      .toSorted((a, b) => pastReturn(b, lookbackBars) - pastReturn(a, lookbackBars))
      .slice(0, holdCount);
    for (const market of markets) market.target(strongest.includes(market) ? 1 / holdCount : 0);
  },
});

function pastReturn(market: MarketView, bars: number): number {
  return market.close() / market.close(bars) - 1;
}
