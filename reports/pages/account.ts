import type { Figures, MetricName, Run, WalkForward } from '../../engine/index.ts';
import { equityFigure } from '../figures/equity.ts';
import { priceFigure } from '../figures/price.ts';
import { figure, type Numbering } from '../figures/figure.ts';
import { counted, formatDate, formatMultiple } from '../format.ts';
import type { Html, HtmlValue } from '../html.ts';
import { metricData, metricWords } from '../metric-text.ts';
import { symbolsOf } from '../sections/methods.ts';

/** What a run and a stitched walk-forward share: one account over bars, beside holding. */
export type Account = Pick<Run, 'openTimeMs' | 'price' | 'equity' | 'exposure' | 'trades' | 'benchmark'> & { readonly spec: Run['spec'] | WalkForward['spec'] };

export async function openingFigure(
  account: Account, shown: Figures, benchmark: Figures, numbering: Numbering,
  more: { readonly sample: 'in-sample' | 'out-of-sample'; readonly boundariesMs: readonly number[]; readonly openTrade: Run['openTrade'] },
): Promise<Html> {
  const { openTimeMs, equity, exposure, spec } = account;
  const last = equity.length - 1;
  const ended = equity[last] > 0 ? `ended at ${formatMultiple(equity[last] / equity[0])} its start` : 'lost the whole account';
  const finding = `The strategy ${ended}, holding at ${formatMultiple(account.benchmark.equity[last] / account.benchmark.equity[0])}; its deepest fall was ${metricWords('maxDrawdown', shown)}, that of holding ${metricWords('maxDrawdown', benchmark)}.`;
  return figure(equityFigure({
    openTimeMs, timeframeMs: spec.markets[0].timeframeMs, equity, benchmark: account.benchmark.equity, exposure, finding, ...more,
  }), numbering);
}

export async function priceSection(account: Account, openTrade: Run['openTrade'], numbering: Numbering): Promise<Html> {
  const { openTimeMs, price, trades, spec } = account;
  const { close } = price;
  const finding = trades.length === 0
    ? `${symbolsOf(spec.markets)} went from one end to the other at ${formatMultiple(close[close.length - 1] / close[0])}; no trade was closed.`
    : `${counted(trades.length, 'closed trade')} between ${formatDate(trades[0].entryTimeMs)} and ${formatDate(trades[trades.length - 1].exitTimeMs)}, while the price went to ${formatMultiple(close[close.length - 1] / close[0])}.`;
  return figure(priceFigure({ openTimeMs, price, trades, openTrade, symbol: spec.markets[0].instrument.symbol, finding }), numbering);
}

/** A figure of the verdict: tied to the manifest, or words where it has no value. */
export function verdictFigure(name: MetricName, figures: Figures, of: string): HtmlValue {
  const value = figures.metrics[name];
  return value === null ? 'no value' : metricData(name, value, of);
}

export function headline(figures: Figures, benchmark: Figures): { readonly name: MetricName; readonly label: string } {
  if (figures.metrics.sharpeAnn !== null && benchmark.metrics.sharpeAnn !== null) return { name: 'sharpeAnn', label: 'Sharpe' };
  return { name: 'totalReturn', label: 'total return' };
}
