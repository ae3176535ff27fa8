import { barsPerYear } from '../core/index.ts';
import { atr, realisedVolatility } from '../kernels/index.ts';
import type { Bars } from '../market/index.ts';
import type { TradeLog } from '../simulate/index.ts';
import type { Ledger } from '../simulate/account.ts';
import { quantityForExposure } from '../simulate/sizing.ts';
import type { Sizing } from '../simulate/types.ts';

/** What a target of x means, by the sizing of the configuration: frozen at the decision, turned into a quantity at the fill. */
export interface TargetSizer {
  /** Exposure that a decision of x at a bar asks for. */
  readonly exposureAt: (x: number, bar: number, trades: TradeLog) => number;
  /** Figure of the decision bar that the quantity needs; NaN where none does. */
  readonly frozenAt: (bar: number) => number;
  /** Position wanted at the fill, signed; NaN: x of the equity. */
  readonly positionAt: (x: number, frozen: number, equity: number, price: number) => number;
}

const AS_EXPOSURE: TargetSizer = { exposureAt: (x) => x, frozenAt: () => Number.NaN, positionAt: () => Number.NaN };

/** source  accounting.md §3 */
export function targetSizer(sizing: Sizing, bars: Bars): TargetSizer {
  if (sizing.kind === 'fixed-quote') return { ...AS_EXPOSURE, positionAt: (x, _, _equity, price) => (x * sizing.notionalQuote) / price };
  if (sizing.kind === 'fixed-quantity') return { ...AS_EXPOSURE, positionAt: (x) => x * sizing.qtyBase };
  if (sizing.kind === 'atr-risk') return atrRisk(sizing, bars);
  if (sizing.kind === 'volatility-target') return volatilityTarget(sizing, bars);
  if (sizing.kind === 'kelly') return { ...AS_EXPOSURE, exposureAt: (x, _, trades) => x * kellyFraction(sizing, trades) };
  return AS_EXPOSURE;
}

function atrRisk({ riskFrac, atrMultiple, windowBars }: Extract<Sizing, { kind: 'atr-risk' }>, { high, low, close }: Bars): TargetSizer {
  const range = close.length > windowBars ? atr(high, low, close, windowBars) : new Float64Array(close.length).fill(Number.NaN);
  return {
    ...AS_EXPOSURE,
    frozenAt: (bar) => range[bar],
    positionAt: (x, frozen, equity) => (frozen > 0 ? (x * riskFrac * equity) / (atrMultiple * frozen) : 0),
  };
}

function volatilityTarget({ annualVolFrac, windowBars }: Extract<Sizing, { kind: 'volatility-target' }>, bars: Bars): TargetSizer {
  const perYear = barsPerYear(bars.timeframeMs, bars.instrument.calendar);
  const known = bars.length > windowBars ? realisedVolatility(bars.close, windowBars, { barsPerYear: perYear }) : new Float64Array(bars.length).fill(Number.NaN);
  return { ...AS_EXPOSURE, exposureAt: (x, bar) => (known[bar] > 0 ? (x * annualVolFrac) / known[bar] : 0) };
}

/** fraction × mean ÷ variance of the last closed trades' returns, in 0 … capFrac; 1 until enough trades are closed. source  Kelly (1956); Thorp (2006) */
export function kellyFraction({ fraction, capFrac, lastTrades, minTrades }: Extract<Sizing, { kind: 'kelly' }>, trades: TradeLog): number {
  if (trades.length < minTrades) return Math.min(1, capFrac);
  const returns = trades.column('returnFrac').subarray(Math.max(0, trades.length - lastTrades));
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
  const variance = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / Math.max(1, returns.length - 1);
  if (variance === 0) return mean > 0 ? capFrac : 0;
  return Math.min(capFrac, Math.max(0, (fraction * mean) / variance));
}

/** The order to a wanted position, cut to what exposure ±limit allows. */
export function quantityToPosition(position: number, equity: number, price: number, ledger: Ledger, limit: number): number {
  const d = position - ledger.qty;
  const most = quantityForExposure(Math.sign(d) * limit, equity, price, ledger);
  return Math.abs(d) > Math.abs(most) && d * most > 0 ? most : d;
}
