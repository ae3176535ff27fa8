import { barsPerYear } from '../core/index.ts';
import type { Bars } from '../market/index.ts';
import { createMetricsScratch, summarise } from '../metrics/index.ts';
import type { Clock } from '../orders/index.ts';
import type { Figures } from '../run/index.ts';
import { type CostWaterfall, type SimulationTotals, TradeLog } from '../simulate/index.ts';
import { stitch, type Stitched, type WindowResult } from './stitch.ts';

/** A test window as it was traded. */
export interface TradedWindow {
  readonly result: WindowResult;
  readonly totals: SimulationTotals;
}

/** Test windows as one account. */
export interface StitchedAccount extends Figures {
  readonly stitched: Stitched;
  readonly openTimeMs: Float64Array;
  readonly waterfall: CostWaterfall;
  readonly tradedNotionalQuote: number;
}

/** Stitches the test windows and measures the curve; `bars` are those of the first market, rows are moments of the clock. */
export function measureStitched(bars: Bars, clock: Clock, windows: readonly TradedWindow[], initialCash: number): StitchedAccount {
  const stitched = stitch(windows.map(({ result }) => result), initialCash);
  const { equity, exposure, rows, trades } = stitched;
  const openTimeMs = Float64Array.from(rows, (row) => clock.openTimeMs[row]);
  const sums = new Totals(initialCash);
  for (const { result, totals } of windows) sums.add(result, totals);
  const waterfall = sums.waterfall(equity[equity.length - 1]);
  let heldBars = 0;
  for (const x of exposure) if (x !== 0) heldBars++;
  const figures = summarise(
    {
      equity,
      openTimeMs,
      timeframeMs: bars.timeframeMs,
      barsPerYear: barsPerYear(bars.timeframeMs, bars.instrument.calendar),
      heldBars,
      trades: TradeLog.from(trades),
      tradedNotionalQuote: sums.traded,
      waterfall,
      ambiguousBars: sums.ambiguousBars,
      liquidations: sums.liquidations,
      ruinedAtBar: equity.findIndex((value) => value <= 0),
    },
    createMetricsScratch(),
  );
  return { stitched, openTimeMs, waterfall, tradedNotionalQuote: sums.traded, ...figures };
}

/** Money totals of all windows, each scaled with the equity at which its window began. */
class Totals {
  traded = 0;
  ambiguousBars = 0;
  liquidations = 0;
  private scale = 1;
  private readonly parts: Record<string, number> = {};
  private readonly initialCash: number;

  constructor(initialCash: number) {
    this.initialCash = initialCash;
  }

  add(result: WindowResult, totals: SimulationTotals): void {
    this.traded += totals.tradedNotionalQuote * this.scale;
    this.ambiguousBars += totals.ambiguousBars;
    this.liquidations += totals.liquidations;
    for (const [part, amount] of Object.entries(totals.waterfall)) this.parts[part] = (this.parts[part] ?? 0) + amount * this.scale;
    this.scale *= result.equity[result.equity.length - 1] / result.equity[0];
  }

  waterfall(finalEquity: number): CostWaterfall {
    return { ...(this.parts as unknown as CostWaterfall), netQuote: finalEquity - this.initialCash };
  }
}
