import { type Html, html, type HtmlValue, wordsOf } from './html.ts';
import { NO_VALUE } from './format.ts';

export interface Column {
  readonly label: HtmlValue;
  /** Words wrap only where asked. */
  readonly align: 'text' | 'number' | 'wrap';
}

export interface Row {
  readonly cells: readonly HtmlValue[];
  readonly role?: 'group' | 'total' | 'chosen';
}

export interface TableInput {
  readonly id?: string;
  readonly caption: HtmlValue;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly footnotes?: Footnotes;
  /** Headers become sort buttons and a copy button appears when scripts run. */
  readonly sortable?: boolean;
}

/** A table of the page: the first cell of a row is its header; the region scrolls by itself on a phone. */
export function table({ id, caption, columns, rows, footnotes, sortable }: TableInput): Html {
  const label = id === undefined ? null : html` id="${id}"`;
  return html`<div class="scroll" role="region" aria-label="${wordsOf(caption)}" tabindex="0"><table${label}${sortable ? html` data-sortable` : null}>
<caption><span>${caption}</span></caption>
<thead><tr>${columns.map(({ label, align }) => html`<th scope="col" class="${classOf(align)}">${label}</th>`)}</tr></thead>
<tbody>${rows.map((row) => rowOf(row, columns))}</tbody></table></div>${footnotes?.list()}`;
}

/** Reasons for what a table leaves blank; equal reasons share a letter. */
export class Footnotes {
  private readonly reasons: string[] = [];

  /** An em dash with its reason. */
  dash(reason: string): Html {
    return html`${NO_VALUE}${this.mark(reason)}`;
  }

  mark(reason: string): Html {
    let index = this.reasons.indexOf(reason);
    if (index < 0) index = this.reasons.push(reason) - 1;
    return html`<sup>${letter(index)}</sup>`;
  }

  list(): Html {
    if (this.reasons.length === 0) return html``;
    return html`<ol class="footnotes">${this.reasons.map((reason, i) => html`<li><sup>${letter(i)}</sup> ${reason}</li>`)}</ol>`;
  }
}

function letter(index: number): string {
  return index < 26 ? String.fromCharCode(97 + index) : `${letter(Math.floor(index / 26) - 1)}${letter(index % 26)}`;
}

function classOf(align: Column['align']): string {
  return align === 'number' ? 'num' : align;
}

function rowOf({ cells, role }: Row, columns: readonly Column[]): Html {
  const [head, ...rest] = cells;
  const name = role === undefined ? null : html` class="${role}"`;
  if (role === 'group') return html`<tr${name}><th scope="colgroup" colspan="${columns.length}">${head}</th></tr>`;
  return html`<tr${name}><th scope="row" class="${classOf(columns[0].align)}">${head}</th>${rest.map((cell, i) => html`<td class="${classOf(columns[i + 1].align)}">${cell}</td>`)}</tr>
`;
}
