import type { HtmlValue } from '../html.ts';
import type { Column } from '../table.ts';
import { type Encoding, spreadLabels, type ValueFormat, valueAxis, type ValueScale, yPixel } from './axes.ts';
import type { FigureInput } from './figure.ts';
import { type MarkedValue, markLayers, placeMarks } from './marks.ts';
import { chart, type Layout, type LiteSpec, textWidth } from './vega.ts';

export interface CurvePoint {
  readonly x: number;
  /** Null where it is not defined: the line is broken. */
  readonly y: number | null;
}

/** A horizontal rule with its name at the right. */
export interface Level {
  readonly value: number;
  readonly label: string;
}

export interface CurveInput {
  readonly id: string;
  readonly name: string;
  readonly finding: HtmlValue;
  readonly description: string;
  readonly points: readonly CurvePoint[];
  /** Values at which something was measured, as dots on the line. */
  readonly dots: readonly CurvePoint[];
  readonly xScale: ValueScale;
  readonly yScale: ValueScale;
  readonly xFormat: ValueFormat;
  readonly yFormat: ValueFormat;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly marks: readonly MarkedValue[];
  readonly levels: readonly Level[];
  readonly tip: (point: CurvePoint) => string;
  readonly note?: HtmlValue;
  readonly columns: readonly Column[];
  readonly row: (index: number) => readonly HtmlValue[];
}

/** One quantity against another, with the values that matter marked on both axes. */
export function curveFigure(input: CurveInput): FigureInput {
  return {
    id: input.id, name: input.name, finding: input.finding, description: input.description,
    panels: (layout) => [curvePanel(layout, input)],
    data: { columns: input.columns, count: input.points.length, row: input.row },
    note: input.note,
    live: true,
  };
}

function curvePanel(layout: Layout, input: CurveInput): LiteSpec {
  const { points, dots, xScale, yScale, marks, levels, tip } = input;
  const wide = layout.name === 'wide';
  const height = wide ? 190 : 170;
  const space = { left: wide ? 56 : 48, right: Math.max(24, 14 + Math.max(0, ...levels.map(({ label }) => textWidth(label, layout.fontSize)))), top: 24 + (marks.length > 0 ? 18 : 0), bottom: 44 };
  const inner = layout.width - space.left - space.right;
  const x = { field: 'x', type: 'quantitative', ...valueAxis(xScale, input.xFormat, wide ? 8 : 4, { title: input.xTitle, grid: false }) };
  const y = { field: 'y', type: 'quantitative', ...valueAxis(yScale, input.yFormat, 5) };
  const at = spreadLabels(levels.map(({ value }) => yPixel(yScale, value, height)), 15, height);
  const layers: Encoding[] = [
    ...(levels.length > 0 ? [
      { mark: { type: 'rule', color: 'var(--ink-2)', strokeDash: [5, 3] }, data: { values: levels.map(({ value }) => ({ y: value })) }, encoding: { y } },
      { mark: { type: 'text', align: 'left', baseline: 'middle', dx: 6, color: 'var(--ink-2)' }, data: { values: levels.map(({ label }, i) => ({ label, at: at[i] })) }, encoding: { x: { value: inner }, y: { field: 'at', type: 'quantitative', scale: null }, text: { field: 'label' } } },
    ] : []),
    { mark: { type: 'line', color: 'var(--blue)', strokeWidth: 1.75 }, data: { values: points }, encoding: { x, y } },
    { mark: { type: 'point', filled: true, color: 'var(--blue)', size: 46, opacity: 1 }, data: { values: dots.filter((dot) => dot.y !== null).map((dot) => ({ ...dot, tip: tip(dot) })) }, encoding: { x, y, tooltip: { field: 'tip' } } },
    ...markLayers(placeMarks(marks, xScale, inner, layout.fontSize), x, height),
  ];
  return chart(layout, { height, margins: space, title: input.yTitle, titleGap: marks.length > 0 ? 26 : 8, parts: { layer: layers } });
}
