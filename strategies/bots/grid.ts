import { type BarContext, bool, choice, defineStrategy, float, int } from '../../engine/index.ts';

interface GridState {
  /** Prices of the lines, lowest first; empty before the first close. */
  lines: readonly number[];
  /** Quote currency that each step buys. */
  notionalQuote: number;
  /** Steps that have an order of theirs in the market: the buy, or the exits of what it bought. */
  isBusy: boolean[];
}

/** Buys one step of the range at every line below the price, and sells each step at the next line up. */
export const grid = defineStrategy({
  id: 'grid',
  summary: 'Rests a buy at every line below the price, each with its own take-profit one line up, and rests it again once that has filled.',
  thesis: 'a price that swings around a level pays one step, less two fees, for every line that it crosses down and up again',
  fails: 'when the price leaves the range: below it every step is held at a loss, above it nothing is; and when a step is not wider than two fees',
  source: 'the spot grid bots of exchanges; a completed round earns quantity × (step − fee rate × (buy + sell))',
  params: {
    gridCount: int({ min: 2, max: 200, default: 20, scale: 'log' }),
    widthFrac: float({ min: 0.01, max: 0.9, default: 0.1, step: 0.05 }),
    spacing: choice({ options: ['geometric', 'arithmetic'], default: 'geometric' }),
    capitalFrac: float({ min: 0.05, max: 1, default: 0.95, step: 0.05 }),
    stopLossFrac: float({ min: 0, max: 0.5, default: 0, step: 0.05 }),
    recentre: bool({ default: true }),
  },
  admissible: ({ widthFrac, stopLossFrac }) => (1 - widthFrac) * (1 - stopLossFrac) > 0,
  warmupBars: () => 1,
  initialState: (): GridState => ({ lines: [], notionalQuote: 0, isBusy: [] }),
  onBar: (context, params, state) => {
    const close = context.close();
    if (isDrawnAnew(context, params.recentre, state)) {
      context.cancelAll();
      state.lines = linesAround(close, params);
      state.notionalQuote = (params.capitalFrac * context.equity) / params.gridCount;
      state.isBusy = state.lines.map(() => false);
    } else if (context.events.length > 0) {
      const tags = new Set(context.openOrders.map(({ tag }) => tag));
      state.isBusy = state.lines.map((_, i) => tags.has(tagOf(i)));
    }
    const stopPrice = params.stopLossFrac > 0 ? state.lines[0] * (1 - params.stopLossFrac) : undefined;
    for (let i = 0; i < params.gridCount; i++) {
      if (state.isBusy[i] || state.lines[i] >= close) continue;
      const bracket = { targetPrice: state.lines[i + 1], stopPrice };
      context.place({ type: 'limit', side: 'buy', limitPrice: state.lines[i], notionalQuote: state.notionalQuote, bracket, tag: tagOf(i) });
      state.isBusy[i] = true;
    }
  },
});

/** At the first close; later only where nothing is held and the price has left the range. */
function isDrawnAnew(context: BarContext, recentre: boolean, { lines }: GridState): boolean {
  if (lines.length === 0) return true;
  const close = context.close();
  return recentre && context.position.qtyBase === 0 && (close < lines[0] || close > lines[lines.length - 1]);
}

function linesAround(price: number, { gridCount, widthFrac, spacing }: { readonly gridCount: number; readonly widthFrac: number; readonly spacing: 'geometric' | 'arithmetic' }): number[] {
  const lower = price * (1 - widthFrac);
  const upper = price * (1 + widthFrac);
  return Array.from({ length: gridCount + 1 }, (_, i) =>
    spacing === 'geometric' ? lower * (upper / lower) ** (i / gridCount) : lower + ((upper - lower) * i) / gridCount,
  );
}

function tagOf(step: number): string {
  return `step ${step}`;
}
