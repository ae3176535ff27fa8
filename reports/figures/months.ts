import { formatPercent, formatSigned, formatSignedPercent, MINUS, NO_VALUE } from '../format.ts';
import { html, type HtmlValue } from '../html.ts';
import { type MonthReturn, quantile } from '../series.ts';
import type { FigureInput } from './figure.ts';
import { chart, type Layout, type LiteSpec } from './vega.ts';

const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Symmetric cap of the colour scale: the 98th percentile of absolute monthly returns, at least one basis point. */
export function colourCap(months: readonly MonthReturn[]): number {
  const sizes = months.flatMap(({ returnFrac }) => (returnFrac === null ? [] : [Math.abs(returnFrac)]));
  return Number(Math.max(1e-4, quantile(sizes, 0.98) ?? 0).toPrecision(2));
}

/** Returns by year and month in seven steps of a diverging scale; a month without bars is hatched and bears no number. */
export function monthsFigure(months: readonly MonthReturn[], finding: HtmlValue): FigureInput {
  const cap = colourCap(months);
  return {
    id: 'months',
    name: 'monthly returns',
    finding,
    description: 'A grid of years by months; each cell holds the net return of the month in percent, blue for gains and orange for losses, hatched where there are no bars.',
    panels: (layout) => [monthsPanel(layout, months, cap)],
    data: {
      columns: [{ label: 'Month (UTC)', align: 'text' }, { label: 'Return %', align: 'number' }],
      count: months.length,
      row: (i) => [`${months[i].year}-${String(months[i].month + 1).padStart(2, '0')}`, months[i].returnFrac === null ? 'no bars' : formatSigned(months[i].returnFrac * 100, 2)],
    },
    note: html`Percent, net. Colours run from ${MINUS}${formatPercent(cap)} to +${formatPercent(cap)}, the same both ways (98th percentile of sizes); greater moves keep the last colour. Hatched: no bars. First and last months may be partial.`,
    live: true,
  };
}

function monthsPanel(layout: Layout, months: readonly MonthReturn[], cap: number): LiteSpec {
  const wide = layout.name === 'wide';
  const years = [...new Set(months.map(({ year }) => year))];
  const space = wide ? { left: 56, right: 8, top: 26, bottom: 8 } : { left: 40, right: 8, top: 26, bottom: 8 };
  const rowHeight = 26;
  const values = months.map(({ year, month, returnFrac }) => {
    const step = returnFrac === null ? -1 : Math.max(0, Math.min(6, Math.floor(((returnFrac / cap + 1) / 2) * 7)));
    const label = returnFrac === null ? '' : wide ? formatSigned(returnFrac * 100, Math.abs(returnFrac) < 0.01 ? 2 : 1) : cellText(returnFrac);
    return {
      year: String(year), month: NAMES[month],
      fill: step < 0 ? 'url(#assay-hatch)' : `var(--div${step})`, ink: step < 0 ? 'var(--ink-3)' : `var(--div${step}t)`, label,
      tip: `${NAMES[month]} ${year}\n${returnFrac === null ? `${NO_VALUE} no bars` : formatSignedPercent(returnFrac, 2)}`,
    };
  });
  const x = { field: 'month', type: 'nominal', sort: NAMES, scale: { domain: NAMES, padding: 0.03 }, axis: { orient: 'top', title: null, labelAngle: 0, domain: false, ticks: false, labelExpr: wide ? 'datum.label' : 'slice(datum.label,0,1)' } };
  const y = { field: 'year', type: 'nominal', sort: years.map(String), scale: { padding: 0.06 }, axis: { title: null, grid: false } };
  return chart(layout, {
    height: years.length * rowHeight, margins: space,
    parts: {
      data: { values },
      encoding: { x, y },
      layer: [
        { mark: { type: 'rect' }, encoding: { color: { field: 'fill', type: 'nominal', scale: null }, tooltip: { field: 'tip' } } },
        { mark: { type: 'text', baseline: 'middle', fontSize: wide ? 12 : 12.4, tooltip: null }, encoding: { text: { field: 'label' }, color: { field: 'ink', type: 'nominal', scale: null } } },
      ],
      resolve: { scale: { color: 'independent' } },
    },
  });
}

/** Whole percent where a phone has no room, but never a zero that is none. */
function cellText(returnFrac: number): string {
  const percent = returnFrac * 100;
  if (returnFrac === 0) return '0';
  return Math.abs(percent) < 0.5 ? (percent > 0 ? '+' : MINUS) : formatSigned(percent, 0);
}
