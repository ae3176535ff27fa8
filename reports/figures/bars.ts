import { type HtmlValue } from '../html.ts';
import type { Bin } from '../series.ts';
import { formatCount } from '../format.ts';
import { type Encoding, labelledAxis, type ValueFormat, tickLabel, valueAxis } from './axes.ts';
import type { FigureInput } from './figure.ts';
import { linearTicks } from '../ticks.ts';
import { type MarkedValue, markLayers, placeMarks } from './marks.ts';
import { chart, type Layout, type LiteSpec } from './vega.ts';

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
  /** What chance does, not the strategy: grey. */
  readonly chance?: boolean;
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
  const [lo, hi] = extent(input);
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const ticks = linearTicks(lo, hi, layout.name === 'wide' ? 8 : 4).map((tick) => [tick, tickLabel(tick, input.format)] as const);
  const x = { field: 'from', type: 'quantitative', scale: { domain: [lo, hi], nice: false, zero: false }, axis: labelledAxis(ticks, { title: input.xTitle, grid: false }) };
  const values = bins.map((bin) => ({
    ...bin, fill: bin.overflow === null ? (input.signed && bin.to <= 0 ? 'var(--orange)' : input.chance === true ? 'var(--edge)' : 'var(--blue)') : 'var(--edge)',
    tip: `${bin.overflow === 'below' ? `below ${input.edge(bin.to)}` : bin.overflow === 'above' ? `above ${input.edge(bin.from)}` : `${input.edge(bin.from)} to ${input.edge(bin.to)}`}\n${formatCount(bin.count)}`,
  }));
  const overflow = values.filter(({ overflow }) => overflow !== null).map((bin) => ({ ...bin, mid: (bin.from + bin.to) / 2, word: bin.overflow === 'below' ? '≤' : '≥' }));
  const placed = placeMarks(marks, { kind: 'linear', lo, hi }, inner, layout.fontSize);
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
    ...markLayers(placed, x, height),
  ];
  return chart(layout, { height, margins: space, title: input.yTitle, titleGap: marks.length > 0 ? 26 : 8, parts: { layer: layers } });
}

/** All bins, and a marked value beyond them where they hold no overflow on its side. */
function extent({ bins, marks }: HistogramInput): readonly [number, number] {
  const [first, last] = [bins[0], bins[bins.length - 1]];
  const width = first.to - first.from;
  const beyond = marks.map(({ value }) => value);
  const below = first.overflow === null ? beyond.filter((value) => value < first.from).map((value) => value - width) : [];
  const above = last.overflow === null ? beyond.filter((value) => value > last.to).map((value) => value + width) : [];
  return [Math.min(first.from, ...below), Math.max(last.to, ...above)];
}
