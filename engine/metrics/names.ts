/** Every figure of a run, in the order of tables and Parquet columns. Fractions, never percent; undefined = null. */
export const METRIC_NAMES = [
  'totalReturn', 'cagr', 'volatilityAnn', 'sharpeAnn', 'sortinoAnn', 'calmar', 'omega', 'maxDrawdown', 'maxDrawdownBars', 'maxDrawdownDays',
  'ulcerIndex', 'skewness', 'kurtosisExcess', 'valueAtRisk95', 'conditionalValueAtRisk95', 'tailRatio', 'trades', 'winRate', 'profitFactor',
  'expectancyQuote', 'expectancyFrac', 'sqn', 'kellyFrac', 'avgTradeBars', 'exposure', 'turnover', 'finalEquity', 'feesQuote', 'spreadQuote',
  'slippageQuote', 'fundingQuote', 'breakEvenCostBps', 'ambiguousBars', 'liquidations',
] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

export type Metrics = { readonly [M in MetricName]: number | null };

/** The figures that are also stated for both resolutions of ambiguous bars. */
export const HEADLINE_NAMES = ['totalReturn', 'sharpeAnn', 'maxDrawdown'] as const;
export type Headlines = Pick<Metrics, (typeof HEADLINE_NAMES)[number]>;

/** Why a figure is null, by name. */
export type MetricReasons = { readonly [M in MetricName]?: string };
