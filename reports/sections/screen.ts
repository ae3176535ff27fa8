import { type Screen, SCREEN_COLUMNS, type ScreenAxis, type ScreenTrial } from '../../engine/index.ts';
import { figure, type Numbering } from '../figures/figure.ts';
import type { ObjectiveView } from '../figures/parameters.ts';
import { screenMapFigure } from '../figures/screen-map.ts';
import { formatCount, formatParam, formatPercent } from '../format.ts';
import { type Html, html } from '../html.ts';
import { metricLabel, metricText } from '../metric-text.ts';
import { Footnotes, table } from '../table.ts';

const TOP = 20;
const AXIS_ROWS = 20;

/** Best trials of all markets, the first on ties. */
export function bestOfScreen({ markets, spec: { objective } }: Screen): ScreenTrial[] {
  const valueOf = ({ figures }: ScreenTrial): number => figures[objective] ?? -Infinity;
  return markets.flatMap(({ top }) => top).sort((a, b) => valueOf(b) - valueOf(a) || a.trial - b.trial).slice(0, TOP);
}

export function screenTopTable(screen: Screen, numbering: Numbering): Html {
  const { objective, axes, markets } = screen.spec;
  const footnotes = new Footnotes();
  const columns = [objective, ...SCREEN_COLUMNS.filter((name) => name !== objective)];
  const isMany = screen.markets.length > 1;
  const names = Object.keys(axes);
  return table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> The best of ${formatCount(screen.trials)} trials, in sample.`,
    columns: [
      { label: 'Trial', align: 'text' }, ...(isMany ? [{ label: 'Market', align: 'text' as const }] : []), ...names.map((label) => ({ label, align: 'number' as const })),
      ...columns.map((name) => ({ label: metricLabel(name), align: 'number' as const })),
    ],
    rows: bestOfScreen(screen).map(({ trial, market, params, figures }) => ({
      cells: [
        String(trial), ...(isMany ? [markets[market].instrument.symbol] : []), ...names.map((name) => formatParam(params[name])),
        ...columns.map((name) => (figures[name] === null ? footnotes.dash('not defined for this trial') : metricText(name, figures[name]))),
      ],
    })),
    footnotes, sortable: true,
  });
}

/** A map for every pair of the first number parameters, of the first market. */
export async function screenMaps({ markets: [market, ...others] }: Screen, objective: ObjectiveView, numbering: Numbering): Promise<Html> {
  if (market.maps.length === 0) return html`<p>Fewer than two number parameters were varied: there is no map to draw.</p>`;
  const chosen = market.top[0]?.params ?? null;
  const drawn: Html[] = [];
  for (const [i, map] of market.maps.entries()) drawn.push(await figure(screenMapFigure(map, objective, chosen, `map-${i}`), numbering));
  return html`${others.length > 0 ? html`<p>Figures and the tables of each parameter are of the first market.</p>` : null}${drawn}`;
}

export function screenAxes({ markets: [market] }: Screen, objective: ObjectiveView, numbering: Numbering): Html {
  if (market.axes.length === 0) return html`<p>One parameter point was tried.</p>`;
  return html`${market.axes.map((axis) => axisTable(axis, objective, numbering))}`;
}

function axisTable(axis: ScreenAxis, objective: ObjectiveView, numbering: Numbering): Html {
  const footnotes = new Footnotes();
  const every = Math.ceil(axis.from.length / AXIS_ROWS);
  const shown = axis.from.flatMap((_, bin) => (bin % every === 0 ? [bin] : []));
  const text = (value: number | null): Html | string => (value === null ? footnotes.dash('no trial has a value') : objective.text(value));
  return table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> ${objective.heading} along ${axis.name}${every > 1 ? `, every ${formatCount(every)}th of ${formatCount(axis.from.length)} bins` : ''}.`,
    columns: [
      { label: axis.name, align: 'text' }, { label: 'Trials', align: 'number' }, { label: 'Mean', align: 'number' }, { label: 'Least', align: 'number' }, { label: 'Best', align: 'number' },
      { label: 'Above zero', align: 'number' },
    ],
    rows: shown.map((bin) => ({
      cells: [
        axis.from[bin] === axis.to[bin] ? formatParam(axis.from[bin]) : `${formatParam(axis.from[bin])}–${formatParam(axis.to[bin])}`, formatCount(axis.trials[bin]), text(axis.mean[bin]),
        text(axis.least[bin]), text(axis.best[bin]), axis.defined[bin] === 0 ? footnotes.dash('no trial has a value') : formatPercent(axis.positive[bin] / axis.defined[bin], 1),
      ],
    })),
    footnotes,
  });
}
