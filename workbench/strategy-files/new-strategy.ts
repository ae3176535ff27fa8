import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { InputError, requireInput } from '../../engine/index.ts';
import { writeAtomic } from '../artefacts/index.ts';

/** What a new file starts from: target exposures, known for all bars at once, or orders, placed bar by bar. */
export const STRATEGY_TEMPLATES = ['exposure', 'orders'] as const;
export type StrategyTemplate = (typeof STRATEGY_TEMPLATES)[number];

/**
 * Writes a commented, working strategy to start from, and returns its path.
 *
 * throws  InputError `file-exists`, `strategy-invalid`
 */
export function newStrategyFile(path: string, id = idOf(path), template: StrategyTemplate = 'exposure'): string {
  requireInput(/^[a-z][a-z0-9-]*$/.test(id), 'strategy-invalid', 'strategy id', 'kebab-case', id);
  const file = /\.[cm]?[jt]s$/.test(path) ? path : `${path}.ts`;
  if (existsSync(file)) throw new InputError('file-exists', `${file} must not exist yet; choose another name`);
  writeAtomic(file, TEMPLATES[template](id));
  return file.includes('/') ? file : `./${file}`;
}

function idOf(path: string): string {
  return basename(path)
    .replace(/\.[cm]?[jt]s$/, '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();
}

function exposureTemplate(id: string): string {
  return `import { above, and, defineStrategy, float, int } from 'assay';

// Run it:   assay backtest ./${id}.ts
// Sweep it: assay sweep ./${id}.ts -p fastBars=5:40:5 -p slowBars=40:200:20
export default defineStrategy({
  id: '${id}',
  summary: 'Long while the fast average is above the slow one and the market is not overbought.',
  thesis: 'why it should earn: write it down before you look at the result',
  fails: 'when it will not',

  // Each parameter has a range, which sweeps search, and a default, which backtests use.
  params: {
    fastBars: int({ min: 2, max: 100, default: 12 }),
    slowBars: int({ min: 10, max: 400, default: 48 }),
    rsiBelow: float({ min: 50, max: 100, default: 80, step: 10 }),
  },
  // Points that make no sense together are no trials.
  admissible: ({ fastBars, slowBars }) => fastBars < slowBars,
  // Bars of history the rule remembers: an exponential average five windows, a Wilder average ten. No decision is made before.
  warmupBars: ({ slowBars }) => Math.max(5 * slowBars, 10 * 14),
  // Fractions of the entry price: stopLossFrac, takeProfitFrac, trailFrac.
  protection: () => ({ stopLossFrac: 0.2 }),

  // One value a bar, decided at its close and filled at the next open: 1 all in, 0 flat, -1 short. Value t may read bars up to t only.
  targetExposure: ({ close }, { fastBars, slowBars, rsiBelow }, ta) => {
    const trend = above(ta.ema(close, fastBars), ta.ema(close, slowBars));
    const calm = ta.rsi(close, 14).map((rsi) => rsiBelow - rsi);
    return and(trend, above(calm, 0));
  },
});
`;
}

function ordersTemplate(id: string): string {
  return `import { defineStrategy, float, int } from 'assay';

// Run it:   assay backtest ./${id}.ts
// Sweep it: assay sweep ./${id}.ts -p dipFrac=0.01:0.05:0.01 -p holdBars=12,24,48
export default defineStrategy({
  id: '${id}',
  summary: 'Rests a buy below the market, with a stop and a take-profit, and gives up a position that is held too long.',
  thesis: 'why it should earn: write it down before you look at the result',
  fails: 'when it will not',

  // Each parameter has a range, which sweeps search, and a default, which backtests use.
  params: {
    dipFrac: float({ min: 0.005, max: 0.2, default: 0.02, step: 0.01 }),
    exitFrac: float({ min: 0.005, max: 0.2, default: 0.02, step: 0.01 }),
    holdBars: int({ min: 1, max: 200, default: 24 }),
  },
  // Bars of history the rule remembers. onBar is not called before.
  warmupBars: () => 50,
  // Series prepared once a run, read with context.feature(name). Value t may read bars up to t only.
  features: ({ close }, _params, ta) => ({ average: ta.sma(close, 50) }),
  // What the strategy remembers from bar to bar, made anew for every run.
  initialState: () => ({ heldSince: 0 }),

  // Called at every close. Orders are live from the next open; see docs/execution.md.
  onBar: (context, { dipFrac, exitFrac, holdBars }, state) => {
    // Fills and endings since the last close.
    for (const event of context.events) {
      if (event.type === 'fill' && event.fill.tag === 'entry' && event.fill.kind === 'limit') state.heldSince = context.bar;
    }
    if (context.position.qtyBase > 0) {
      if (context.bar - state.heldSince < holdBars) return;
      context.cancelAll();
      context.place({ type: 'market', side: 'sell', qtyBase: context.position.qtyBase, reduceOnly: true, tag: 'too long' });
      return;
    }
    context.cancelAll();
    if (context.close() < context.feature('average')) return;
    context.place({
      type: 'limit', side: 'buy', limitPrice: context.close() * (1 - dipFrac), equityFrac: 0.5, tag: 'entry',
      bracket: { takeProfitFrac: exitFrac, stopLossFrac: 2 * exitFrac },
    });
  },
});
`;
}

const TEMPLATES: Readonly<Record<StrategyTemplate, (id: string) => string>> = { exposure: exposureTemplate, orders: ordersTemplate };
