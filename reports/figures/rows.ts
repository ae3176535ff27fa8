import type { HtmlValue } from '../html.ts';
import type { Column } from '../table.ts';
import { type Encoding, labelledAxis, type ValueFormat, valueAxis } from './axes.ts';
import type { FigureInput } from './figure.ts';
import { type MarkedValue, markLayers, placeMarks } from './marks.ts';
import { chart, type Layout, type LiteSpec, textWidth } from './vega.ts';

const ROW_HEIGHT = 22;

export interface RowMark {
  readonly label: string;
  /** A shorter label for narrow drawings. */
  readonly short?: string;
  readonly value: number | null;
  /** As printed at the right. */
  readonly text: string;
  /** The strategy itself, filled; others are hollow dots or lighter bars. */
  readonly own: boolean;
}

export interface RowsInput {
  readonly id: string;
  readonly name: string;
  readonly finding: HtmlValue;
  readonly description: string;
  readonly rows: readonly RowMark[];
  readonly shape: 'bar' | 'dot';
  readonly format: ValueFormat;
  readonly xTitle: string;
  readonly marks: readonly MarkedValue[];
  readonly note?: HtmlValue;
  readonly columns: readonly Column[];
  readonly row: (index: number) => readonly HtmlValue[];
}

/** One value a row: named things compared on one axis that includes zero. */
export function rowsFigure(input: RowsInput): FigureInput {
  return {
    id: input.id, name: input.name, finding: input.finding, description: input.description,
    panels: (layout) => [rowsPanel(layout, input)],
    data: { columns: input.columns, count: input.rows.length, row: input.row },
    note: input.note,
    live: true,
  };
}

function rowsPanel(layout: Layout, input: RowsInput): LiteSpec {
  const { rows, marks, shape } = input;
  const wide = layout.name === 'wide';
  const labels = rows.map(({ label, short }) => (wide ? label : short ?? label));
  const left = Math.min(wide ? 260 : 150, 14 + 1.1 * Math.max(...labels.map((label) => textWidth(label, layout.fontSize))));
  const right = 12 + 1.1 * Math.max(...rows.map(({ text }) => textWidth(text, layout.fontSize)));
  const inner = layout.width - left - right;
  const height = rows.length * ROW_HEIGHT;
  const all = [...rows.map(({ value }) => value), ...marks.map(({ value }) => value)].filter((value) => value !== null);
  const [lo, hi] = [Math.min(0, ...all), Math.max(0, ...all)];
  const air = (hi - lo || 1) * 0.05;
  const scale = { kind: 'linear' as const, lo: lo < 0 || shape === 'dot' ? lo - air : 0, hi: hi > 0 || shape === 'dot' ? hi + air : 0 };
  const values = rows.map(({ value, text, own, label }, i) => ({ i, v: value, text, own, fill: value !== null && value < 0 ? 'var(--orange)' : own ? 'var(--blue)' : 'var(--band-edge)', tip: `${label}\n${text}` }));
  const known = values.filter(({ v }) => v !== null);
  const x = { field: 'v', type: 'quantitative', ...valueAxis(scale, input.format, wide ? 7 : 4, { title: input.xTitle, grid: true }) };
  const y = {
    field: 'i', type: 'ordinal', scale: { domain: rows.map((_, i) => i), paddingInner: 0.3, paddingOuter: 0.15 },
    axis: labelledAxis(labels.map((label, i) => [i, label] as const), { grid: false, labelColor: 'var(--ink)', labelOverlap: false, labelLimit: left - 8 }),
  };
  const layers: Encoding[] = [
    { mark: { type: 'rule', color: 'var(--ink-2)' }, data: { values: [{ v: 0 }] }, encoding: { x } },
    ...(shape === 'bar' ? [{ mark: { type: 'bar' }, data: { values: known }, encoding: { x, x2: { datum: 0 }, y, color: { field: 'fill', type: 'nominal', scale: null }, tooltip: { field: 'tip' } } }] : dots(known, x, y)),
    ...markLayers(placeMarks(marks, scale, inner, layout.fontSize), x, height),
    { mark: { type: 'text', align: 'left', baseline: 'middle', dx: 6 }, data: { values }, encoding: { x: { value: inner }, y, text: { field: 'text' } } },
  ];
  return chart(layout, { height, margins: { left, right, top: marks.length > 0 ? 26 : 8, bottom: 44 }, parts: { layer: layers } });
}

function dots(values: readonly { readonly own: boolean }[], x: Encoding, y: Encoding): Encoding[] {
  const encoding = { x, y, tooltip: { field: 'tip' } };
  return [
    { mark: { type: 'point', filled: false, fill: 'var(--page)', stroke: 'var(--blue)', strokeWidth: 1.5, size: 60, opacity: 1 }, data: { values: values.filter(({ own }) => !own) }, encoding },
    { mark: { type: 'point', filled: true, color: 'var(--blue)', size: 60, opacity: 1 }, data: { values: values.filter(({ own }) => own) }, encoding },
  ];
}
