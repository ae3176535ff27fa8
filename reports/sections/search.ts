import { HEADLINE_NAMES, type HeadlineBand, type Headlines, type MetricName, type Sweep, type Trial } from '../../engine/index.ts';
import { figure, type Numbering } from '../figures/figure.ts';
import { histogramFigure } from '../figures/bars.ts';
import { type ObjectiveView, pairFigure, paramSteps, sliceFigure } from '../figures/parameters.ts';
import { columnPercentDigits, counted, formatCount, formatNumber, formatParam, formatPercent } from '../format.ts';
import { type Html, html, raw } from '../html.ts';
import { ANNUAL_NEEDS_DAYS, metricAxisFormat, metricLabel, metricPhrase, metricText } from '../metric-text.ts';
import { histogram, median } from '../series.ts';
import { Footnotes, table } from '../table.ts';

const MOST_PAIRS = 6;
const TOP = 20;

/** The trials of one market, as the figures of a search read them. */
export interface SearchView {
  readonly sweep: Sweep;
  readonly market: number;
  readonly trials: readonly Trial[];
  readonly measured: readonly Trial[];
  readonly failed: readonly Trial[];
  readonly best: Trial | null;
  readonly objective: ObjectiveView;
  /** Parameters that took more than one value. */
  readonly varied: readonly string[];
}

export function searchView(sweep: Sweep, all: readonly Trial[], market = 0): SearchView {
  const { objective, markets } = sweep.spec;
  const trials = all.filter((trial) => trial.market === market);
  const days = (markets[market].lastTimeMs - markets[market].firstTimeMs) / 86_400_000;
  const view = objectiveView(objective, days);
  const names = Object.keys(trials[0]?.params ?? sweep.spec.axes);
  return {
    sweep, market, trials, best: sweep.best[market] ?? null, objective: view,
    measured: trials.filter((trial) => view.valueOf(trial) !== null),
    failed: trials.filter(({ state }) => state === 'failed'),
    varied: names.filter((name) => new Set(trials.map(({ params }) => params[name])).size > 1),
  };
}

export function objectiveView(name: MetricName, days: number): ObjectiveView {
  const short = days < ANNUAL_NEEDS_DAYS && ['cagr', 'volatilityAnn', 'sharpeAnn', 'sortinoAnn', 'calmar', 'turnover'].includes(name);
  return {
    name, heading: metricLabel(name), label: metricPhrase(name), note: short ? ` Under ${ANNUAL_NEEDS_DAYS} days of bars: the annual figure only ranks.` : '', axisFormat: metricAxisFormat(name),
    text: (value) => metricText(name, value),
    valueOf: ({ metrics }) => {
      const value = metrics?.[name] ?? null;
      return value !== null && Number.isFinite(value) ? value : null;
    },
  };
}

/** Where the chosen value lies among all that were tried. */
export async function trialsHistogram({ measured, best, objective, trials, failed }: SearchView, numbering: Numbering): Promise<Html> {
  if (measured.length === 0) return html`<p>No trial has a defined ${objective.label}: there is no distribution to draw.</p>`;
  const values = measured.map((trial) => objective.valueOf(trial) as number);
  const middle = median(values) as number;
  const chosen = best === null ? null : objective.valueOf(best);
  const above = values.filter((value) => value > 0).length;
  return figure(histogramFigure({
    id: 'trials', name: 'trials',
    finding: `The median of ${counted(measured.length, 'trial')} is ${objective.text(middle)}${chosen === null ? '' : `; the chosen one, ${objective.text(chosen)}, is the highest`}. ${formatCount(above)} are above zero.`,
    description: `A histogram of the ${objective.label} of all trials with the median and the chosen trial marked.`,
    bins: histogram(values, 30), format: objective.axisFormat, xTitle: `${objective.heading} (linear)`, yTitle: 'Trials (linear)',
    marks: [{ value: middle, label: `median ${objective.text(middle)}`, glyph: '▾' }, ...(chosen === null ? [] : [{ value: chosen, label: `chosen ${objective.text(chosen)}`, glyph: '◆' }])],
    note: `${formatCount(trials.length)} trials: ${formatCount(measured.length)} with a value, ${formatCount(failed.length)} failed. The highest of many trials is high by luck alone; by how much, a validation says (assay validate).${objective.note}`,
    signed: false, edge: objective.text,
  }), numbering);
}

/** The parameter plane: one figure a pair, chosen without scripts; the pair that matters most first. */
export async function planeSection(view: SearchView, numbering: Numbering, idPrefix = 'plane'): Promise<Html> {
  const { measured, trials, objective, varied, best } = view;
  if (measured.length === 0) return html`<p>No trial has a value to map.</p>`;
  if (varied.length === 0) return html`<p>One parameter point was tried: there is no plane to draw.</p>`;
  if (varied.length === 1) return html`<p>One parameter was varied, ${varied[0]}: see its slice and the table.</p>`;
  const ranked = varied.toSorted((a, b) => effect(view, b) - effect(view, a));
  const pairs = pairsOf(ranked).slice(0, MOST_PAIRS);
  const rest = varied.length > 2 ? `; median over ${varied.length === 3 ? 'the third parameter' : `the ${varied.length - 2} other parameters`}` : '';
  const neighbours = neighbourhood(view);
  const drawn: Html[] = [];
  for (const [i, [xName, yName]] of pairs.entries()) {
    const grouped = paramSteps(trials, xName).grouped || paramSteps(trials, yName).grouped;
    const note = `Measured cells only, none interpolated${rest}${grouped ? '; many values are grouped into ranges of equal count, median within' : ''}. × no value. ◆ chosen.`;
    const finding = neighbours ?? `${objective.heading} over ${yName} and ${xName}.`;
    drawn.push(await figure(pairFigure(trials, objective, xName, yName, best, `${idPrefix}-${i}`, finding, note), numbering));
  }
  if (drawn.length === 1) return drawn[0];
  return html`<div class="pairs">${pairs.map(([xName, yName], i) => html`<input type="radio" name="${idPrefix}" id="${idPrefix}-pick-${i}"${i === 0 ? raw(' checked') : null}><label for="${idPrefix}-pick-${i}">${yName} × ${xName}</label>`)}${drawn.map((one) => html`<div class="pair">${one}</div>`)}</div>`;
}

export async function slicesSection({ measured, objective, varied, best }: SearchView, numbering: Numbering): Promise<Html> {
  if (measured.length === 0 || varied.length === 0) return html`<p>No parameter took two values: there is no slice to draw.</p>`;
  const view = { measured, objective };
  const strongest = varied.toSorted((a, b) => effect(view, b) - effect(view, a))[0];
  const finding = varied.length === 1 ? `${objective.heading} over ${strongest}.` : `${strongest} moves the median ${objective.label} most, over a range of ${formatNumber(effect(view, strongest) * (objective.axisFormat === 'percent' ? 100 : 1), 2)}${objective.axisFormat === 'percent' ? ' points' : ''}.`;
  return figure(sliceFigure(measured, objective, varied, best, finding), numbering);
}

/** The best trials and what each would have earned. */
export function topTable({ measured, objective, best, varied, trials }: SearchView, numbering: Numbering): Html {
  if (measured.length === 0) return html``;
  const ranked = measured.toSorted((a, b) => (objective.valueOf(b) as number) - (objective.valueOf(a) as number) || a.index - b.index).slice(0, TOP);
  const names = Object.keys(trials[0].params);
  const footnotes = new Footnotes();
  const percents = (pick: 'totalReturn' | 'maxDrawdown'): number => columnPercentDigits(ranked.map(({ metrics }) => metrics?.[pick] ?? null));
  const percentCell = (value: number | null | undefined, digits: number): Html | string => (value === null || value === undefined ? footnotes.dash('not defined for this trial') : formatPercent(value, digits).replace(/\u00a0%$/, ''));
  const [returnDigits, fallDigits] = [percents('totalReturn'), percents('maxDrawdown')];
  const ends = bandColumns(ranked, objective.name);
  const rows = ranked.map((trial, i) => ({
    role: trial.index === best?.index ? 'chosen' as const : undefined,
    cells: [
      `${i + 1}${trial.index === best?.index ? ' ◆' : ''}`, ...names.map((name) => formatParam(trial.params[name])), objective.text(objective.valueOf(trial) as number),
      percentCell(trial.metrics?.totalReturn, returnDigits), percentCell(trial.metrics?.maxDrawdown, fallDigits),
      trial.metrics?.trades === null || trial.metrics?.trades === undefined ? footnotes.dash('not defined for this trial') : formatCount(trial.metrics.trades),
      ...ends.columns.map(({ text }) => (trial.band === null ? null : text(trial.band)) ?? footnotes.dash('not defined for this trial')),
    ],
  }));
  const constant = names.length - varied.length;
  return table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> The ${formatCount(ranked.length)} highest of ${counted(measured.length, 'trial')} with a value, in sample${constant > 0 && names.length > 1 ? `; ${counted(constant, 'parameter')} took one value` : ''}. ◆ chosen (first index on ties).${ends.note}`,
    columns: [
      { label: 'Rank', align: 'text' }, ...names.map((name) => ({ label: name, align: 'number' as const })), { label: metricLabel(objective.name), align: 'number' },
      { label: 'Return %', align: 'number' }, { label: 'Deepest fall %', align: 'number' }, { label: 'Trades', align: 'number' },
      ...ends.columns.map(({ label }) => ({ label, align: 'number' as const })),
    ],
    rows, footnotes, sortable: true,
  });
}

/** Columns of the ambiguity band, where a ranked trial met an ambiguous bar: the objective, or the return where that has no band. */
function bandColumns(ranked: readonly Trial[], objective: MetricName) {
  if (!ranked.some(({ band }) => band !== null && band.ambiguousBars > 0)) return { columns: [], note: '' };
  const name = HEADLINE_NAMES.find((headline) => headline === objective) ?? 'totalReturn';
  const text = (figures: Headlines): string | null => (figures[name] === null ? null : metricText(name, figures[name]));
  return {
    columns: [
      { label: 'Ambiguous bars', text: ({ ambiguousBars }: HeadlineBand) => formatCount(ambiguousBars) },
      { label: 'Pessimistic', text: ({ pessimistic }: HeadlineBand) => text(pessimistic) }, { label: 'Optimistic', text: ({ optimistic }: HeadlineBand) => text(optimistic) },
    ],
    note: ` Pessimistic and optimistic: ${metricPhrase(name)} with all ambiguous bars at their worst and at their best, a band of two resolutions and not a bound.`,
  };
}

export function failuresTable({ failed, trials, measured }: SearchView, numbering: Numbering): Html {
  const undefinedCount = trials.length - failed.length - measured.length;
  const undefinedLine = undefinedCount > 0 ? html`<p>${counted(undefinedCount, 'trial')} ran but ${undefinedCount === 1 ? 'has' : 'have'} no defined objective; they are outside the ranking.</p>` : null;
  if (failed.length === 0) return html`<p>No trial failed.</p>${undefinedLine}`;
  const byReason = new Map<string, Trial[]>();
  for (const trial of failed) byReason.set(trial.reason ?? 'no reason recorded', [...(byReason.get(trial.reason ?? 'no reason recorded') ?? []), trial]);
  const rows = [...byReason].sort((a, b) => b[1].length - a[1].length).slice(0, 30).map(([reason, group]) => ({
    cells: [reason, formatCount(group.length), Object.entries(group[0].params).map(([name, value]) => `${name} ${formatParam(value)}`).join(', ')],
  }));
  return html`${table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> ${counted(failed.length, 'failed trial')} of ${formatCount(trials.length)}, by reason. Failures count as trials.`,
    columns: [{ label: 'Reason', align: 'wrap' }, { label: 'Trials', align: 'number' }, { label: 'First at', align: 'wrap' }],
    rows,
  })}${undefinedLine}`;
}

/** The best of each market, where a sweep read more than one. */
export function marketsTable(sweep: Sweep, trials: readonly Trial[], numbering: Numbering): Html {
  const { markets, objective } = sweep.spec;
  if (markets.length < 2) return html``;
  const footnotes = new Footnotes();
  const rows = markets.map((market, i) => {
    const best = sweep.best[i] ?? null;
    const value = best?.metrics?.[objective] ?? null;
    const own = trials.filter((trial) => trial.market === i);
    return {
      cells: [
        market.instrument.symbol, formatCount(own.length), formatCount(own.filter(({ state }) => state === 'failed').length),
        value === null ? footnotes.dash('no trial has a value') : metricText(objective, value),
        best === null ? footnotes.dash('no trial has a value') : Object.entries(best.params).map(([name, param]) => `${name} ${formatParam(param)}`).join(', '),
      ],
    };
  });
  return table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> The best point of each market; the figures show the first.`,
    columns: [{ label: 'Market', align: 'text' }, { label: 'Trials', align: 'number' }, { label: 'Failed', align: 'number' }, { label: metricLabel(objective), align: 'number' }, { label: 'At', align: 'wrap' }],
    rows, footnotes,
  });
}

/** Whether the chosen point stands on a plateau: its neighbours one step away on a grid. */
export function neighbourhood({ sweep, measured, trials, best, objective, varied }: SearchView): string | null {
  const chosen = best === null ? null : objective.valueOf(best);
  if (sweep.spec.sampler.kind !== 'grid' || best === null || chosen === null) return null;
  const steps = varied.map((name) => {
    const values = [...new Set(trials.map(({ params }) => params[name]))];
    if (values.every((value) => typeof value === 'number')) values.sort((a, b) => a - b);
    return new Map(values.map((value, i) => [value, i]));
  });
  const distance = (trial: Trial): number => Math.max(...varied.map((name, i) => Math.abs((steps[i].get(trial.params[name]) as number) - (steps[i].get(best.params[name]) as number))));
  const near = measured.filter((trial) => distance(trial) === 1).map((trial) => objective.valueOf(trial) as number);
  if (near.length === 0) return null;
  const middle = median(near) as number;
  const share = chosen > 0 ? `, ${formatNumber(middle / chosen, 2)} of the chosen value` : '';
  return `The neighbours one step from the chosen point have a median ${objective.label} of ${objective.text(middle)}${share} (n = ${near.length}).`;
}

function effect({ measured, objective }: Pick<SearchView, 'measured' | 'objective'>, name: string): number {
  const { labels, stepOf } = paramSteps(measured, name);
  const groups: number[][] = labels.map(() => []);
  for (const trial of measured) groups[stepOf(trial.params[name])]?.push(objective.valueOf(trial) as number);
  const middles = groups.filter((group) => group.length > 0).map((group) => median(group) as number);
  return middles.length > 1 ? Math.max(...middles) - Math.min(...middles) : 0;
}

function pairsOf(names: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let sum = 1; sum < 2 * names.length; sum++) {
    for (let i = 0; i < names.length; i++) {
      const j = sum - i;
      if (j > i && j < names.length) pairs.push([names[i], names[j]]);
    }
  }
  return pairs;
}
