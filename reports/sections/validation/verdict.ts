import { type Decision, type Gate, isMissing, type Validation } from '../../../engine/index.ts';
import { datum, TEXT_OF } from '../../datum.ts';
import { counted, formatCount } from '../../format.ts';
import { type Html, html, type HtmlValue } from '../../html.ts';
import { ANNUAL_NEEDS_DAYS } from '../../metric-text.ts';
import { gateValue, readable } from './gate-text.ts';

const MOST_WORDS = 60;
const NAMES: Readonly<Record<Decision, string>> = { reject: '✕ Rejected', shadow: '✓ Shadow', 'live-eligible': '✓ Live-eligible' };

/** Gates that fail at the tier that was not reached; none where all were. */
export function failing({ decision, gates }: Validation['verdict']): readonly Gate[] {
  if (decision === 'live-eligible') return [];
  return gates.filter((gate) => tierOf(gate, decision).state === 'fail');
}

/** `✕ Rejected: 3 of 19 gates fail`. */
export function decisionWords(verdict: Validation['verdict']): string {
  const { decision, gates, blocking } = verdict;
  const failed = failing(verdict).length;
  const silent = gates.filter((gate) => blocking.includes(gate.id) && tierOf(gate, decision).state === 'n/a').length;
  const of = `${formatCount(gates.length)} gates`;
  if (decision === 'live-eligible') return `${NAMES[decision]}: none of ${of} fails`;
  const tier = decision === 'reject' ? '' : ' the live tier';
  const reasons = [
    ...(failed > 0 ? [`${formatCount(failed)} of ${of} ${failed === 1 ? 'fails' : 'fail'}${tier}`] : []),
    ...(silent > 0 ? [`${formatCount(silent)}${failed > 0 ? '' : ` of ${of}`} cannot be computed`] : []),
  ];
  return `${NAMES[decision]}: ${reasons.length === 0 ? `no gate of ${formatCount(gates.length)} fails` : reasons.join(', ')}`;
}

/** The decision and the gates that made it, in at most sixty words: thresholds for as many as fit. */
export function verdictSentence({ verdict }: Validation): Html {
  const failed = failing(verdict);
  const silent = silentGates(verdict).map(({ name }) => name);
  const clause = (title: string, names: readonly HtmlValue[], of: number): HtmlValue => (of === 0 ? null : html` ${title}: ${names.length === 0 ? formatCount(of) : listOf(names, of - names.length)}.`);
  const sentence = (named: number, full: number, silentNamed: number): Html => html`<b>${decisionWords(verdict)}.</b>${clause('Failing', failed.slice(0, named).map((gate, i) => gateWords(gate, verdict.decision, i < full)), failed.length)}${clause('Not computable', silent.slice(0, silentNamed), silent.length)}`;
  for (let named = failed.length; named >= 0; named--) {
    for (let full = named; full >= 0; full--) {
      for (const silentNamed of [silent.length, Math.min(2, silent.length)]) {
        const tried = sentence(named, full, silentNamed);
        if (wordCount(tried) <= MOST_WORDS) return tried;
      }
    }
  }
  return sentence(0, 0, 0);
}

/** Gates without a value, those that decide first. */
function silentGates({ gates, blocking }: Validation['verdict']): readonly Gate[] {
  const silent = gates.filter(({ shadow }) => shadow.state === 'n/a');
  return [...silent.filter(({ id }) => blocking.includes(id)), ...silent.filter(({ id }) => !blocking.includes(id))];
}

/** The unseen figures with the bounds of their bootstrap, holding beside them. */
export function unseenFigures({ evidence: { outOfSample, sample, baselines } }: Validation, holding: HtmlValue): Html {
  const { bootstrap } = outOfSample;
  const held = isMissing(baselines) || baselines.hold.sharpeAnn === null ? holding : html`holding Sharpe ${datum('evidence.baselines.hold.sharpeAnn', baselines.hold.sharpeAnn, TEXT_OF.ratio(baselines.hold.sharpeAnn))}`;
  if (sample.days < ANNUAL_NEEDS_DAYS) return html`<p class="unseen">Out of sample: ${counted(sample.days, 'day')}, too few for an annual figure.</p>`;
  return html`<p class="unseen">Out of sample, net: Sharpe ${bounded('sharpeAnn', 'ratio')}, growth a year ${bounded('cagr', 'gain')}\u00a0%, deepest fall ${bounded('maxDrawdown', 'percent')}\u00a0%; ${held}. In brackets the 5 and 95\u00a0% points of ${formatCount(bootstrap.draws)} block-bootstrap draws; n\u00a0=\u00a0${counted(outOfSample.observations, 'day')}.</p>`;

  function bounded(name: 'sharpeAnn' | 'cagr' | 'maxDrawdown', kind: 'ratio' | 'gain' | 'percent'): Html {
    const { estimate, lower95, upper95 } = bootstrap[name];
    const path = `evidence.outOfSample.bootstrap.${name}`;
    if (estimate === null) return html`not defined`;
    const point = datum(`${path}.estimate`, estimate, plain(estimate, kind));
    if (lower95 === null || upper95 === null) return point;
    return html`${point} [${datum(`${path}.lower95`, lower95, plain(lower95, kind))}, ${datum(`${path}.upper95`, upper95, plain(upper95, kind))}]`;
  }
}

/** A bound: the unit stands at the estimate. */
function plain(value: number, kind: 'ratio' | 'gain' | 'percent'): string {
  return TEXT_OF[kind](value).replace(/\u00a0%$/, '');
}

function gateWords(gate: Gate, decision: Decision, full: boolean): HtmlValue {
  const { id, name, value, statistic } = gate;
  const threshold = full ? ` (${readable(tierOf(gate, decision).threshold)})` : null;
  return html`${name} ${value === null ? (full ? readable(statistic) : null) : datum(`gates.${id}.value`, value, gateValue(id, value))}${threshold}`;
}

function tierOf(gate: Gate, decision: Decision): Gate['shadow'] {
  return decision === 'reject' ? gate.shadow : gate.live;
}

function listOf(names: readonly HtmlValue[], more: number): HtmlValue {
  return [names.map((name, i) => [i === 0 ? null : ', ', name]), more > 0 ? ` and ${formatCount(more)} more` : null];
}

function wordCount(sentence: Html): number {
  return sentence.text.replaceAll(/<[^>]+>/g, ' ').trim().split(/\s+/).length;
}
