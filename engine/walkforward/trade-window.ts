import { createTrialArena, exposureOf, type Figures, measureTrial, simulateTrial } from '../run/index.ts';
import type { Params, Strategy } from '../strategy/index.ts';
import type { WindowResult } from './stitch.ts';
import type { TradedWindow } from './stitched-figures.ts';
import type { WindowBars } from './types.ts';
import type { WindowSlice } from './window-slice.ts';

/** The test window under its chosen parameters, or flat where there was no choice. */
export function tradeWindow(strategy: Strategy, chosen: Params | null, slice: WindowSlice, { testFrom }: WindowBars): TradedWindow & { readonly figures: Figures } {
  const arena = createTrialArena(slice.bars);
  const choice = chosen ?? idlePoint(strategy);
  const config = chosen === null ? { ...slice.config, firstDecisionBar: arena.clock.openTimeMs.length } : slice.config;
  const totals = simulateTrial(strategy, choice, config, arena);
  const figures: Figures = measureTrial(totals, slice.config, arena);
  const from = slice.config.firstDecisionBar;
  const { equity, trades } = arena.buffers;
  const exposure = exposureOf(arena).subarray(from);
  const inWholeSeries = trades.toTrades(arena.clock.openTimeMs).map((trade) => ({
    ...trade,
    entryBar: trade.entryBar + slice.from,
    exitBar: trade.exitBar + slice.from,
  }));
  const result: WindowResult = { testFrom, equity: equity.slice(from), exposure, trades: inWholeSeries };
  return { result, figures, totals };
}

/** The defaults, which a flat window is traded with. */
export function idlePoint(strategy: Strategy): Params {
  return Object.fromEntries(Object.entries(strategy.params).map(([name, spec]) => [name, spec.default]));
}
