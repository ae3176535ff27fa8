import type { MetricName, Trial } from '../../engine/index.ts';
import { formatCount, formatParam } from '../format.ts';
import { type HtmlValue } from '../html.ts';
import { median, quantile } from '../series.ts';
import { type Encoding, labelledAxis, type ValueFormat, valueAxis } from './axes.ts';
import type { FigureInput } from './figure.ts';
import { chart, type Layout, type LiteSpec } from './vega.ts';

type ParamValue = Trial['params'][string];

const MOST_STEPS = 24;

/** The objective of trials and how to write it. */
export interface ObjectiveView {
  readonly name: MetricName;
  /** In a table or at an axis. */
  readonly heading: string;
  /** In a sentence. */
  readonly label: string;
  /** What a reader must know about it; empty where nothing. */
  readonly note: string;
  readonly axisFormat: ValueFormat;
  readonly text: (value: number) => string;
  readonly valueOf: (trial: Trial) => number | null;
}

/** Steps of one parameter's axis: single values, or ranges of them where there are many. */
export interface ParamSteps {
  readonly labels: readonly string[];
  readonly stepOf: (value: ParamValue) => number;
  readonly grouped: boolean;
}

export function paramSteps(trials: readonly Trial[], name: string): ParamSteps {
  const values = [...new Set(trials.map(({ params }) => params[name]))];
  const numeric = values.every((value) => typeof value === 'number');
  if (numeric) values.sort((a, b) => a - b);
  if (values.length <= MOST_STEPS || !numeric) {
    const index = new Map(values.map((value, i) => [value, i]));
    return { labels: values.map(formatParam), stepOf: (value) => index.get(value) ?? -1, grouped: false };
  }
  const sorted = values.map(Number);
  const steps = 12;
  const edges = Array.from({ length: steps }, (_, i) => sorted[Math.floor((i * sorted.length) / steps)]);
  const last = (i: number): number => (i + 1 < steps ? sorted[Math.floor(((i + 1) * sorted.length) / steps) - 1] : sorted[sorted.length - 1]);
  return {
    labels: edges.map((edge, i) => (edge === last(i) ? formatParam(edge) : `${formatParam(round(edge))}–${formatParam(round(last(i)))}`)),
    stepOf: (value) => edges.findLastIndex((edge) => (value as number) >= edge),
    grouped: true,
  };
}

export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly trials: number;
  readonly failed: number;
  readonly value: number | null;
}

/** The median objective at each pair of values that was measured. */
export function pairCells(trials: readonly Trial[], objective: ObjectiveView, xName: string, yName: string): { cells: Cell[]; xSteps: ParamSteps; ySteps: ParamSteps } {
  const xSteps = paramSteps(trials, xName);
  const ySteps = paramSteps(trials, yName);
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const key = `${xSteps.stepOf(trial.params[xName])} ${ySteps.stepOf(trial.params[yName])}`;
    const group = groups.get(key);
    if (group) group.push(trial);
    else groups.set(key, [trial]);
  }
  const cells = [...groups].map(([key, group]) => {
    const [x, y] = key.split(' ').map(Number);
    const values = group.map(objective.valueOf).filter((value) => value !== null);
    return { x, y, trials: group.length, failed: group.filter(({ state }) => state === 'failed').length, value: median(values) };
  });
  return { cells: cells.sort((a, b) => a.y - b.y || a.x - b.x), xSteps, ySteps };
}

/** Every measured pair of two parameters, coloured by the objective; nothing between the cells is made up. */
export function pairFigure(
  trials: readonly Trial[], objective: ObjectiveView, xName: string, yName: string, chosen: Trial | null, id: string, finding: HtmlValue, note: HtmlValue,
): FigureInput {
  const { cells, xSteps, ySteps } = pairCells(trials, objective, xName, yName);
  return {
    id,
    name: `${yName} by ${xName}`,
    finding,
    description: `A grid of measured values of ${xName} across and ${yName} up; the colour scale above gives the ${objective.label}, crosses have no value, the diamond is the chosen point.`,
    panels: (layout) => [pairPanel(layout, { cells, xSteps, ySteps, objective, xName, yName, chosen })],
    data: {
      columns: [{ label: xName, align: 'text' }, { label: yName, align: 'text' }, { label: objective.label, align: 'number' }, { label: 'Trials', align: 'number' }, { label: 'Failed', align: 'number' }],
      count: cells.length,
      row: (i) => [
        xSteps.labels[cells[i].x], ySteps.labels[cells[i].y], cells[i].value === null ? (cells[i].failed === cells[i].trials ? 'failed' : 'no value') : objective.text(cells[i].value),
        formatCount(cells[i].trials), formatCount(cells[i].failed),
      ],
    },
    note,
    live: cells.length <= 800,
  };
}

export interface PairPanel {
  readonly cells: readonly Cell[];
  readonly xSteps: ParamSteps;
  readonly ySteps: ParamSteps;
  readonly objective: ObjectiveView;
  readonly xName: string;
  readonly yName: string;
  readonly chosen: Pick<Trial, 'params'> | null;
  /** What a cell shows of its trials. */
  readonly statistic?: 'median' | 'mean';
}

export function pairPanel(layout: Layout, { cells, xSteps, ySteps, objective, xName, yName, chosen, statistic = 'median' }: PairPanel): LiteSpec {
  const wide = layout.name === 'wide';
  const longest = Math.max(...ySteps.labels.map((label) => label.length));
  const left = Math.min(wide ? 160 : 110, Math.max(44, 14 + longest * layout.fontSize * 0.6));
  const tilted = Math.max(...xSteps.labels.map((label) => label.length)) > 5 && xSteps.labels.length > (wide ? 10 : 5);
  const space = { left, right: 16, top: 66, bottom: tilted ? 84 : 44 };
  const inner = layout.width - space.left - space.right;
  const cellHeight = Math.max(18, Math.min(30, 420 / ySteps.labels.length));
  const height = ySteps.labels.length * cellHeight;
  const values = cells.flatMap(({ value }) => (value === null ? [] : [value]));
  const lo = values.reduce((least, value) => Math.min(least, value), Infinity);
  const hi = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const shade = (value: number): number => (hi > lo ? Math.min(7, Math.floor(((value - lo) / (hi - lo)) * 8)) : 4);
  const rows = cells.map((cell) => {
        return {
      x: cell.x, y: cell.y, fill: cell.value === null ? 'var(--panel)' : `var(--seq${shade(cell.value)})`, glyph: cell.value === null ? '×' : '',
      tip: `${xName} ${xSteps.labels[cell.x]}, ${yName} ${ySteps.labels[cell.y]}\n${cell.value === null ? 'no value' : `${objective.label} ${objective.text(cell.value)}`}${cell.trials > 1 ? `, ${statistic} of ${formatCount(cell.trials)}` : ''}${cell.failed > 0 ? `\n${cell.failed} failed` : ''}`,
    };
  });
  const every = Math.ceil(xSteps.labels.length / (wide ? 24 : tilted ? 14 : Math.max(2, Math.floor(inner / (Math.max(...xSteps.labels.map((l) => l.length)) * 7 + 6)))));
  const x = {
    field: 'x', type: 'ordinal', scale: { domain: band(xSteps.labels), padding: 0.04 },
    axis: labelledAxis(xSteps.labels.map((label, i) => [i, i % every === 0 ? label : ''] as const), { title: xName, labelAngle: tilted ? -50 : 0, ...(tilted ? { labelAlign: 'right', labelBaseline: 'middle' } : {}), labelOverlap: false, grid: false, ticks: false, domain: false }),
  };
  const y = {
    field: 'y', type: 'ordinal', sort: 'descending', scale: { domain: band(ySteps.labels).reverse(), padding: 0.04 },
    axis: labelledAxis(ySteps.labels.map((label, i) => [i, label] as const), { title: null, labelOverlap: false, grid: false, ticks: false, domain: false, labelLimit: left - 8 }),
  };
  const mark = chosen === null ? [] : [{ x: xSteps.stepOf(chosen.params[xName]), y: ySteps.stepOf(chosen.params[yName]) }];
  const key = values.length > 0 ? keyRow(lo, hi, wide ? 26 : 16) : [];
  const keyX = { field: 'kx', type: 'quantitative', scale: null };
  const layers: Encoding[] = [
    { mark: { type: 'rect' }, data: { values: rows }, encoding: { x, y, color: { field: 'fill', type: 'nominal', scale: null }, tooltip: { field: 'tip' } } },
    { mark: { type: 'text', baseline: 'middle', color: 'var(--orange)', fontSize: 14 }, data: { values: rows.filter(({ glyph }) => glyph !== '') }, encoding: { x, y, text: { field: 'glyph' } } },
    { mark: { type: 'point', shape: 'diamond', filled: true, fill: 'var(--page)', stroke: 'var(--ink)', strokeWidth: 1.5, opacity: 1, size: 170 }, data: { values: mark }, encoding: { x, y } },
    { mark: { type: 'rect' }, data: { values: key }, encoding: { x: keyX, x2: { field: 'kx2' }, y: { value: -36 }, y2: { value: -26 }, color: { field: 'fill', type: 'nominal', scale: null } } },
    { mark: { type: 'text', baseline: 'bottom', align: 'left', color: 'var(--ink-2)' }, data: { values: key.length === 0 ? [] : [{ kx: 0, text: objective.text(lo) }] }, encoding: { x: keyX, y: { value: -40 }, text: { field: 'text' } } },
    { mark: { type: 'text', baseline: 'bottom', align: 'right', color: 'var(--ink-2)' }, data: { values: key.length === 0 ? [] : [{ kx: key.length * (wide ? 26 : 16), text: objective.text(hi) }] }, encoding: { x: keyX, y: { value: -40 }, text: { field: 'text' } } },
    { mark: { type: 'text', baseline: 'middle', align: 'left', color: 'var(--ink-2)' }, data: { values: key.length === 0 ? [] : [{ kx: key.length * (wide ? 26 : 16) + 10, text: wide ? `${objective.heading}   ◆ chosen   × no value` : objective.heading }] }, encoding: { x: keyX, y: { value: -31 }, text: { field: 'text' } } },
  ];
  return chart(layout, {
    height, margins: space,
    parts: { layer: [...layers, { mark: { type: 'text', align: 'left', baseline: 'bottom', color: 'var(--ink-2)' }, data: { values: [{ text: `↑ ${yName}` }] }, encoding: { x: { value: 0 }, y: { value: -5 }, text: { field: 'text' } } }], resolve: { scale: { color: 'independent' } } },
  });
}

function keyRow(lo: number, hi: number, width: number): { kx: number; kx2: number; fill: string }[] {
  const steps = hi > lo ? 8 : 1;
  return Array.from({ length: steps }, (_, i) => ({ kx: i * width, kx2: (i + 1) * width, fill: `var(--seq${hi > lo ? i : 4})` }));
}

/** One parameter at a time: every trial faint, the median of each value and the middle half. */
export function sliceFigure(trials: readonly Trial[], objective: ObjectiveView, names: readonly string[], chosen: Trial | null, finding: HtmlValue): FigureInput {
  const measured = trials.filter((trial) => objective.valueOf(trial) !== null);
  const withPoints = measured.length <= 500;
  const slices = names.map((name) => sliceOf(measured, objective, name));
  const rows = slices.flatMap(({ name, steps, groups }) => groups.map((group, i) => ({ name, label: steps.labels[i], group })));
  return {
    id: 'slices',
    name: 'each parameter alone',
    finding,
    description: `For each parameter the ${objective.label} of its values: median as a dot, the middle half as a bar.`,
    panels: (layout) => slices.map((slice) => slicePanel(layout, slice, objective, withPoints, chosen)),
    data: {
      columns: [{ label: 'Parameter', align: 'text' }, { label: 'Value', align: 'text' }, { label: 'Quarter', align: 'number' }, { label: 'Median', align: 'number' }, { label: 'Three quarters', align: 'number' }, { label: 'n', align: 'number' }],
      count: rows.length,
      row: (i) => [rows[i].name, rows[i].label, ...[0.25, 0.5, 0.75].map((q) => objective.text(quantile(rows[i].group, q) ?? 0)), formatCount(rows[i].group.length)],
    },
    note: `● median, bar: middle half of the trials at that value${withPoints ? ', faint: each trial' : `; ${formatCount(measured.length)} trials are too many to draw one by one`}. Rule: the chosen value.`,
    live: true,
  };
}

interface Slice {
  readonly name: string;
  readonly steps: ParamSteps;
  readonly groups: readonly (readonly number[])[];
}

function sliceOf(trials: readonly Trial[], objective: ObjectiveView, name: string): Slice {
  const steps = paramSteps(trials, name);
  const groups: number[][] = steps.labels.map(() => []);
  for (const trial of trials) groups[steps.stepOf(trial.params[name])]?.push(objective.valueOf(trial) as number);
  return { name, steps, groups };
}

function slicePanel(layout: Layout, { name, steps, groups }: Slice, objective: ObjectiveView, withPoints: boolean, chosen: Trial | null): LiteSpec {
  const wide = layout.name === 'wide';
  const all = groups.flat();
  const { lo, hi } = linearRange(all);
  const x = {
    field: 'x', type: 'ordinal', scale: { domain: steps.labels.map((_, i) => i), padding: 0.3 },
    axis: labelledAxis(steps.labels.map((label, i) => [i, i % Math.ceil((steps.labels.length * (Math.max(...steps.labels.map((l) => l.length)) * 7 + 8)) / (layout.width - 76)) === 0 ? label : ''] as const), { title: name, labelAngle: 0, labelOverlap: false, grid: false, ticks: false }),
  };
  const y = { field: 'v', type: 'quantitative', ...valueAxis({ kind: 'linear', lo, hi }, objective.axisFormat, 4) };
  const summary = groups.flatMap((group, i) => (group.length === 0 ? [] : [{
    x: i, q1: quantile(group, 0.25), v: median(group), q3: quantile(group, 0.75),
    tip: `${name} ${steps.labels[i]}\nmedian ${objective.text(median(group) as number)}, n = ${group.length}`,
  }]));
  const points = withPoints ? groups.flatMap((group, i) => group.map((v) => ({ x: i, v: Number(v.toPrecision(5)) }))) : [];
  const layers: Encoding[] = [
    ...(lo < 0 && hi > 0 ? [{ mark: { type: 'rule', color: 'var(--ink-3)' }, data: { values: [{ v: 0 }] }, encoding: { y } }] : []),
    { mark: { type: 'rule', color: 'var(--ink)', strokeDash: [2, 2] }, data: { values: chosen === null ? [] : [{ x: steps.stepOf(chosen.params[name]) }] }, encoding: { x } },
    { mark: { type: 'point', filled: true, color: 'var(--edge)', size: 10, opacity: 0.45 }, data: { values: points }, encoding: { x, y } },
    { mark: { type: 'rule', color: 'var(--blue)', strokeWidth: 5, opacity: 0.45 }, data: { values: summary }, encoding: { x, y: { ...y, field: 'q1' }, y2: { field: 'q3' }, tooltip: { field: 'tip' } } },
    { mark: { type: 'point', filled: true, color: 'var(--blue)', size: 44, opacity: 1 }, data: { values: summary }, encoding: { x, y, tooltip: { field: 'tip' } } },
  ];
  return chart(layout, { height: wide ? 130 : 120, margins: { left: 56, right: 20, top: 24, bottom: 44 }, title: `${objective.heading} (linear)`, parts: { layer: layers } });
}

function linearRange(values: readonly number[]): { lo: number; hi: number } {
  let lo = Infinity;
  let hi = -Infinity;
  for (const value of values) {
    lo = Math.min(lo, value);
    hi = Math.max(hi, value);
  }
  const air = (hi - lo || Math.abs(hi) || 1) * 0.05;
  return { lo: lo - air, hi: hi + air };
}

function band(labels: readonly string[]): number[] {
  return labels.map((_, i) => i);
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
