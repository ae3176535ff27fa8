import { type Html, html } from '../../html.ts';
import { Footnotes } from '../../table.ts';

export const NEEDS_DAYS = 'an annual figure needs 90 days';

/** What could not be computed: a dash with its reason, in the place of a figure or a table. */
export function notComputable(what: string, reason: string): Html {
  const footnotes = new Footnotes();
  return html`<p class="absent">${what}: ${footnotes.dash(reason)} not computable</p>${footnotes.list()}`;
}
