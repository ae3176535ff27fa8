import type { Figures, MetricName, Metrics } from '../../engine/index.ts';
import { counted, formatCount, formatSignedPercent } from '../format.ts';
import { type Html, html, type HtmlValue } from '../html.ts';
import { metricCell, metricData, metricLabel, metricSample } from '../metric-text.ts';
import { type Column, Footnotes, type Row, table } from '../table.ts';

const GROUPS: readonly (readonly [string, readonly MetricName[]])[] = [
  ['Return', ['totalReturn', 'cagr', 'finalEquity']],
  ['Risk', ['volatilityAnn', 'sharpeAnn', 'sortinoAnn', 'calmar', 'omega', 'maxDrawdown', 'maxDrawdownDays', 'ulcerIndex', 'valueAtRisk95', 'conditionalValueAtRisk95', 'tailRatio', 'skewness', 'kurtosisExcess']],
  ['Trades', ['trades', 'winRate', 'profitFactor', 'expectancyQuote', 'expectancyFrac', 'sqn', 'kellyFrac', 'avgTradeBars']],
  ['Use', ['exposure', 'turnover', 'ambiguousBars', 'liquidations']],
];
/** Buy-and-hold is one trade: statistics over trades say nothing of it. */
const NOT_OF_HOLDING = new Set<MetricName>(['trades', 'winRate', 'profitFactor', 'expectancyQuote', 'expectancyFrac', 'sqn', 'kellyFrac', 'avgTradeBars', 'ambiguousBars', 'liquidations']);

export interface KeyFigures {
  readonly caption: HtmlValue;
  readonly label: string;
  readonly figures: Figures;
  readonly benchmark: Figures;
  /** Return before any cost; null where it is not known. */
  readonly grossReturnFrac: number | null;
  readonly bars: number;
  readonly trades: number;
  /** Both resolutions of ambiguous bars, where there were any. */
  readonly band: { readonly pessimistic: Metrics; readonly optimistic: Metrics } | null;
}

/** Table 1: each statistic of the strategy beside that of holding, with what it was computed from. */
export function keyFiguresTable({ caption, label, figures, benchmark, grossReturnFrac, bars, trades, band }: KeyFigures): Html {
  const footnotes = new Footnotes();
  const columns: Column[] = [
    { label: 'Statistic', align: 'text' }, { label, align: 'number' },
    ...(band === null ? [] : [{ label: 'Pessimistic', align: 'number' as const }, { label: 'Optimistic', align: 'number' as const }]),
    { label: 'Holding', align: 'number' }, { label: 'n', align: 'number' },
  ];
  const bandCells = (name: MetricName): HtmlValue[] => {
    if (band === null) return [];
    const side = (metrics: Metrics, of: string): Html => (figures.metrics[name] === null || metrics[name] === null ? footnotes.dash(figures.reasons[name] ?? 'not defined for these data') : metricData(name, metrics[name], of));
    return [side(band.pessimistic, 'pessimistic'), side(band.optimistic, 'optimistic')];
  };
  const rowOf = (name: MetricName): Row => ({
    cells: [
      metricLabel(name), metricCell(name, figures, 'metrics', footnotes), ...bandCells(name),
      NOT_OF_HOLDING.has(name) ? footnotes.dash('does not apply to holding') : metricCell(name, benchmark, 'benchmark', footnotes),
      counted(metricSample(name) === 'trades' ? trades : bars, metricSample(name) === 'trades' ? 'trade' : 'bar'),
    ],
  });
  const gross: Row[] = grossReturnFrac === null ? [] : [{
    cells: [
      'Total return, gross of costs', formatSignedPercent(grossReturnFrac), ...(band === null ? [] : [footnotes.dash('not split by resolution'), footnotes.dash('not split by resolution')]),
      footnotes.dash('not split for holding'), `${formatCount(bars)}\u00a0bars`,
    ],
  }];
  const rows = GROUPS.flatMap(([group, names]): Row[] => [
    { cells: [group], role: 'group' }, ...names.flatMap((name) => (name === 'totalReturn' ? [rowOf(name), ...gross] : [rowOf(name)])),
  ]);
  return table({ id: 'key-figures', caption: html`<b>Table 1.</b> ${caption}`, columns, rows, footnotes });
}
