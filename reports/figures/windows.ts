import type { WalkForwardWindow } from '../../engine/index.ts';
import { formatCount, formatDate, formatParam } from '../format.ts';
import { type HtmlValue } from '../html.ts';
import { type Encoding, labelledAxis, timeAxis, valueAxis } from './axes.ts';
import type { FigureInput } from './figure.ts';
import { chart, type Layout, type LiteSpec } from './vega.ts';

const PURGE_MARKS = 80;

/** Which bars chose and which bars judged: train hatched, purge ×, test blue, one row a window. */
export function ribbonFigure(windows: readonly WalkForwardWindow[], finding: HtmlValue): FigureInput {
  return {
    id: 'ribbon',
    name: 'train and test windows',
    finding,
    description: 'One row a window on a time axis: the hatched bar is the train window, a cross the purged gap, the blue bar the test window.',
    panels: (layout) => [ribbonPanel(layout, windows)],
    data: {
      columns: [
        { label: 'Window', align: 'text' }, { label: 'Train from', align: 'text' }, { label: 'Train to', align: 'text' }, { label: 'Test from', align: 'text' }, { label: 'Test to', align: 'text' },
      ],
      count: windows.length,
      row: (i) => [String(windows[i].index + 1), ...[windows[i].trainFromMs, windows[i].trainToMs, windows[i].testFromMs, windows[i].testToMs].map(formatDate)],
    },
    note: `Hatched: train. ${windows.some(({ trainToMs, testFromMs }) => testFromMs > trainToMs) ? '× purged gap. ' : ''}Blue: test. Ends are exclusive; dates UTC.`,
    live: true,
  };
}

function ribbonPanel(layout: Layout, windows: readonly WalkForwardWindow[]): LiteSpec {
  const wide = layout.name === 'wide';
  const row = rowHeight(windows.length);
  const lo = Math.min(...windows.map(({ trainFromMs }) => trainFromMs));
  const hi = Math.max(...windows.map(({ testToMs }) => testToMs));
  const values = windows.map((window) => ({
    ...window, chosen: null, inSample: null, outOfSample: null, bars: null, w: window.index,
    gap: (window.trainToMs + window.testFromMs) / 2,
    tip: `Window ${window.index + 1}\ntrain ${formatDate(window.trainFromMs)} to ${formatDate(window.trainToMs)}\ntest ${formatDate(window.testFromMs)} to ${formatDate(window.testToMs)}`,
  }));
  const x = { field: 'trainFromMs', type: 'quantitative', ...timeAxis(layout, lo, hi, true) };
  const y = windowAxis(windows, row);
  const layers: Encoding[] = [
    { mark: { type: 'bar', fill: 'url(#assay-hatch-ink)', stroke: 'var(--edge)', strokeWidth: 0.75 }, encoding: { x, x2: { field: 'trainToMs' }, y, tooltip: { field: 'tip' } } },
    { mark: { type: 'bar', color: 'var(--blue)' }, encoding: { x: { ...x, field: 'testFromMs' }, x2: { field: 'testToMs' }, y, tooltip: { field: 'tip' } } },
    {
      mark: { type: 'text', baseline: 'middle', color: 'var(--orange)', fontSize: Math.max(11, Math.min(14, row)) },
      data: { values: windows.length > PURGE_MARKS ? [] : values.filter(({ trainToMs, testFromMs }) => testFromMs > trainToMs) },
      encoding: { x: { ...x, field: 'gap' }, y, text: { value: '×' } },
    },
  ];
  return chart(layout, { height: windows.length * row, margins: { left: wide ? 56 : 40, right: 20, top: 24, bottom: 26 }, title: 'Window', parts: { data: { values }, layer: layers } });
}

export interface DecayView {
  readonly windows: readonly WalkForwardWindow[];
  /** Of the axis and the table. */
  readonly heading: string;
  /** In a sentence. */
  readonly label: string;
  readonly inSample: (window: WalkForwardWindow) => number | null;
  readonly outOfSample: (window: WalkForwardWindow) => number | null;
  readonly text: (value: number) => string;
  readonly percent: boolean;
  readonly finding: HtmlValue;
  readonly note: HtmlValue;
}

/** What each window promised and what it kept: hollow in sample, filled out of sample. */
export function decayFigure(view: DecayView): FigureInput {
  const { windows, text } = view;
  const cell = (value: number | null): string => (value === null ? 'no value' : text(value));
  return {
    id: 'decay',
    name: 'in sample against out of sample',
    finding: view.finding,
    description: `One row a window: a hollow dot at the ${view.label} of the chosen point in its train window, joined to a filled dot at the same figure in the test window after it.`,
    panels: (layout) => [decayPanel(layout, view)],
    data: {
      columns: [{ label: 'Window', align: 'text' }, { label: `${view.heading}, in`, align: 'number' }, { label: `${view.heading}, out`, align: 'number' }],
      count: windows.length,
      row: (i) => [String(windows[i].index + 1), cell(view.inSample(windows[i])), cell(view.outOfSample(windows[i]))],
    },
    note: view.note,
    live: true,
  };
}

function decayPanel(layout: Layout, view: DecayView): LiteSpec {
  const wide = layout.name === 'wide';
  const { windows } = view;
  const row = rowHeight(windows.length);
  const values = windows.map((window) => ({ w: window.index, a: view.inSample(window), b: view.outOfSample(window) })).map(({ w, a, b }) => ({
    w, a, b, both: a !== null && b !== null, worse: a !== null && b !== null && b < a,
    tip: `Window ${w + 1}\nin sample ${a === null ? 'no value' : view.text(a)}\nout of sample ${b === null ? 'no value' : view.text(b)}`,
  }));
  const all = values.flatMap(({ a, b }) => [a, b]).filter((value) => value !== null);
  const lo = Math.min(0, ...all);
  const hi = Math.max(0, ...all);
  const air = (hi - lo || 1) * 0.05;
  const x = { field: 'a', type: 'quantitative', ...valueAxis({ kind: 'linear', lo: lo - air, hi: hi + air }, view.percent ? 'percent' : 'number', wide ? 8 : 4, { title: `${view.heading} (linear)`, grid: true }) };
  const y = windowAxis(windows, row);
  const size = Math.min(60, row * 4);
  const layers: Encoding[] = [
    { mark: { type: 'rule', color: 'var(--ink-2)' }, data: { values: [{ a: 0 }] }, encoding: { x } },
    { mark: { type: 'rule', color: 'var(--band-edge)', strokeWidth: 1.5 }, data: { values: values.filter(({ both }) => both) }, encoding: { x, x2: { field: 'b' }, y, tooltip: { field: 'tip' } } },
    { mark: { type: 'point', filled: false, fill: 'var(--page)', stroke: 'var(--blue)', strokeWidth: 1.5, size, opacity: 1 }, data: { values: values.filter(({ a }) => a !== null) }, encoding: { x, y, tooltip: { field: 'tip' } } },
    { mark: { type: 'point', filled: true, color: 'var(--blue)', size, opacity: 1 }, data: { values: values.filter(({ b }) => b !== null) }, encoding: { x: { ...x, field: 'b' }, y, tooltip: { field: 'tip' } } },
  ];
  return chart(layout, { height: windows.length * row, margins: { left: wide ? 56 : 40, right: 20, top: 24, bottom: 44 }, title: 'Window', parts: { layer: layers } });
}

/** The value that each window chose, one panel a parameter. */
export function choicesFigure(windows: readonly WalkForwardWindow[], names: readonly string[], finding: HtmlValue): FigureInput {
  return {
    id: 'choices',
    name: 'chosen parameters',
    finding,
    description: `A step line a parameter over the windows: ${names.join(', ')}; gaps where no point was chosen.`,
    panels: (layout) => names.map((name, i) => choicePanel(layout, windows, name, i === names.length - 1)),
    data: {
      columns: [{ label: 'Window', align: 'text' }, ...names.map((name) => ({ label: name, align: 'number' as const }))],
      count: windows.length,
      row: (i) => [String(windows[i].index + 1), ...names.map((name) => chosenText(windows[i], name))],
    },
    note: `${formatCount(windows.length)} windows; a broken line where no point had a defined objective.`,
    live: true,
  };
}

function choicePanel(layout: Layout, windows: readonly WalkForwardWindow[], name: string, last: boolean): LiteSpec {
  const wide = layout.name === 'wide';
  const raw = windows.map(({ chosen }) => (chosen === null ? null : chosen[name]));
  const words = [...new Set(raw.filter((value) => value !== null && typeof value !== 'number'))].map(String);
  const numbers = raw.map((value) => (value === null ? null : typeof value === 'number' ? value : words.indexOf(String(value))));
  const values = numbers.map((v, i) => ({ w: i, v, tip: `Window ${i + 1}\n${name} ${raw[i] === null ? 'none' : formatParam(raw[i] as number)}` }));
  const defined = numbers.filter((value) => value !== null);
  const lo = Math.min(...defined);
  const hi = Math.max(...defined);
  const air = (hi - lo || Math.abs(hi) || 1) * 0.12;
  const scale = { kind: 'linear' as const, lo: lo - air, hi: hi + air };
  const axis = words.length > 0
    ? { scale: { domain: [scale.lo, scale.hi], nice: false, zero: false }, axis: labelledAxis(words.map((word, i) => [i, word] as const)) }
    : valueAxis(scale, 'number', 3);
  const every = Math.ceil(windows.length / (wide ? 24 : 10));
  const ticks = windows.map((_, i) => [i, last && i % every === 0 ? String(i + 1) : ''] as const);
  const x = { field: 'w', type: 'quantitative', scale: { domain: [-0.5, windows.length - 0.5], nice: false }, axis: labelledAxis(ticks.filter(([, label]) => label !== '' || !last), { title: last ? 'window' : null, grid: false, labels: last, ticks: last }) };
  const y = { field: 'v', type: 'quantitative', ...axis };
  return chart(layout, {
    height: 76, margins: { left: wide ? 64 : 56, right: 20, top: 24, bottom: last ? 44 : 6 }, title: name,
    parts: {
      data: { values },
      layer: [
        { mark: { type: 'line', interpolate: 'step', color: 'var(--blue)', strokeWidth: 1.5 }, encoding: { x, y } },
        { mark: { type: 'point', filled: true, color: 'var(--blue)', size: 22, opacity: 1 }, encoding: { x, y, tooltip: { field: 'tip' } } },
      ],
    },
  });
}

function chosenText({ chosen }: WalkForwardWindow, name: string): string {
  return chosen === null ? 'none' : formatParam(chosen[name]);
}

function windowAxis(windows: readonly WalkForwardWindow[], row: number): Encoding {
  const every = Math.ceil(14 / row);
  return {
    field: 'w', type: 'ordinal', scale: { domain: windows.map(({ index }) => index), padding: 0.25 },
    axis: labelledAxis(windows.map(({ index }, i) => [index, i % every === 0 ? String(index + 1) : ''] as const), { grid: false, labelOverlap: false }),
  };
}

function rowHeight(count: number): number {
  return Math.max(4, Math.min(22, 480 / Math.max(1, count)));
}
