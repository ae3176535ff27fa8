import { Numbering } from '../figures/figure.ts';
import { counted, formatBps, formatCount, formatDate, formatNumber, formatSpan, formatTimeframe, shortHash } from '../format.ts';
import { type Html, html, type HtmlValue } from '../html.ts';
import { contextOf } from '../manifest.ts';
import { metricLabel, metricWords, shownFigures } from '../metric-text.ts';
import { fillWords } from '../sections/assumptions.ts';
import { bandManifest, bandNote } from '../sections/band.ts';
import { costsSection } from '../sections/costs.ts';
import { drawdownTable } from '../sections/drawdowns.ts';
import { keyFiguresTable } from '../sections/key-figures.ts';
import { isOneClock, marketNames, methodsSection, quoteOf, symbolsOf } from '../sections/methods.ts';
import { monthsSection } from '../sections/months.ts';
import { planeSection, searchView } from '../sections/search.ts';
import { embeddedTrades, tradesSection } from '../sections/trades.ts';
import { choicesSection, decaySection, ribbonSection, windowsTable } from '../sections/windows.ts';
import { spanDays, worstDrawdowns } from '../series.ts';
import type { WalkForwardReport } from '../types.ts';
import { headline, openingFigure, priceSection, verdictFigure } from './account.ts';
import type { Page, Section } from './shell.ts';

/** A walk-forward: what survived outside the bars that chose it, how much decayed, how steady the choices were. */
export async function walkForwardPage(report: WalkForwardReport): Promise<Page> {
  const { walkForward: walk, sweepOnFullWindow } = report;
  const { spec, openTimeMs, equity, trades, windows, benchmark } = walk;
  const days = spanDays(openTimeMs);
  const shown = shownFigures(walk, days);
  const held = shownFigures(benchmark, days);
  const numbering = new Numbering();
  numbering.nextTable();
  const quote = quoteOf(spec.markets);
  const name = report.title ?? `${spec.strategyId} on ${symbolsOf(spec.markets)} ${formatTimeframe(spec.markets[0].timeframeMs)}`;
  const head = headline(shown, held);
  const view = { trades, openTrade: null, quote, symbols: marketNames(spec.markets) };
  const { waterfall } = walk;
  const opening = [
    bandNote(walk.band, days),
    await openingFigure(walk, shown, held, numbering, { sample: 'out-of-sample', boundariesMs: windows.slice(1).map(({ testFromMs }) => testFromMs), openTrade: null }),
    keyFiguresTable({
      caption: `${spec.strategyId} out of sample: test windows stitched, beside buy-and-hold over the same bars.`, label: 'Out of sample', figures: shown, benchmark: held,
      grossReturnFrac: waterfall.grossQuote / equity[0], bars: equity.length - 1, trades: trades.length, quote,
    }),
  ];
  const sections: Section[] = [
    { id: 'windows', title: 'Windows', body: html`${await ribbonSection(walk, numbering)}${windowsTable(walk, numbering)}` },
    { id: 'decay', title: 'From in sample to out of sample', body: await decaySection(walk, numbering) },
    { id: 'choices', title: 'Chosen parameters', body: await choicesSection(walk, numbering) },
    { id: 'costs', title: 'Costs', body: await costsSection(waterfall, quote, walk.tradedNotionalQuote, shown, numbering) },
    { id: 'months', title: 'Months, out of sample', body: await monthsSection(openTimeMs, equity, numbering) },
    { id: 'drawdowns', title: 'Drawdowns, out of sample', body: drawdownTable(worstDrawdowns(equity, benchmark.equity, 5), openTimeMs, numbering.nextTable()) },
    { id: 'trades', title: 'Trades, out of sample', body: await tradesSection(view, numbering) },
    ...(isOneClock(spec.markets) ? [{ id: 'price', title: 'Price', body: await priceSection(walk, null, numbering) }] : []),
  ];
  if (sweepOnFullWindow !== undefined) {
    const search = searchView(sweepOnFullWindow.sweep, sweepOnFullWindow.trials);
    sections.push({ id: 'hindsight', title: 'The whole window in hindsight', body: html`<p>The same space swept over all bars at once. It saw the test bars: its shape may be read, its height may not.</p>${await planeSection(search, numbering, 'hindsight')}` });
  }
  sections.push({
    id: 'methods', title: 'Methods and provenance',
    body: methodsSection({
      id: walk.id, engineVersion: spec.engineVersion, strategyId: spec.strategyId, codeHash: spec.codeHash, markets: spec.markets, config: spec.config, causality: walk.causality,
      context: spec.sampler.kind === 'random' ? { ...report, seed: spec.sampler.seed } : report,
      facts: [
        ['Windows', `${spec.plan.kind}; train ${formatSpan(spec.plan.trainMs)}, test ${formatSpan(spec.plan.testMs)}, purge ${spec.plan.purgeMs === 0 ? 'none' : formatSpan(spec.plan.purgeMs)}, step ${formatSpan(spec.plan.stepMs)}; a short last window is ${spec.plan.keepShort ? 'kept' : 'dropped'}`],
        ['Objective', `${metricLabel(spec.objective)}, maximised in each train window; first index on ties`],
        ['Search', spec.sampler.kind === 'grid' ? `grid over ${Object.keys(spec.axes).join(', ')}` : `random: ${counted(spec.sampler.points, 'point')} a window, seed ${spec.sampler.seed}`],
        ['Stitching', 'each test window grows from where the one before ended; positions are closed at its end and do not carry over'],
      ],
    }),
  });
  return {
    title: `Walk-forward of ${name}`,
    kind: 'WALK-FORWARD, OUT OF SAMPLE',
    claim: `${name}: unseen ${head.label} ${metricWords(head.name, shown)}, holding ${metricWords(head.name, held)}`,
    identity: html`${counted(windows.length, 'window')} · ${formatDate(openTimeMs[0])} to ${formatDate(openTimeMs[openTimeMs.length - 1])} · ${counted(walk.trialsEvaluated, 'in-sample trial')} · taker ${formatBps(spec.config.costs.takerFeeBps)} · ${fillWords(spec.config)} · data <span class="id">${shortHash(spec.markets[0].dataHash)}</span> · walk-forward <span class="id">${shortHash(walk.id)}</span>`,
    verdict: verdictOf(),
    warnings: walk.warnings,
    notes: report.notes ?? [],
    opening, sections,
    manifest: {
      kind: 'walkforward', id: walk.id, title: name, inSampleOnly: false, spec, metrics: shown.metrics, reasons: shown.reasons,
      benchmark: { name: benchmark.name, metrics: held.metrics, reasons: held.reasons }, efficiency: walk.efficiency, efficiencyReason: walk.efficiencyReason,
      ...bandManifest(walk.band), windows, trialsEvaluated: walk.trialsEvaluated, trades: trades.length, causality: walk.causality, warnings: walk.warnings, context: contextOf(report),
    },
    data: embeddedTrades(view),
    artefactId: walk.id,
    createdAtMs: report.createdAtMs,
  };

  function verdictOf(): Html {
    const sharpe: HtmlValue = head.name === 'sharpeAnn' ? html`, Sharpe ${verdictFigure('sharpeAnn', shown, 'metrics')}` : null;
    const heldSharpe: HtmlValue = head.name === 'sharpeAnn' ? html`, Sharpe ${verdictFigure('sharpeAnn', held, 'benchmark')}` : null;
    const efficiency = walk.efficiency === null ? null : html` Efficiency ${formatNumber(walk.efficiency, 2)}.`;
    return html`Unseen bars: net ${verdictFigure('totalReturn', shown, 'metrics')}${sharpe} (n = ${formatCount(equity.length - 1)} bars, ${counted(trades.length, 'trade')}); holding ${verdictFigure('totalReturn', held, 'benchmark')}${heldSharpe}. Deepest fall ${verdictFigure('maxDrawdown', shown, 'metrics')} (holding ${verdictFigure('maxDrawdown', held, 'benchmark')}).${efficiency} Luck is judged by <code>assay validate</code>.`;
  }
}
