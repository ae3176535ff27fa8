import { type Decision, type Evidence, type Gate, isMissing, type Validation } from '../../../engine/index.ts';
import { datum, TEXT_OF } from '../../datum.ts';
import { formatCount, formatNumber } from '../../format.ts';
import { type Html, html, type HtmlValue } from '../../html.ts';
import { ANNUAL_NEEDS_DAYS } from '../../metric-text.ts';

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

/** The decision, the gates that made it, and the unseen figures with their bounds, in at most sixty words. */
export function verdictSentence({ evidence, verdict }: Validation, holding: HtmlValue): Html {
  const failed = failing(verdict);
  const silent = silentGates(verdict);
  const numbers = unseenFigures(evidence, holding);
  for (let named = Math.min(4, failed.length); named >= 0; named--) {
    for (let silentNamed = Math.min(3, silent.length); silentNamed >= 0; silentNamed--) {
      const sentence = html`<b>${decisionWords(verdict)}.</b>${named === 0 ? null : html` ${listOf(failed.slice(0, named).map(gateWords), failed.length - named)}.`}${silent.length === 0 ? null : html` Not computable: ${silentNamed === 0 ? formatCount(silent.length) : listOf(silent.slice(0, silentNamed).map(({ name }) => name), silent.length - silentNamed)}.`} ${numbers}`;
      if (wordCount(sentence) <= MOST_WORDS) return sentence;
    }
  }
  return html`<b>${decisionWords(verdict)}.</b> ${numbers}`;
}

/** Gates without a value, those that decide first. */
function silentGates({ gates, blocking }: Validation['verdict']): readonly Gate[] {
  const silent = gates.filter(({ shadow }) => shadow.state === 'n/a');
  return [...silent.filter(({ id }) => blocking.includes(id)), ...silent.filter(({ id }) => !blocking.includes(id))];
}

function unseenFigures({ outOfSample, sample, baselines }: Evidence, holding: HtmlValue): Html {
  const { bootstrap } = outOfSample;
  const held = isMissing(baselines) || baselines.hold.sharpeAnn === null ? holding : html`holding ${datum('evidence.baselines.hold.sharpeAnn', baselines.hold.sharpeAnn, TEXT_OF.ratio(baselines.hold.sharpeAnn))}`;
  if (sample.days < ANNUAL_NEEDS_DAYS) return html`Unseen: ${formatCount(sample.days)} days, too few for an annual figure.`;
  return html`Unseen Sharpe ${bounded('sharpeAnn', 'ratio')} (${held}), growth ${bounded('cagr', 'gain')}, deepest fall ${bounded('maxDrawdown', 'percent')}.`;

  function bounded(name: 'sharpeAnn' | 'cagr' | 'maxDrawdown', kind: 'ratio' | 'gain' | 'percent'): Html {
    const { estimate, lower95, upper95 } = bootstrap[name];
    const path = `evidence.outOfSample.bootstrap.${name}`;
    if (estimate === null) return html`not defined`;
    const point = datum(`${path}.estimate`, estimate, TEXT_OF[kind](estimate));
    if (lower95 === null || upper95 === null) return html`${point} (n = ${formatCount(outOfSample.observations)})`;
    return html`${point} [${datum(`${path}.lower95`, lower95, plain(lower95, kind))}, ${datum(`${path}.upper95`, upper95, plain(upper95, kind))}]`;
  }
}

/** A bound: the unit stands at the estimate. */
function plain(value: number, kind: 'ratio' | 'gain' | 'percent'): string {
  return TEXT_OF[kind](value).replace(/\u00a0%$/, '');
}

function gateWords(gate: Gate): string {
  const { state: shadow, threshold } = gate.shadow;
  const value = gate.value === null ? gate.statistic : valueText(gate.value);
  return `${gate.name} ${value} (${shadow === 'fail' ? threshold : gate.live.threshold})`;
}

/** A gate's number without its unit: whole where it is whole. */
export function valueText(value: number): string {
  return formatNumber(value, Number.isInteger(value) ? 0 : Math.abs(value) < 0.1 ? 3 : 2);
}

function tierOf(gate: Gate, decision: Decision): Gate['shadow'] {
  return decision === 'reject' ? gate.shadow : gate.live;
}

function listOf(names: readonly string[], more: number): string {
  return more > 0 ? `${names.join(', ')} and ${formatCount(more)} more` : names.join(', ');
}

function wordCount(sentence: Html): number {
  return sentence.text.replaceAll(/<[^>]+>/g, ' ').trim().split(/\s+/).length;
}
