import type { WalkForward } from '../../engine/index.ts';
import { figure, type Numbering } from '../figures/figure.ts';
import { choicesFigure, decayFigure, ribbonFigure } from '../figures/windows.ts';
import { columnPercentDigits, counted, formatCount, formatDate, formatParam, formatSigned, formatSpan } from '../format.ts';
import { type Html, html } from '../html.ts';
import { ANNUAL_NEEDS_DAYS, metricAxisFormat, metricLabel, metricPhrase, metricText } from '../metric-text.ts';
import { median } from '../series.ts';
import { Footnotes, table } from '../table.ts';

export async function ribbonSection({ windows, spec }: WalkForward, numbering: Numbering): Promise<Html> {
  const { plan } = spec;
  const words = `${plan.kind === 'rolling' ? 'Rolling' : 'Anchored'} windows: ${plan.kind === 'rolling' ? `train ${formatSpan(plan.trainMs)}` : `train from the first bar, at least ${formatSpan(plan.trainMs)}`}, test ${formatSpan(plan.testMs)}, purged gap ${plan.purgeMs === 0 ? 'none' : formatSpan(plan.purgeMs)}, step ${formatSpan(plan.stepMs)}.`;
  if (windows.length < 2) return html`<p>${words} One window only: see the table.</p>`;
  return figure(ribbonFigure(windows, `${counted(windows.length, 'window')}: each choice was made on hatched bars only and judged on the blue ones after it.`), numbering);
}

export async function decaySection(walk: WalkForward, numbering: Numbering): Promise<Html> {
  const { windows } = walk;
  const { objective } = walk.spec;
  const label = metricPhrase(objective);
  const pairs = windows.map((window) => [window.inSample?.[objective] ?? null, window.outOfSample[objective] ?? null] as const);
  const both = pairs.filter((pair): pair is readonly [number, number] => pair[0] !== null && pair[1] !== null);
  const efficiency = html`<p>Walk-forward efficiency: ${walk.efficiency === null ? html`not defined (${walk.efficiencyReason ?? 'no reason recorded'})` : html`<data value="${walk.efficiency}" data-metric="efficiency">${formatSigned(walk.efficiency, 2).replace('+', '')}</data>`}. It is annualised out-of-sample profit over annualised in-sample profit, all windows together.</p>`;
  if (windows.length < 2 || both.length === 0) return html`<p>${windows.length < 2 ? 'One window' : 'No window has the figure on both sides'}: decay needs at least two.</p>${efficiency}`;
  const worse = both.filter(([a, b]) => b < a).length;
  const [inside, outside] = [0, 1].map((side) => median(both.map((pair) => pair[side])) as number);
  const short = windows.some(({ testFromMs, testToMs }) => testToMs - testFromMs < ANNUAL_NEEDS_DAYS * 86_400_000);
  const drawn = await figure(decayFigure({
    windows, heading: metricLabel(objective), label, percent: metricAxisFormat(objective) === 'percent',
    inSample: ({ inSample }) => inSample?.[objective] ?? null,
    outOfSample: ({ outOfSample }) => outOfSample[objective] ?? null,
    text: (value) => metricText(objective, value),
    finding: `The median ${label} fell from ${metricText(objective, inside)} in sample to ${metricText(objective, outside)} out of sample; ${formatCount(worse)} of ${counted(both.length, 'window')} did worse than promised.`.replace('fell from', outside < inside ? 'fell from' : 'went from'),
    note: `○ in sample, ● out of sample.${short ? ` Test windows are shorter than ${ANNUAL_NEEDS_DAYS} days: an annual figure of one window is noisy.` : ''}${both.length < windows.length ? ` ${formatCount(windows.length - both.length)} of ${counted(windows.length, 'window')} lack one side.` : ''}`,
  }), numbering);
  return html`${drawn}${efficiency}`;
}

export async function choicesSection({ windows, spec }: WalkForward, numbering: Numbering): Promise<Html> {
  const chosen = windows.flatMap((window) => (window.chosen === null ? [] : [window.chosen]));
  if (chosen.length === 0) return html`<p>No window chose a point.</p>`;
  const names = Object.keys(chosen[0]);
  const varied = names.filter((name) => (spec.axes[name]?.length ?? 0) > 1);
  if (windows.length < 2 || varied.length === 0) {
    return html`<p>${varied.length === 0 ? 'No parameter was searched' : 'One window'}: ${names.map((name) => `${name} ${formatParam(chosen[0][name])}`).join(', ')}.</p>`;
  }
  let changes = 0;
  for (let i = 1; i < chosen.length; i++) if (varied.some((name) => chosen[i][name] !== chosen[i - 1][name])) changes++;
  return figure(choicesFigure(windows, varied, `The choice changed at ${formatCount(changes)} of ${counted(chosen.length - 1, 'step')} from one window to the next.`), numbering);
}

export function windowsTable({ windows, spec }: WalkForward, numbering: Numbering): Html {
  const { objective } = spec;
  const footnotes = new Footnotes();
  const returns = windows.map(({ outOfSample }) => outOfSample.totalReturn);
  const digits = columnPercentDigits(returns);
  const flat = 'no point had a defined objective in sample: the window stayed flat';
  const rows = windows.map((window) => {
    const names = window.chosen === null ? [] : Object.keys(window.chosen).filter((name) => (spec.axes[name]?.length ?? 0) > 1);
    const shown = names.length > 0 ? names : Object.keys(window.chosen ?? {});
    const value = (metric: number | null | undefined, reason: string): Html | string => (metric === null || metric === undefined ? footnotes.dash(reason) : metricText(objective, metric));
    return {
      cells: [
        String(window.index + 1), `${formatDate(window.testFromMs)} – ${formatDate(window.testToMs)}`,
        window.failedTrials === 0 ? formatCount(window.trials) : `${formatCount(window.trials)} (${formatCount(window.failedTrials)} failed)`,
        window.chosen === null ? footnotes.dash(flat) : shown.map((name) => `${name} ${formatParam((window.chosen as Record<string, number>)[name])}`).join(', '),
        value(window.inSample?.[objective], flat), value(window.outOfSample[objective], 'not defined in this test window'),
        window.outOfSample.totalReturn === null ? footnotes.dash('not defined in this test window') : formatSigned(window.outOfSample.totalReturn * 100, digits),
        formatCount(window.outOfSample.trades ?? 0),
      ],
    };
  });
  return table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> Windows: what was tried, what was chosen, what came of it. In and Out: ${metricLabel(objective)} in sample and out. Train dates are in the data of the figure.`,
    columns: [
      { label: '#', align: 'text' }, { label: 'Test (UTC)', align: 'text' }, { label: 'Trials', align: 'number' },
      { label: 'Chosen', align: 'text' }, { label: 'In', align: 'number' }, { label: 'Out', align: 'number' }, { label: 'Return %', align: 'number' }, { label: 'Trades', align: 'number' },
    ],
    rows, footnotes, sortable: true,
  });
}
