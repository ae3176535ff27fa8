import { type HtmlValue } from '../html.ts';
import type { Bin } from '../series.ts';
import { formatCount } from '../format.ts';
import { type Encoding, labelledAxis, type ValueFormat, tickLabel, valueAxis } from './axes.ts';
import type { FigureInput } from './figure.ts';
import { linearTicks } from '../ticks.ts';
import { chart, type Layout, type LiteSpec } from './vega.ts';

export interface MarkedValue {
  readonly value: number;
  readonly label: string;
  readonly glyph: string;
}

export interface HistogramInput {
  readonly id: string;
  readonly name: string;
  readonly finding: HtmlValue;
  readonly description: string;
  readonly bins: readonly Bin[];
  readonly format: ValueFormat;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly marks: readonly MarkedValue[];
  readonly note?: HtmlValue;
  /** Bars left of zero are losses. */
  readonly signed: boolean;
  /** How a bin's edges read in the table. */
  readonly edge: (value: number) => string;
}

/** How often each range of values occurred; zero is an edge, overflow bins say so. */
export function histogramFigure(input: HistogramInput): FigureInput {
  const { bins, edge } = input;
  return {
    id: input.id,
    name: input.name,
    finding: input.finding,
    description: input.description,
    panels: (layout) => [histogramPanel(layout, input)],
    data: {
      columns: [{ label: 'From', align: 'number' }, { label: 'To', align: 'number' }, { label: 'Count', align: 'number' }],
      count: bins.length,
      row: (i) => [
        bins[i].overflow === 'below' ? 'below' : edge(bins[i].from), bins[i].overflow === 'above' ? 'above' : edge(bins[i].to), formatCount(bins[i].count),
      ],
    },
    note: input.note,
    live: true,
  };
}

function histogramPanel(layout: Layout, input: HistogramInput): LiteSpec {
  const { bins, marks } = input;
  const height = layout.name === 'wide' ? 190 : 170;
  const space = { left: layout.name === 'wide' ? 56 : 44, right: 24, top: 24 + (marks.length > 0 ? 18 : 0), bottom: 44 };
  const inner = layout.width - space.left - space.right;
  const lo = bins[0].from;
  const hi = bins[bins.length - 1].to;
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const ticks = linearTicks(lo, hi, layout.name === 'wide' ? 8 : 4).map((tick) => [tick, tickLabel(tick, input.format)] as const);
  const x = { field: 'from', type: 'quantitative', scale: { domain: [lo, hi], nice: false, zero: false }, axis: labelledAxis(ticks, { title: input.xTitle, grid: false }) };
  const values = bins.map((bin) => ({
    ...bin, fill: bin.overflow === null ? (input.signed && bin.to <= 0 ? 'var(--orange)' : 'var(--blue)') : 'var(--edge)',
    tip: `${bin.overflow === 'below' ? `below ${input.edge(bin.to)}` : bin.overflow === 'above' ? `above ${input.edge(bin.from)}` : `${input.edge(bin.from)} to ${input.edge(bin.to)}`}\n${formatCount(bin.count)}`,
  }));
  const overflow = values.filter(({ overflow }) => overflow !== null).map((bin) => ({ ...bin, mid: (bin.from + bin.to) / 2, word: bin.overflow === 'below' ? '≤' : '≥' }));
  const placed = placeMarks(marks, lo, hi, inner, layout.fontSize);
  const layers: Encoding[] = [
    {
      mark: { type: 'bar', stroke: 'var(--page)', strokeWidth: 0.5 },
      data: { values },
      encoding: {
        x, x2: { field: 'to' },
        y: { field: 'count', type: 'quantitative', ...valueAxis({ kind: 'linear', lo: 0, hi: most * 1.04 }, 'count', 4) },
        y2: { datum: 0 },
        color: { field: 'fill', type: 'nominal', scale: null },
        tooltip: { field: 'tip' },
      },
    },
    ...(lo < 0 && hi > 0 ? [{ mark: { type: 'rule', color: 'var(--ink-2)' }, data: { values: [{ from: 0 }] }, encoding: { x } }] : []),
    ...(overflow.length > 0 ? [{ mark: { type: 'text', baseline: 'bottom', dy: -2, color: 'var(--ink-2)' }, data: { values: overflow }, encoding: { x: { ...x, field: 'mid' }, y: { field: 'count', type: 'quantitative' }, text: { field: 'word' } } }] : []),
    ...(placed.length > 0 ? [
      { mark: { type: 'rule', color: 'var(--ink)', strokeDash: [2, 2] }, data: { values: placed }, encoding: { x, y: { value: -4 }, y2: { value: height } } },
      { mark: { type: 'text', baseline: 'bottom', y: -6 }, data: { values: placed }, encoding: { x: { field: 'px', type: 'quantitative', scale: null }, y: { value: -6 }, text: { field: 'label' } } },
    ] : []),
  ];
  return chart(layout, { height, margins: space, title: input.yTitle, titleGap: marks.length > 0 ? 26 : 8, parts: { layer: layers } });
}

/** Labels above their values, moved so that they neither leave the panel nor meet. */
function placeMarks(marks: readonly MarkedValue[], lo: number, hi: number, inner: number, fontSize: number): Encoding[] {
  const wanted = marks.map(({ value, label, glyph }) => {
    const text = `${glyph} ${label}`;
    const half = (text.length * fontSize * 0.6) / 2;
    const at = ((Math.min(hi, Math.max(lo, value)) - lo) / (hi - lo || 1)) * inner;
    return { from: Math.min(hi, Math.max(lo, value)), label: text, half, px: Math.min(inner - half + 16, Math.max(half, at)) };
  }).sort((a, b) => a.px - b.px);
  for (let i = 1; i < wanted.length; i++) {
    const least = wanted[i - 1].px + wanted[i - 1].half + wanted[i].half + 10;
    if (wanted[i].px < least) {
      wanted[i - 1].px -= (least - wanted[i].px) / 2;
      wanted[i].px = wanted[i - 1].px + wanted[i - 1].half + wanted[i].half + 10;
    }
  }
  let limit = inner + 20;
  for (const mark of wanted.toReversed()) {
    mark.px = Math.min(mark.px, limit - mark.half);
    limit = mark.px - mark.half - 10;
  }
  return wanted;
}
