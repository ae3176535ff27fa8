import type { Gate, GateState, GateTier, Validation } from '../../../engine/index.ts';
import { datum } from '../../datum.ts';
import type { Numbering } from '../../figures/figure.ts';
import { formatCount } from '../../format.ts';
import { type Html, html } from '../../html.ts';
import { Footnotes } from '../../table.ts';
import { gateMargin, sentence, readable } from './gate-text.ts';

export const STATE_WORDS: Readonly<Record<GateState, string>> = { pass: '✓ pass', warn: '! warn', fail: '✕ fail', 'n/a': '◌ not computable' };
const BAR = { width: 44, height: 8 };

/** Every gate with its statistic, thresholds and margins: those that decide against it first. */
export function gateTable({ gates, blocking, policy }: Validation['verdict'], numbering: Numbering): Html {
  const footnotes = new Footnotes();
  const counts = (['fail', 'n/a', 'warn', 'pass'] as const).map((state) => [state, gates.filter((gate) => gate.shadow.state === state).length] as const);
  const ordered = gates.toSorted((a, b) => rank(a, blocking) - rank(b, blocking));
  return html`<div class="scroll" role="region" aria-label="Gates" tabindex="0"><table class="gates" id="gates">
<caption><span><b>Table ${numbering.nextTable()}.</b> ${formatCount(gates.length)} gates of policy ${policy.version}, those that decide against it first; at the shadow tier ${counts.filter(([, count]) => count > 0).map(([state, count]) => `${formatCount(count)} ${STATE_WORDS[state].slice(2)}`).join(', ')}. A bar to the right passes, to the left fails; its length is the margin ÷ (margin + value).</span></caption>
<thead><tr><th scope="col">Gate</th><th scope="col">Statistic</th><th scope="col">For shadow</th><th scope="col">For live</th></tr></thead>
${ordered.map((gate) => gateRows(gate, blocking.includes(gate.id), footnotes))}</table></div>${footnotes.list()}`;
}

function gateRows(gate: Gate, blocks: boolean, footnotes: Footnotes): Html {
  const { id, name, question, statistic, value, reason, remedy } = gate;
  const worst = gate.shadow.state === 'pass' ? gate.live.state : gate.shadow.state;
  const silent = worst === 'n/a' && value === null;
  const why = silent ? '' : reason;
  const told = blocks || why !== '' || remedy !== '';
  return html`<tbody class="${worst === 'n/a' ? 'silent' : worst}"><tr><th scope="row"><b>${id} ${name}</b><span class="sub">${question}</span></th>
<td data-label="Statistic">${silent ? html`${footnotes.dash(reason === '' ? 'not computable' : reason)}` : readable(statistic)}</td>${tierCell(gate, 'shadow')}${tierCell(gate, 'live')}</tr>
${!told ? null : html`<tr class="why"><td colspan="4">${blocks ? html`<b>Decides.</b> ` : null}${why === '' ? null : html`${sentence(why)} `}${remedy === '' ? null : html`<i>What would change it:</i> ${sentence(remedy)}`}</td></tr>
`}</tbody>`;
}

function tierCell(gate: Gate, tier: 'shadow' | 'live'): Html {
  const { state, threshold, margin } = gate[tier];
  return html`<td class="${state === 'fail' ? 'fail' : 'kept'}" data-label="For ${tier}"><span class="state">${STATE_WORDS[state]}</span>${margin === null ? null : html` ${marginBar(gate, gate[tier])}`}${margin === null ? null : html` ${datum(`gates.${gate.id}.${tier}.margin`, margin, gateMargin(gate.id, margin))}`}<span class="sub">${readable(threshold)}</span></td>`;
}

/** Right of the rule: passes. Its length is the margin as a part of margin and value, so that gates of any unit compare. */
function marginBar({ value }: Gate, { margin, state }: GateTier): Html | null {
  if (margin === null || value === null) return null;
  const size = Math.abs(margin) + Math.abs(value);
  const length = size === 0 ? 0 : Math.round((Math.abs(margin) / size) * (BAR.width / 2) * 10) / 10;
  const middle = BAR.width / 2;
  const from = margin >= 0 ? middle : middle - length;
  return html`<svg class="margin" aria-hidden="true" width="${BAR.width}" height="${BAR.height}" viewBox="0 0 ${BAR.width} ${BAR.height}"><rect x="${from}" y="1" width="${length}" height="6" fill="var(--${state === 'fail' ? 'orange' : 'blue'})"/><path d="M${middle} 0V8" stroke="var(--ink)"/></svg>`;
}

/** Lower comes first: fails, what blocks without a value, fails of the live tier, then what is only worth a look. */
function rank({ id, shadow, live }: Gate, blocking: readonly string[]): number {
  if (shadow.state === 'fail') return 0;
  if (shadow.state === 'n/a' && blocking.includes(id)) return 1;
  if (live.state === 'fail') return 2;
  if (shadow.state === 'n/a' || live.state === 'n/a') return 3;
  return shadow.state === 'warn' || live.state === 'warn' ? 4 : 5;
}
