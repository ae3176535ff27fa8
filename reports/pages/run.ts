import { Numbering } from '../figures/figure.ts';
import { counted, formatBps, formatCount, formatDate, formatParam, formatTimeframe, shortHash } from '../format.ts';
import { type Html, html, type HtmlValue } from '../html.ts';
import { contextOf } from '../manifest.ts';
import { metricWords, shownFigures } from '../metric-text.ts';
import { fillWords } from '../sections/assumptions.ts';
import { bandManifest, bandNote } from '../sections/band.ts';
import { costsSection } from '../sections/costs.ts';
import { drawdownTable } from '../sections/drawdowns.ts';
import { executionSection } from '../sections/execution.ts';
import { keyFiguresTable } from '../sections/key-figures.ts';
import { isOneClock, marketNames, methodsSection, quoteOf, symbolsOf } from '../sections/methods.ts';
import { monthsSection } from '../sections/months.ts';
import { embeddedTrades, tradesSection } from '../sections/trades.ts';
import { spanDays, worstDrawdowns } from '../series.ts';
import type { RunReport } from '../types.ts';
import { headline, openingFigure, priceSection, verdictFigure } from './account.ts';
import type { Page } from './shell.ts';

/** One run: better than holding after costs, how bad, by how many trades, under which assumptions. */
export async function runPage(report: RunReport): Promise<Page> {
  const { run } = report;
  const { spec, openTimeMs, equity, trades, openTrade, totals, band, benchmark } = run;
  const days = spanDays(openTimeMs);
  const shown = shownFigures(run, days);
  const held = shownFigures(benchmark, days);
  const numbering = new Numbering();
  numbering.nextTable();
  const quote = quoteOf(spec.markets);
  const market = symbolsOf(spec.markets);
  const name = report.title ?? `${spec.strategyId} on ${market} ${formatTimeframe(spec.markets[0].timeframeMs)}`;
  const head = headline(shown, held);
  const view = { trades, openTrade, quote, symbols: marketNames(spec.markets) };
  const params = Object.entries(spec.params).map(([key, value]) => `${key} ${formatParam(value)}`).join(', ');
  const opening = [
    bandNote(band, days),
    await openingFigure(run, shown, held, numbering, { sample: 'in-sample', boundariesMs: [], openTrade }),
    keyFiguresTable({
      caption: `${spec.strategyId} beside buy-and-hold, in sample.`, label: 'Strategy', figures: shown, benchmark: held,
      grossReturnFrac: totals.waterfall.grossQuote / spec.config.account.initialCash, bars: equity.length, trades: trades.length,
      quote,
    }),
  ];
  const sections = [
    { id: 'costs', title: 'Costs', body: await costsSection(totals.waterfall, quote, totals.tradedNotionalQuote, shown, numbering) },
    { id: 'months', title: 'Months', body: await monthsSection(openTimeMs, equity, numbering) },
    { id: 'drawdowns', title: 'Drawdowns', body: drawdownTable(worstDrawdowns(equity, benchmark.equity, 5), openTimeMs, numbering.nextTable()) },
    { id: 'trades', title: 'Trades', body: await tradesSection(view, numbering) },
    ...(isOneClock(spec.markets) ? [{ id: 'price', title: 'Price', body: await priceSection(run, openTrade, numbering) }] : []),
    { id: 'execution', title: 'Execution', body: executionSection(totals, openTimeMs, numbering) },
    {
      id: 'methods', title: 'Methods and provenance',
      body: methodsSection({ id: run.id, engineVersion: spec.engineVersion, strategyId: spec.strategyId, codeHash: spec.codeHash, markets: spec.markets, config: spec.config, causality: run.causality, context: report, facts: [['Parameters', params === '' ? 'none' : params], ['Simulated by', simulatedBy(run.engine)]] }),
    },
  ];
  return {
    title: `${name}, in sample only`,
    kind: 'RUN, IN SAMPLE ONLY',
    claim: trades.length === 0 && openTrade === null
      ? `${name}: no trade, nothing to measure`
      : `${name}: in-sample ${head.label} ${metricWords(head.name, shown)}, holding ${metricWords(head.name, held)}`,
    identity: html`${spec.strategyId}${params === '' ? null : html` · ${params}`} · ${formatDate(openTimeMs[0])} to ${formatDate(openTimeMs[openTimeMs.length - 1])} · taker ${formatBps(spec.config.costs.takerFeeBps)}, spread ${formatBps(spec.config.costs.halfSpreadBps)}, slippage ${formatBps(spec.config.costs.slippageBps)} · ${fillWords(spec.config)} · data <span class="id">${shortHash(spec.markets[0].dataHash)}</span> · run <span class="id">${shortHash(run.id)}</span>`,
    verdict: verdictOf(),
    warnings: run.warnings,
    notes: report.notes ?? [],
    opening, sections,
    manifest: {
      kind: 'run', id: run.id, title: name, inSampleOnly: true, spec, metrics: shown.metrics, reasons: shown.reasons,
      benchmark: { name: benchmark.name, metrics: held.metrics, reasons: held.reasons }, ...bandManifest(band),
      totals, trades: trades.length, openTrade, causality: run.causality, warnings: run.warnings, context: contextOf(report),
    },
    data: embeddedTrades(view),
    artefactId: run.id,
    createdAtMs: report.createdAtMs,
  };

  function verdictOf(): Html {
    if (trades.length === 0) return html`In sample only. ${counted(equity.length, 'bar')}, no closed trade: there is nothing to measure. Holding returned ${verdictFigure('totalReturn', held, 'benchmark')}.`;
    const yearly: HtmlValue = shown.metrics.cagr === null ? null : html` (${verdictFigure('cagr', shown, 'metrics')} a year)`;
    const sharpe: HtmlValue = head.name === 'sharpeAnn' ? html`, Sharpe ${verdictFigure('sharpeAnn', shown, 'metrics')}` : null;
    const heldSharpe: HtmlValue = head.name === 'sharpeAnn' ? html`, Sharpe ${verdictFigure('sharpeAnn', held, 'benchmark')}` : null;
    return html`In sample only: net ${verdictFigure('totalReturn', shown, 'metrics')}${yearly}${sharpe} (n = ${formatCount(equity.length)} bars, ${counted(trades.length, 'trade')}); holding ${verdictFigure('totalReturn', held, 'benchmark')}${heldSharpe}. Deepest fall ${verdictFigure('maxDrawdown', shown, 'metrics')} (holding ${verdictFigure('maxDrawdown', held, 'benchmark')}). Luck is judged by <code>assay validate</code>.`;
  }
}

/** Which implementation walked the bars, and why. */
function simulatedBy({ engine, reasons }: RunReport['run']['engine']): string {
  return reasons.length === 0 ? `the ${engine}` : `the ${engine}: ${reasons.join(', ')}`;
}
