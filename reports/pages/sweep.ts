import { leakWarnings, warmupWarnings } from '../../engine/index.ts';
import { Numbering } from '../figures/figure.ts';
import { counted, formatBps, formatCount, formatDate, formatParam, formatTimeframe, shortHash } from '../format.ts';
import { type Html, html } from '../html.ts';
import { contextOf } from '../manifest.ts';
import { metricLabel, shownFigures } from '../metric-text.ts';
import { fillWords } from '../sections/assumptions.ts';
import { bandManifest, bandNote } from '../sections/band.ts';
import { methodsSection, symbolsOf } from '../sections/methods.ts';
import { failuresTable, marketsTable, planeSection, type SearchView, searchView, slicesSection, topTable, trialsHistogram } from '../sections/search.ts';
import { median, spanDays } from '../series.ts';
import type { SweepReport } from '../types.ts';
import { openingFigure } from './account.ts';
import type { Page, Section } from './shell.ts';

/** A sweep: how many tries, how the best stands among them, plateau or spike, what failed. */
export async function sweepPage(report: SweepReport): Promise<Page> {
  const { sweep, trials, bestRun } = report;
  const { spec } = sweep;
  const view = searchView(sweep, trials);
  const numbering = new Numbering();
  const market = spec.markets[0];
  const name = report.title ?? `${spec.strategyId} on ${symbolsOf(spec.markets)} ${formatTimeframe(market.timeframeMs)}`;
  const { objective, best, measured, failed } = view;
  const bestText = best === null ? null : objective.text(objective.valueOf(best) as number);
  const opening = measured.length === 0
    ? [html`<p>No trial completed with a value: only the failures can be shown.</p>`, failuresTable(view, numbering)]
    : [bestBand(view), await trialsHistogram(view, numbering), topTable(view, numbering), marketsTable(sweep, trials, numbering)];
  const sections: Section[] = measured.length === 0 ? [] : [
    { id: 'plane', title: 'Parameter plane', body: await planeSection(view, numbering) },
    { id: 'slices', title: 'Each parameter', body: await slicesSection(view, numbering) },
    { id: 'failures', title: 'Failures', body: failuresTable(view, numbering) },
  ];
  if (bestRun !== undefined) {
    const days = spanDays(bestRun.openTimeMs);
    const opened = await openingFigure(bestRun, shownFigures(bestRun, days), shownFigures(bestRun.benchmark, days), numbering, { sample: 'in-sample', boundariesMs: [], openTrade: bestRun.openTrade });
    sections.push({ id: 'best', title: 'The chosen point as a run', body: html`<p>The highest of ${counted(trials.length, 'trial')}, on the bars that chose it: its curve flatters.</p>${opened}` });
  }
  sections.push({
    id: 'methods', title: 'Methods and provenance',
    body: methodsSection({
      id: sweep.id, engineVersion: spec.engineVersion, strategyId: spec.strategyId, codeHash: spec.codeHash, markets: spec.markets, config: spec.config, causality: sweep.causality,
      context: spec.sampler.kind === 'random' ? { ...report, seed: spec.sampler.seed } : report,
      facts: [
        ['Search', spec.sampler.kind === 'grid' ? 'grid: every admissible combination' : `random: ${counted(spec.sampler.points, 'point')}, seed ${spec.sampler.seed}`],
        ['Objective', `${metricLabel(spec.objective)}, maximised; first index on ties`],
        ...Object.entries(spec.axes).map(([axis, values]) => [`Axis ${axis}`, axisWords(values)] as const),
      ],
    }),
  });
  return {
    title: `Sweep of ${name}, in sample only`,
    kind: 'SWEEP, IN SAMPLE ONLY',
    claim: bestText === null ? `${name}: none of ${counted(trials.length, 'trial')} has a value` : `${name}: the best of ${counted(view.trials.length, 'trial')} is ${objective.label} ${bestText}, the median ${objective.text(median(measured.map((trial) => objective.valueOf(trial) as number)) as number)}`,
    identity: html`${counted(trials.length, 'trial')}: ${formatCount(trials.filter(({ state }) => state === 'ok').length)} ok, ${formatCount(trials.filter(({ state }) => state === 'failed').length)} failed · ${formatDate(market.firstTimeMs)} to ${formatDate(market.lastTimeMs)} · taker ${formatBps(spec.config.costs.takerFeeBps)} · ${fillWords(spec.config)} · data <span class="id">${shortHash(market.dataHash)}</span> · sweep <span class="id">${shortHash(sweep.id)}</span>`,
    verdict: verdictOf(view, bestText, failed.length),
    warnings: warningsOf(view),
    notes: report.notes ?? [],
    opening, sections,
    manifest: {
      kind: 'sweep', id: sweep.id, title: name, inSampleOnly: true, spec, trials: sweep.trials, failed: sweep.failed, best: sweep.best,
      metrics: best?.metrics ?? null, reasons: best === null ? { [spec.objective]: 'no trial has a value' } : {}, ...bandManifest(best?.band ?? null), causality: sweep.causality, warnings: warningsOf(view), context: contextOf(report),
    },
    artefactId: sweep.id,
    createdAtMs: report.createdAtMs,
  };
}

function bestBand({ best, sweep, market }: SearchView): Html | null {
  if (best === null || best.band === null) return null;
  const { firstTimeMs, lastTimeMs } = sweep.spec.markets[market];
  return bandNote(best.band, (lastTimeMs - firstTimeMs) / 86_400_000, 'The chosen point');
}

function verdictOf({ best, measured, trials, objective }: SearchView, bestText: string | null, failed: number): Html {
  if (best === null || bestText === null) return html`In sample only: ${counted(trials.length, 'trial')}, ${formatCount(failed)} failed, none with a defined ${objective.label}. There is nothing to choose from.`;
  const point = Object.entries(best.params).slice(0, 4).map(([name, value]) => `${name} ${formatParam(value)}`).join(', ');
  return html`In sample only: the best ${objective.label} of n = ${counted(measured.length, 'trial')} is ${bestText} at ${point}${Object.keys(best.params).length > 4 ? ' …' : ''}. The best of many tries is high by luck alone; how high, <code>assay validate</code> says. Walk it forward before believing it.`;
}

function warningsOf({ trials, failed, measured, best, varied, sweep }: SearchView): string[] {
  const onEdge = best === null ? [] : varied.filter((name) => {
    const values = (sweep.spec.axes[name] ?? []).filter((value) => typeof value === 'number');
    return values.length > 2 && typeof best.params[name] === 'number' && (best.params[name] === Math.min(...values) || best.params[name] === Math.max(...values));
  });
  return [
    ...leakWarnings(sweep.causality),
    ...warmupWarnings(sweep.causality),
    ...(failed.length > 0 ? [`${counted(failed.length, 'trial')} of ${formatCount(trials.length)} failed`] : []),
    ...(trials.length > failed.length + measured.length ? [`${counted(trials.length - failed.length - measured.length, 'trial')} ran without a defined objective`] : []),
    ...(onEdge.length > 0 ? [`the chosen point lies on the edge of ${onEdge.join(' and ')}: the best may lie outside`] : []),
    ...(best !== null && (best.metrics?.trades ?? 0) < 30 ? [`the chosen point closed only ${counted(best.metrics?.trades ?? 0, 'trade')}: too few to judge`] : []),
  ];
}

function axisWords(values: readonly (number | string | boolean)[]): string {
  if (values.length <= 12) return values.map(formatParam).join(', ');
  return `${values.slice(0, 3).map(formatParam).join(', ')} … ${formatParam(values[values.length - 1])} (${formatCount(values.length)} values)`;
}
