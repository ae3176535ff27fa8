import type { Figures, MetricName, Metrics } from '../engine/index.ts';
import type { ValueFormat } from './figures/axes.ts';
import { formatCount, formatNumber, formatPercent, formatSigned, formatSignedPercent, withUnit } from './format.ts';
import { type Html, html } from './html.ts';
import type { Footnotes } from './table.ts';

type MetricKind = 'gain' | 'percent' | 'ratio' | 'count' | 'days' | 'money' | 'bps';

interface MetricView {
  readonly label: string;
  readonly kind: MetricKind;
  /** Scaled to a year: not shown for less than ninety days. */
  readonly annual?: boolean;
  /** What it was computed from. */
  readonly sample: 'bars' | 'trades';
}

const VIEWS: Readonly<Record<MetricName, MetricView>> = {
  totalReturn: { label: 'Net total return', kind: 'gain', sample: 'bars' },
  cagr: { label: 'Growth a year (CAGR)', kind: 'gain', annual: true, sample: 'bars' },
  volatilityAnn: { label: 'Annual volatility', kind: 'percent', annual: true, sample: 'bars' },
  sharpeAnn: { label: 'Annual Sharpe', kind: 'ratio', annual: true, sample: 'bars' },
  sortinoAnn: { label: 'Annual Sortino', kind: 'ratio', annual: true, sample: 'bars' },
  calmar: { label: 'Calmar ratio', kind: 'ratio', annual: true, sample: 'bars' },
  omega: { label: 'Omega ratio', kind: 'ratio', sample: 'bars' },
  maxDrawdown: { label: 'Deepest fall', kind: 'percent', sample: 'bars' },
  maxDrawdownBars: { label: 'Longest fall in bars', kind: 'count', sample: 'bars' },
  maxDrawdownDays: { label: 'Longest fall', kind: 'days', sample: 'bars' },
  ulcerIndex: { label: 'Ulcer index', kind: 'percent', sample: 'bars' },
  skewness: { label: 'Skewness of bar returns', kind: 'ratio', sample: 'bars' },
  kurtosisExcess: { label: 'Excess kurtosis', kind: 'ratio', sample: 'bars' },
  valueAtRisk95: { label: 'Value at risk 95 %, a bar', kind: 'percent', sample: 'bars' },
  conditionalValueAtRisk95: { label: 'Mean loss beyond it', kind: 'percent', sample: 'bars' },
  tailRatio: { label: 'Tail ratio', kind: 'ratio', sample: 'bars' },
  trades: { label: 'Closed trades', kind: 'count', sample: 'trades' },
  winRate: { label: 'Trades that gained', kind: 'percent', sample: 'trades' },
  profitFactor: { label: 'Profit factor', kind: 'ratio', sample: 'trades' },
  expectancyQuote: { label: 'Mean net a trade', kind: 'money', sample: 'trades' },
  expectancyFrac: { label: 'Mean net return a trade', kind: 'gain', sample: 'trades' },
  sqn: { label: 'SQN', kind: 'ratio', sample: 'trades' },
  kellyFrac: { label: 'Kelly fraction', kind: 'percent', sample: 'trades' },
  avgTradeBars: { label: 'Mean bars a trade', kind: 'ratio', sample: 'trades' },
  exposure: { label: 'Time in the market', kind: 'percent', sample: 'bars' },
  turnover: { label: 'Yearly turnover, × equity', kind: 'ratio', annual: true, sample: 'bars' },
  finalEquity: { label: 'Final equity', kind: 'money', sample: 'bars' },
  feesQuote: { label: 'Fees', kind: 'money', sample: 'bars' },
  spreadQuote: { label: 'Spread', kind: 'money', sample: 'bars' },
  slippageQuote: { label: 'Slippage', kind: 'money', sample: 'bars' },
  fundingQuote: { label: 'Funding and borrow', kind: 'money', sample: 'bars' },
  breakEvenCostBps: { label: 'Break-even cost of a fill', kind: 'bps', sample: 'bars' },
  ambiguousBars: { label: 'Ambiguous bars', kind: 'count', sample: 'bars' },
  liquidations: { label: 'Liquidations', kind: 'count', sample: 'bars' },
};

export const ANNUAL_NEEDS_DAYS = 90;

export function metricLabel(name: MetricName): string {
  return VIEWS[name].label;
}

/** The label inside a sentence: `annual Sharpe`. */
export function metricPhrase(name: MetricName): string {
  const label = metricLabel(name);
  return /^[A-Z]{2}|^(Sharpe|Sortino|Calmar|Kelly|Omega)/.test(label) ? label : label[0].toLowerCase() + label.slice(1);
}

/** The label in a table, with the currency where the figure is money. */
export function metricHeading(name: MetricName, quote: string): string {
  return VIEWS[name].kind === 'money' ? `${metricLabel(name)}, ${quote}` : metricLabel(name);
}

export function metricSample(name: MetricName): 'bars' | 'trades' {
  return VIEWS[name].sample;
}

/** The figures that may be shown: nothing annual for less than ninety days, nothing that is not a finite number. */
export function shownFigures(figures: Figures, days: number): Figures {
  const metrics: Record<string, number | null> = {};
  const reasons: Record<string, string> = {};
  for (const name of Object.keys(VIEWS) as MetricName[]) {
    const value = figures.metrics[name] ?? null;
    const short = VIEWS[name].annual === true && days < ANNUAL_NEEDS_DAYS;
    const shown = value !== null && Number.isFinite(value) && !short;
    metrics[name] = shown ? value : null;
    if (!shown) reasons[name] = short ? `needs ${ANNUAL_NEEDS_DAYS} days, has ${Math.floor(days)}` : figures.reasons[name] ?? 'not defined for these data';
  }
  return { metrics: metrics as Metrics, reasons };
}

/** A figure as printed; exactly what the manifest's number rounds to. */
export function metricText(name: MetricName, value: number): string {
  return name === 'finalEquity' ? formatNumber(value, 2) : TEXTS[VIEWS[name].kind](value);
}

const TEXTS: Readonly<Record<MetricKind, (value: number) => string>> = {
  gain: (value) => formatSignedPercent(value),
  percent: (value) => formatPercent(value),
  ratio: (value) => formatNumber(value, 2),
  count: formatCount,
  days: (value) => withUnit(formatNumber(value, value < 10 && !Number.isInteger(value) ? 1 : 0), 'd'),
  money: (value) => formatSigned(value, 2),
  bps: (value) => withUnit(formatNumber(value, 1), 'bps'),
};

/** A figure in the page, tied to its number in the manifest; a dash with its reason where there is none. */
export function metricCell(name: MetricName, figures: Figures, of: string, footnotes: Footnotes): Html {
  const value = figures.metrics[name];
  if (value === null) return footnotes.dash(figures.reasons[name] ?? 'not defined for these data');
  return metricData(name, value, of);
}

export function metricData(name: MetricName, value: number, of: string): Html {
  return html`<data value="${value}" data-metric="${of}.${name}">${metricText(name, value)}</data>`;
}

export function metricAxisFormat(name: MetricName): ValueFormat {
  const { kind } = VIEWS[name];
  return kind === 'gain' || kind === 'percent' ? 'percent' : kind === 'count' || kind === 'money' ? 'count' : 'number';
}

/** A figure inside a sentence, or words for its absence. */
export function metricWords(name: MetricName, figures: Figures, absent = 'not defined'): string {
  const value = figures.metrics[name];
  return value === null ? `${absent} (${figures.reasons[name] ?? 'no value'})` : metricText(name, value);
}
