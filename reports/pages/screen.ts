import { DAY_MS, DAYS_PER_YEAR, expectedMaximum, leakWarnings, type Screen, warmupWarnings } from '../../engine/index.ts';
import { Numbering } from '../figures/figure.ts';
import { counted, formatBps, formatCount, formatDate, formatNumber, formatParam, formatTimeframe, shortHash } from '../format.ts';
import { type Html, html } from '../html.ts';
import { contextOf } from '../manifest.ts';
import { metricLabel } from '../metric-text.ts';
import { fillWords } from '../sections/assumptions.ts';
import { methodsSection, symbolsOf } from '../sections/methods.ts';
import { bestOfScreen, screenAxes, screenMaps, screenTopTable } from '../sections/screen.ts';
import { objectiveView } from '../sections/search.ts';
import type { ScreenReport } from '../types.ts';
import type { Page } from './shell.ts';

/** A screen: how many tries, what luck alone would show, maps and marginals, how it was computed. */
export async function screenPage(report: ScreenReport): Promise<Page> {
  const { screen } = report;
  const { spec, kernel } = screen;
  const [market] = spec.markets;
  const numbering = new Numbering();
  const objective = objectiveView(spec.objective, (market.lastTimeMs - market.firstTimeMs) / DAY_MS);
  const name = report.title ?? `${spec.strategyId} on ${symbolsOf(spec.markets)} ${formatTimeframe(market.timeframeMs)}`;
  const [best] = bestOfScreen(screen);
  const bestText = best === undefined ? null : objective.text(best.figures[spec.objective] as number);
  const opening = best === undefined ? html`<p>No trial has a value.</p>` : html`${await screenMaps(screen, objective, numbering)}${screenTopTable(screen, numbering)}`;
  const warnings = [...leakWarnings(screen.causality), ...warmupWarnings(screen.causality), ...(screen.failed > 0 ? [`${counted(screen.failed, 'trial')} of ${formatCount(screen.trials)} failed`] : [])];
  return {
    title: `Screen of ${name}, in sample only`,
    kind: 'SCREEN, IN SAMPLE ONLY',
    claim: bestText === null ? `${name}: none of ${counted(screen.trials, 'trial')} has a value` : `${name}: the best of ${counted(screen.trials, 'trial')} is ${objective.label} ${bestText}`,
    identity: html`${counted(screen.trials, 'trial')}, ${formatCount(screen.failed)} failed · ${formatDate(market.firstTimeMs)} to ${formatDate(market.lastTimeMs)} · taker ${formatBps(spec.config.costs.takerFeeBps)} · ${fillWords(spec.config)} · ${kernel.kernel} · data <span class="id">${shortHash(market.dataHash)}</span> · screen <span class="id">${shortHash(screen.id)}</span>`,
    verdict: verdictOf(screen),
    warnings,
    notes: report.notes ?? [],
    opening,
    sections: [
      { id: 'axes', title: 'Each parameter', body: screenAxes(screen, objective, numbering) },
      {
        id: 'methods', title: 'Methods and provenance',
        body: methodsSection({
          id: screen.id, engineVersion: spec.engineVersion, strategyId: spec.strategyId, codeHash: spec.codeHash, markets: spec.markets, config: spec.config, causality: screen.causality,
          context: spec.sampler.kind === 'random' ? { ...report, seed: spec.sampler.seed } : report,
          facts: [
            ['Search', spec.sampler.kind === 'grid' ? 'grid: every admissible combination' : `random: ${counted(spec.sampler.points, 'point')}, seed ${spec.sampler.seed}`],
            ['Objective', `${metricLabel(spec.objective)}, maximised; first index on ties`],
            ['Walked by', `${kernel.kernel}${kernel.reasons.length === 0 ? '' : `: ${kernel.reasons.join('; ')}`}`],
            ['Trial ledger', report.ledger === undefined ? 'not counted' : `${report.ledger.claim}: N = ${formatCount(report.ledger.n)} distinct points`],
            ...Object.entries(spec.axes).map(([axis, values]) => [`Axis ${axis}`, axisWords(values)] as const),
          ],
        }),
      },
    ],
    manifest: {
      kind: 'screen', id: screen.id, title: name, inSampleOnly: true, spec, trials: screen.trials, failed: screen.failed, kernel, parts: screen.parts, best: best ?? null,
      moments: screen.markets.map(({ objective: of, sharpeAnn }) => ({ objective: of, sharpeAnn })), causality: screen.causality, warnings, context: contextOf(report),
    },
    artefactId: screen.id,
    createdAtMs: report.createdAtMs,
  };
}

function verdictOf({ markets, spec: { markets: [market] } }: Screen): Html {
  const n = markets.reduce((sum, { sharpeAnn }) => sum + sharpeAnn.n, 0);
  if (n === 0) return html`In sample only: no trial has a Sharpe ratio. There is nothing to choose from.`;
  const years = (market.lastTimeMs + market.timeframeMs - market.firstTimeMs) / (DAYS_PER_YEAR * DAY_MS);
  return html`In sample only. Without any skill, the best of ${counted(n, 'independent try', 'independent tries')} over ${formatNumber(years, 1)} years shows a Sharpe ratio of ${formatNumber(expectedMaximum(n) / Math.sqrt(years))}; neighbouring points are not independent, so this is a ceiling of luck. Take a plateau, not a peak, to <code>assay validate</code>: every trial here counts there.`;
}

function axisWords(values: readonly (number | string | boolean)[]): string {
  if (values.length <= 12) return values.map(formatParam).join(', ');
  return `${values.slice(0, 3).map(formatParam).join(', ')} … ${formatParam(values[values.length - 1])} (${formatCount(values.length)} values)`;
}
