import type { Trade } from '../simulate/index.ts';

/** What one test window adds: its equity from the bar before it, growth only; exposure; and trades in whole-series bars. */
export interface WindowResult {
  /** First bar of the test window in the whole series. */
  readonly testFrom: number;
  /** Equity at the close before the window, then at each of its closes. */
  readonly equity: Float64Array;
  readonly exposure: Float64Array;
  readonly trades: readonly Trade[];
}

export interface Stitched {
  /** Bars of the whole series, one a stitched value; the first is the bar before the first test window. */
  readonly rows: Int32Array;
  readonly equity: Float64Array;
  readonly exposure: Float64Array;
  readonly trades: readonly Trade[];
}

/**
 * Test windows as one curve: each grows from where the one before ended, so that money carries over and positions do not.
 *
 * Money figures of trades are scaled with the equity at which their window began.
 */
export function stitch(results: readonly WindowResult[], initialCash: number): Stitched {
  const length = 1 + results.reduce((sum, result) => sum + result.equity.length - 1, 0);
  const rows = new Int32Array(length);
  const equity = new Float64Array(length);
  const exposure = new Float64Array(length);
  const trades: Trade[] = [];
  rows[0] = results[0].testFrom - 1;
  equity[0] = initialCash;
  let at = 1;
  for (const result of results) {
    const scale = equity[at - 1] / result.equity[0];
    const offset = at - result.testFrom;
    for (let i = 1; i < result.equity.length; i++, at++) {
      rows[at] = result.testFrom + i - 1;
      equity[at] = result.equity[i] * scale;
      exposure[at] = result.exposure[i];
    }
    for (const trade of result.trades) trades.push(rescale(trade, scale, offset));
  }
  return { rows, equity, exposure, trades };
}

function rescale(trade: Trade, scale: number, offset: number): Trade {
  return {
    ...trade,
    entryBar: trade.entryBar + offset,
    exitBar: trade.exitBar + offset,
    qtyBase: trade.qtyBase * scale,
    pnlQuote: trade.pnlQuote * scale,
    feesQuote: trade.feesQuote * scale,
    spreadQuote: trade.spreadQuote * scale,
    slippageQuote: trade.slippageQuote * scale,
    fundingQuote: trade.fundingQuote * scale,
  };
}
