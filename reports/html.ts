/** Markup that is safe to place in a page. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

/** Markup from a template; every interpolated string is escaped, lists are joined, null and false leave nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = strings[0];
  for (let i = 0; i < values.length; i++) text += textOf(values[i]) + strings[i + 1];
  return new Html(text);
}

/** The words of markup, for an attribute: tags out, entities kept. */
export function wordsOf(value: HtmlValue): Html {
  return raw(textOf(value).replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ').trim());
}

/** Markup that is already safe. */
export function raw(text: string): Html {
  return new Html(text);
}

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char]);
}

/** JSON that cannot leave its script element. NaN and infinities become null. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A data block of the page. */
export function jsonScript(id: string, value: unknown): Html {
  return html`<script type="application/json" id="${id}">${raw(jsonText(value))}</script>`;
}

/** Program text that cannot end its script element early. */
export function scriptText(program: string): Html {
  return raw(program.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--'));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function textOf(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  return value.map(textOf).join('');
}
