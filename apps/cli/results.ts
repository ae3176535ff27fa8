import { causalityWords, type CausalityProof, type CostWaterfall, HEADLINE_NAMES, type HeadlineBand, type Metrics, type Run, type Trade, type WalkForward } from '../../engine/index.ts';
import { day, faint, heading, number, percent, print, table, warning } from './output.ts';

const PERCENT = new Set(['totalReturn', 'cagr', 'volatilityAnn', 'maxDrawdown', 'winRate', 'exposure']);
const WHOLE = new Set(['trades', 'maxDrawdownBars', 'ambiguousBars', 'liquidations']);

const HEADLINES = [
  ['totalReturn', 'total return'], ['cagr', 'growth a year (CAGR)'], ['volatilityAnn', 'volatility a year'], ['sharpeAnn', 'Sharpe ratio'],
  ['sortinoAnn', 'Sortino ratio'], ['calmar', 'Calmar ratio'], ['maxDrawdown', 'deepest drawdown'], ['trades', 'trades'], ['winRate', 'winners'],
  ['profitFactor', 'profit factor'], ['exposure', 'time in the market'], ['turnover', 'turnover a year'], ['finalEquity', 'final equity'],
  ['feesQuote', 'fees'], ['breakEvenCostBps', 'break-even cost, bps'],
] as const;

const BAND_LABELS = { totalReturn: 'total return', sharpeAnn: 'Sharpe ratio', maxDrawdown: 'drawdown' } as const;

/** A run as scripts read it. */
export function runJson(run: Run): object {
  const { id, spec, metrics, reasons, trades, openTrade, totals, benchmark, band, engine, causality, warnings } = run;
  return {
    run: { id, ...spec },
    metrics,
    reasons,
    trades,
    openTrade,
    waterfall: totals.waterfall,
    orders: totals.orders,
    benchmark: { name: benchmark.name, metrics: benchmark.metrics },
    band,
    engine,
    causality,
    warnings,
  };
}

/** A walk-forward as scripts read it. */
export function walkForwardJson(walk: WalkForward): object {
  const { id, spec, metrics, reasons, windows, trades, efficiency, efficiencyReason, trialsEvaluated, waterfall, benchmark, band, causality, warnings } = walk;
  return {
    walkForward: { id, ...spec },
    metrics,
    reasons,
    efficiency,
    efficiencyReason,
    trialsEvaluated,
    waterfall,
    windows,
    trades,
    benchmark: { name: benchmark.name, metrics: benchmark.metrics },
    band,
    causality,
    warnings,
  };
}

export function printRun(run: Run): void {
  const { spec, metrics, benchmark, warnings } = run;
  print(heading(`${spec.strategyId} ${paramText(spec.params)}`) + faint(`  run ${run.id}`));
  for (const { instrument, bars, firstTimeMs, lastTimeMs } of spec.markets) {
    print(faint(`${instrument.symbol} ${instrument.venue}, ${number(bars, 0)} bars, ${day(firstTimeMs)} to ${day(lastTimeMs)}, in sample only`));
  }
  for (const text of warnings) print(warning(text));
  print();
  print(metricsTable([['strategy', metrics], [benchmark.name, benchmark.metrics]]));
  print();
  print(waterfallLine(run.totals.waterfall));
  printBand(run.band);
  printCausality(run.causality);
}

export function printWalkForward(walk: WalkForward): void {
  const { spec, metrics, benchmark, warnings, windows } = walk;
  print(heading(`${spec.strategyId} walked forward`) + faint(`  ${walk.id}`));
  print(faint(`${windows.length} windows, out of sample ${day(windows[0].testFromMs)} to ${day(windows[windows.length - 1].testToMs)}, ${number(walk.trialsEvaluated, 0)} in-sample trials`));
  for (const text of warnings) print(warning(text));
  print();
  print(table(
    ['window', 'test', 'in sample', 'out of sample', 'return', 'trades', 'chosen'],
    windows.map((w) => [
      String(w.index + 1), `${day(w.testFromMs)} – ${day(w.testToMs)}`, number(w.inSample?.sharpeAnn), number(w.outOfSample.sharpeAnn),
      percent(w.outOfSample.totalReturn), number(w.outOfSample.trades, 0), w.chosen === null ? 'none' : paramText(w.chosen),
    ]),
  ));
  print(faint('in sample, out of sample: Sharpe ratios a year'));
  print();
  print(metricsTable([['out of sample', metrics], [benchmark.name, benchmark.metrics]]));
  print();
  print(waterfallLine(walk.waterfall));
  printBand(walk.band);
  printCausality(walk.causality);
  print(`walk-forward efficiency ${walk.efficiency === null ? `— (${walk.efficiencyReason})` : number(walk.efficiency)}`);
}

/** What the look-ahead proof says; leaks stand among the warnings, too. */
export function printCausality(proof: CausalityProof, of = ''): void {
  const text = `${of}${causalityWords(proof)}`;
  print(proof.leaks.length > 0 ? warning(text) : text);
}

export function metricsTable(columns: readonly (readonly [string, Metrics])[]): string {
  return table(
    ['', ...columns.map(([name]) => name)],
    HEADLINES.map(([name, label]) => [label, ...columns.map(([, metrics]) => metricText(name, metrics[name]))]),
  );
}

export function metricText(name: string, value: number | null): string {
  if (PERCENT.has(name)) return percent(value);
  return number(value, WHOLE.has(name) ? 0 : 2);
}

export function tradesTable(trades: readonly Trade[], symbols: readonly string[]): string {
  return table(
    [...(symbols.length > 1 ? ['market'] : []), 'entry', 'exit', 'side', 'entry price', 'exit price', 'net', 'net %', 'reason'],
    trades.map((t) => [
      ...(symbols.length > 1 ? [symbols[t.market]] : []), day(t.entryTimeMs), day(t.exitTimeMs), t.side, number(t.entryPrice, 4), number(t.exitPrice, 4), number(t.pnlQuote), percent(t.returnFrac), t.exitReason,
    ]),
  );
}

export function paramText(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params).map(([name, value]) => `${name}=${String(value)}`).join(' ');
}

/** Headlines under both resolutions; nothing where every bar was decided. */
export function printBand(band: HeadlineBand, of = ''): void {
  if (band.ambiguousBars === 0) return;
  const ends = HEADLINE_NAMES.map((name) => `${BAND_LABELS[name]} ${metricText(name, band.pessimistic[name])} … ${metricText(name, band.optimistic[name])}`);
  print(`${of}ambiguous bars ${number(band.ambiguousBars, 0)}, pessimistic … optimistic: ${ends.join(faint(' · '))}`);
}

function waterfallLine(w: CostWaterfall): string {
  const parts: [string, number][] = [
    ['gross', w.grossQuote], ['fees', w.feesQuote], ['spread', w.spreadQuote], ['slippage', w.slippageQuote], ['funding', w.fundingQuote],
    ['borrow', w.borrowQuote], ['liquidation', w.liquidationFeesQuote], ['net', w.netQuote],
  ];
  return parts.filter(([name, value]) => value !== 0 || name === 'gross' || name === 'net').map(([name, value]) => `${name} ${number(value)}`).join(faint(' · '));
}
