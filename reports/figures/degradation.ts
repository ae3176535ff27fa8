import { evenIndices } from '../decimate.ts';
import { formatCount, formatNumber } from '../format.ts';
import { html, type HtmlValue } from '../html.ts';
import { type Encoding, valueAxis, type ValueScale } from './axes.ts';
import type { FigureInput } from './figure.ts';
import { chart, type Layout, type LiteSpec } from './vega.ts';

const MOST_POINTS = 400;

export interface DegradationView {
  /** In-sample and out-of-sample annual Sharpe ratio of a split's winner. */
  readonly sample: readonly (readonly [number, number])[];
  readonly slope: number | null;
  readonly intercept: number | null;
  readonly finding: HtmlValue;
}

/** What the winner of each split promised in sample and kept out of sample, with the line of equality and the fitted one. */
export function degradationFigure({ sample, slope, intercept, finding }: DegradationView): FigureInput {
  const shown = evenIndices(sample.length, MOST_POINTS).map((i) => sample[i]);
  const line = slope === null || intercept === null ? null : { slope, intercept };
  return {
    id: 'degradation',
    name: 'winners in sample and out of sample',
    finding,
    description: 'A scatter plot of the winner of each split: annual Sharpe ratio in sample across, out of sample up; crosses lie below zero out of sample. A dashed line is equality, a solid one the least-squares fit.',
    panels: (layout) => [panel(layout, shown, line)],
    data: {
      columns: [{ label: 'Sharpe, in', align: 'number' }, { label: 'Sharpe, out', align: 'number' }],
      count: shown.length,
      row: (i) => shown[i].map((value) => formatNumber(value, 2)),
    },
    note: html`● gain, ✕ loss out of sample. Dashed: equality. ${line === null ? null : 'Solid: least squares. '}${shown.length < sample.length ? `${formatCount(shown.length)} of ${formatCount(sample.length)} splits, evenly spaced.` : `${formatCount(shown.length)} splits.`}`,
    live: true,
  };
}

function panel(layout: Layout, sample: DegradationView['sample'], line: { readonly slope: number; readonly intercept: number } | null): LiteSpec {
  const wide = layout.name === 'wide';
  const [xScale, yScale] = [0, 1].map((axis) => scaleOf(sample.map((pair) => pair[axis])));
  const values = sample.map(([a, b]) => ({ x: a, y: b, tip: `in sample ${formatNumber(a, 2)}\nout of sample ${formatNumber(b, 2)}` }));
  const x = { field: 'x', type: 'quantitative', ...valueAxis(xScale, 'number', wide ? 8 : 4, { title: 'annual Sharpe in sample (linear)', grid: true }) };
  const y = { field: 'y', type: 'quantitative', ...valueAxis(yScale, 'number', 5) };
  const dots = { x, y, tooltip: { field: 'tip' } };
  const layers: Encoding[] = [
    { mark: { type: 'rule', color: 'var(--ink-2)' }, data: { values: [{ y: 0 }] }, encoding: { y } },
    { mark: { type: 'point', filled: true, color: 'var(--blue)', size: 18, opacity: 0.6 }, data: { values: values.filter((value) => value.y > 0) }, encoding: dots },
    { mark: { type: 'point', shape: 'M-1,-1L1,1M-1,1L1,-1', filled: false, color: 'var(--orange)', strokeWidth: 1.25, size: 26, opacity: 0.8 }, data: { values: values.filter((value) => value.y <= 0) }, encoding: dots },
    { mark: { type: 'line', color: 'var(--grey)', strokeWidth: 1.25, strokeDash: [5, 3] }, data: { values: segment(xScale, yScale, 1, 0) }, encoding: { x, y } },
    ...(line === null ? [] : [{ mark: { type: 'line', color: 'var(--ink)', strokeWidth: 1.75 }, data: { values: segment(xScale, yScale, line.slope, line.intercept) }, encoding: { x, y } }]),
  ];
  return chart(layout, { height: wide ? 260 : 220, margins: { left: wide ? 56 : 48, right: 20, top: 28, bottom: 44 }, title: 'Annual Sharpe out of sample (linear)', parts: { layer: layers } });
}

/** The part of a line that lies inside the panel. */
function segment(x: ValueScale, y: ValueScale, slope: number, intercept: number): { readonly x: number; readonly y: number }[] {
  const at = (value: number): number => intercept + slope * value;
  const crossings = slope === 0 ? [] : [(y.lo - intercept) / slope, (y.hi - intercept) / slope];
  const from = Math.max(x.lo, slope === 0 ? x.lo : Math.min(...crossings));
  const to = Math.min(x.hi, slope === 0 ? x.hi : Math.max(...crossings));
  return from < to ? [{ x: from, y: at(from) }, { x: to, y: at(to) }] : [];
}

function scaleOf(values: readonly number[]): ValueScale {
  const [lo, hi] = [Math.min(0, ...values), Math.max(0, ...values)];
  const air = (hi - lo || 1) * 0.05;
  return { kind: 'linear', lo: lo - air, hi: hi + air };
}
