import type { Trade } from '../../engine/index.ts';
import { evenIndices } from '../decimate.ts';
import { counted, formatCount, formatMinute, formatSigned, formatSignedPercent } from '../format.ts';
import { html, type HtmlValue } from '../html.ts';
import { quantile } from '../series.ts';
import { type Encoding, valueAxis, type ValueScale } from './axes.ts';
import type { FigureInput } from './figure.ts';
import { chart, type Layout, type LiteSpec } from './vega.ts';

const MOST_POINTS = 400;

/** How far each trade went against and in favour of its entry before it ended as it did. */
export function excursionsFigure(trades: readonly Trade[], finding: HtmlValue): FigureInput {
  const shown = evenIndices(trades.length, MOST_POINTS).map((i) => trades[i]);
  return {
    id: 'excursions',
    name: 'excursions against outcome',
    finding,
    description: 'Two scatter plots of trades: the net return against the worst and against the best price excursion while held; gains are filled dots, losses are crosses.',
    panels: (layout) => panels(layout, shown),
    data: {
      columns: [{ label: 'Entry (UTC)', align: 'text' }, { label: 'Worst %', align: 'number' }, { label: 'Best %', align: 'number' }, { label: 'Net %', align: 'number' }],
      count: shown.length,
      row: (i) => [formatMinute(shown[i].entryTimeMs), ...[shown[i].maeFrac, shown[i].mfeFrac, shown[i].returnFrac].map((frac) => formatSigned(frac * 100, 2))],
    },
    note: html`● gain, ✕ loss. ${shown.length < trades.length ? `${formatCount(shown.length)} of ${counted(trades.length, 'trade')}, evenly spaced in time. ` : ''}Values beyond the 1st and 99th percentile are drawn at the edge.`,
    live: shown.length <= MOST_POINTS,
  };
}

function panels(layout: Layout, trades: readonly Trade[]): LiteSpec[] {
  const y = scaleOf(trades.map(({ returnFrac }) => returnFrac), trades.length);
  return [
    scatter(layout, trades, y, 'maeFrac', 'worst excursion while held (MAE, linear)'),
    scatter(layout, trades, y, 'mfeFrac', 'best excursion while held (MFE, linear)'),
  ];
}

function scatter(layout: Layout, trades: readonly Trade[], yScale: ValueScale, field: 'maeFrac' | 'mfeFrac', xTitle: string): LiteSpec {
  const wide = layout.name === 'wide';
  const xScale = scaleOf(trades.map((trade) => trade[field]), trades.length);
  const values = trades.map((trade) => ({
    x: clamp(xScale, trade[field]), y: clamp(yScale, trade.returnFrac), gain: trade.pnlQuote >= 0,
    tip: `${trade.side} ${new Date(trade.entryTimeMs).toISOString().slice(0, 10)}\nworst ${formatSignedPercent(trade.maeFrac, 2)}, best ${formatSignedPercent(trade.mfeFrac, 2)}\nnet ${formatSignedPercent(trade.returnFrac, 2)}`,
  }));
  const x = { field: 'x', type: 'quantitative', ...valueAxis(xScale, 'percent', wide ? 7 : 4, { title: xTitle, grid: true }) };
  const y = { field: 'y', type: 'quantitative', ...valueAxis(yScale, 'percent', 4) };
  const layers: Encoding[] = [
    { mark: { type: 'rule', color: 'var(--ink-2)' }, data: { values: [{ y: 0 }] }, encoding: { y } },
    { mark: { type: 'point', filled: true, color: 'var(--blue)', size: 18, opacity: 0.75 }, data: { values: values.filter(({ gain }) => gain) }, encoding: { x, y, tooltip: { field: 'tip' } } },
    { mark: { type: 'point', shape: 'M-1,-1L1,1M-1,1L1,-1', filled: false, color: 'var(--orange)', strokeWidth: 1.25, size: 26, opacity: 0.85 }, data: { values: values.filter(({ gain }) => !gain) }, encoding: { x, y, tooltip: { field: 'tip' } } },
  ];
  return chart(layout, {
    height: wide ? 150 : 140, margins: { left: wide ? 56 : 50, right: 20, top: 32, bottom: 44 }, title: 'Net return of the trade (linear)', parts: { layer: layers },
  });
}

function clamp({ lo, hi }: ValueScale, value: number): number {
  return Math.min(hi, Math.max(lo, value));
}

function scaleOf(values: readonly number[], count: number): ValueScale {
  const [low, high] = count >= 100 ? [quantile(values, 0.01) as number, quantile(values, 0.99) as number] : [Math.min(...values), Math.max(...values)];
  const lo = Math.min(0, low);
  const hi = Math.max(0, high);
  const air = (hi - lo || 0.01) * 0.05;
  return { kind: 'linear', lo: lo - air, hi: hi + air };
}
