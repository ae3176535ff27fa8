import { type CausalityProof, type Evidence, isMissing, type Known, type StampTest } from '../../../engine/index.ts';
import { datum, datumOr } from '../../datum.ts';
import type { Numbering } from '../../figures/figure.ts';
import { counted, formatCount, formatMinute, formatNumber } from '../../format.ts';
import { type Html, html } from '../../html.ts';
import { Footnotes, table } from '../../table.ts';
import { sentence } from './gate-text.ts';
import { STATE_WORDS } from './gates.ts';
import { notComputable } from './missing.ts';

/** What was cut, corrupted and repeated, what changed, and whether joined columns know their own bar. */
export function causalitySection({ reproduction, causality, stamps }: Evidence, numbering: Numbering): Html {
  const again = isMissing(reproduction) ? notComputable('A second run', reproduction.missing)
    : html`<p>${reproduction.differs.length === 0 ? 'A second run of the same specification gave the same bits.' : `A second run of the same specification differs in ${reproduction.differs.join(', ')}.`}</p>`;
  return html`${again}${isMissing(causality) ? notComputable('Future cut off and corrupted', causality.missing) : proof(causality, numbering)}${stampTable(stamps, numbering)}`;
}

function proof(causality: CausalityProof, numbering: Numbering): Html {
  const { cuts, seed, compared, leaks, warmup, incremental } = causality;
  const changed = leaks.reduce((sum, leak) => sum + leak.changed, 0);
  const rows = [
    { cells: ['Future cut off or corrupted', formatCount(compared), formatCount(changed)] },
    { cells: ['A longer history, after the declared warm-up', formatCount(warmup.compared), datum('evidence.causality.warmup.changed', warmup.changed, formatCount(warmup.changed))] },
    { cells: ['Bar by bar against all bars at once', formatCount(incremental.compared), datum('evidence.causality.incremental.changed', incremental.changed, formatCount(incremental.changed))] },
  ];
  const compares = table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> ${counted(cuts, 'cut')}, seed ${formatNumber(seed, 0)}: ${leaks.length === 0 ? 'no decision and no feature read ahead' : `${counted(leaks.length, 'leak')} found`}.`,
    columns: [{ label: 'What was done to the bars', align: 'wrap' }, { label: 'Values compared', align: 'number' }, { label: 'Changed', align: 'number' }],
    rows,
  });
  return html`${compares}${leaks.length === 0 ? null : leakTable(causality, numbering)}`;
}

function leakTable({ leaks }: CausalityProof, numbering: Numbering): Html {
  return table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> Leaks, as the strategy’s author should read them.`,
    columns: [
      { label: 'What reads ahead', align: 'text' }, { label: 'Kind', align: 'text' }, { label: 'Cut (UTC)', align: 'text' }, { label: 'Bars ahead', align: 'number' }, { label: 'Changed', align: 'number' }, { label: 'In words', align: 'wrap' },
    ],
    rows: leaks.slice(0, 30).map(({ name, subject, cutTimeMs, reachBars, changed, message }) => ({ cells: [subject, name, formatMinute(cutTimeMs), formatCount(reachBars), formatCount(changed), sentence(message)] })),
  });
}

function stampTable(stamps: Known<readonly StampTest[]>, numbering: Numbering): Html {
  if (isMissing(stamps)) return notComputable('Stamps of joined columns', stamps.missing);
  if (stamps.length === 0) return html`<p>No column is joined to the bars: there is no stamp to test.</p>`;
  const footnotes = new Footnotes();
  return html`${table({
    caption: html`<b>Table ${numbering.nextTable()}.</b> Joined columns: does a column’s change load on the return of the bar that it is stamped before?`,
    columns: [{ label: 'Column', align: 'text' }, { label: 'n', align: 'number' }, { label: 'HAC t', align: 'number' }, { label: 'Partial r', align: 'number' }, { label: 'State', align: 'text' }],
    rows: stamps.map(({ column, observations, t, partialR, state }, i) => ({
      cells: [
        column, formatCount(observations), datumOr(`evidence.stamps.${i}.t`, t, 'ratio', 'too few changes for a regression', footnotes),
        datumOr(`evidence.stamps.${i}.partialR`, partialR, 'ratio', 'too few changes for a regression', footnotes), STATE_WORDS[state],
      ],
    })),
    footnotes,
  })}`;
}
