import { formatSigned } from '../format.ts';
import { html, type HtmlValue } from '../html.ts';
import { type Encoding, labelledAxis, tickLabel } from './axes.ts';
import type { FigureInput } from './figure.ts';
import { linearTicks } from '../ticks.ts';
import { chart, type Layout, type LiteSpec } from './vega.ts';

export interface WaterfallStep {
  readonly name: string;
  readonly amountQuote: number;
  readonly kind: 'gross' | 'cost' | 'net';
}

/** From what the bars would have paid without costs to what was kept: each step starts where the one before ended. */
export function waterfallFigure(steps: readonly WaterfallStep[], quote: string, finding: HtmlValue): FigureInput {
  return {
    id: 'costs',
    name: 'from gross to net',
    finding,
    description: 'Horizontal bars from gross profit through each cost to net profit; every bar begins where the one above it ends.',
    panels: (layout) => [waterfallPanel(layout, steps, quote)],
    data: {
      columns: [{ label: 'Step', align: 'text' }, { label: quote, align: 'number' }],
      count: steps.length,
      row: (i) => [steps[i].name, formatSigned(steps[i].amountQuote, 2)],
    },
    note: html`Amounts in ${quote} over the whole period; gross and every step sum to net.`,
    live: true,
  };
}

function waterfallPanel(layout: Layout, steps: readonly WaterfallStep[], quote: string): LiteSpec {
  const wide = layout.name === 'wide';
  const rowHeight = 24;
  const height = steps.length * rowHeight;
  const space = { left: wide ? 128 : 104, right: wide ? 96 : 74, top: 8, bottom: 44 };
  let level = 0;
  const values = steps.map((step) => {
    const from = step.kind === 'cost' ? level : 0;
    level = step.kind === 'net' ? level : from + step.amountQuote;
    const to = step.kind === 'net' ? step.amountQuote : level;
    const fill = step.kind === 'gross' ? 'var(--band-edge)' : step.kind === 'net' && step.amountQuote >= 0 ? 'var(--blue)' : step.amountQuote > 0 ? 'var(--band-edge)' : 'var(--orange)';
    return { name: step.name, from, to, end: Math.max(from, to), fill, text: formatSigned(step.amountQuote, 0), tip: `${step.name}\n${formatSigned(step.amountQuote, 2)} ${quote}` };
  });
  const lo = Math.min(0, ...values.map(({ from, to }) => Math.min(from, to)));
  const hi = Math.max(0, ...values.map(({ end }) => end));
  const ticks = linearTicks(lo, hi === lo ? lo + 1 : hi, wide ? 6 : 3).map((tick) => [tick, tickLabel(tick, 'count')] as const);
  const y = { field: 'name', type: 'nominal', sort: steps.map(({ name }) => name), scale: { paddingInner: 0.3, paddingOuter: 0.15 }, axis: { title: null, grid: false, labelColor: 'var(--ink)' } };
  const layers: Encoding[] = [
    {
      mark: { type: 'bar' },
      encoding: {
        x: { field: 'from', type: 'quantitative', scale: { domain: [lo, hi === lo ? lo + 1 : hi], nice: false }, axis: labelledAxis(ticks, { title: `${quote} (linear)`, grid: false }) },
        x2: { field: 'to' }, y, color: { field: 'fill', type: 'nominal', scale: null }, tooltip: { field: 'tip' },
      },
    },
    { mark: { type: 'text', align: 'left', baseline: 'middle', dx: 5 }, encoding: { x: { field: 'end', type: 'quantitative' }, y, text: { field: 'text' } } },
    { mark: { type: 'rule', color: 'var(--ink-2)' }, data: { values: [{ from: 0 }] }, encoding: { x: { field: 'from', type: 'quantitative' } } },
  ];
  return chart(layout, { height, margins: space, parts: { data: { values }, layer: layers } });
}
