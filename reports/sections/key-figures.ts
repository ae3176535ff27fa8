import type { Figures, MetricName } from '../../engine/index.ts';
import { counted, formatSignedPercent } from '../format.ts';
import { type Html, html, type HtmlValue } from '../html.ts';
import { metricCell, metricHeading, metricSample } from '../metric-text.ts';
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
  readonly quote: string;
}

/** Table 1: each statistic of the strategy beside that of holding, with what it was computed from. */
export function keyFiguresTable({ caption, label, figures, benchmark, grossReturnFrac, bars, trades, quote }: KeyFigures): Html {
  const footnotes = new Footnotes();
  const columns: Column[] = [
    { label: 'Statistic', align: 'text' }, { label, align: 'number' },
    { label: 'Holding', align: 'number' },
  ];
  const rowOf = (name: MetricName): Row => ({
    cells: [
      metricHeading(name, quote), metricCell(name, figures, 'metrics', footnotes),
      NOT_OF_HOLDING.has(name) ? footnotes.dash('does not apply to holding') : metricCell(name, benchmark, 'benchmark', footnotes),
    ],
  });
  const gross: Row[] = grossReturnFrac === null ? [] : [{
    cells: [
      'Gross total return', formatSignedPercent(grossReturnFrac), footnotes.dash('not split for holding'),
    ],
  }];
  const rows = GROUPS.flatMap(([group, names]): Row[] => [
    { cells: [`${group} (n = ${metricSample(names[0]) === 'trades' ? counted(trades, 'trade') : counted(bars, 'bar')})`], role: 'group' }, ...names.flatMap((name) => (name === 'totalReturn' ? [rowOf(name), ...gross] : [rowOf(name)])),
  ]);
  return table({ id: 'key-figures', caption: html`<b>Table 1.</b> ${caption}`, columns, rows, footnotes });
}
