import { type Html, html } from './html.ts';
import { formatNumber, formatPercent, formatProbability, formatSignedPercent } from './format.ts';
import type { Footnotes } from './table.ts';

/** A number in the page, tied to its place in the manifest. */
export function datum(path: string, value: number, text: string): Html {
  return html`<data value="${value}" data-metric="${path}">${text}</data>`;
}

/** How a kind of number is written. */
export const TEXT_OF = {
  ratio: (value: number) => formatNumber(value, 2),
  decimal: (value: number) => formatNumber(value, 1),
  probability: formatProbability,
  percent: (value: number) => formatPercent(value),
  gain: (value: number) => formatSignedPercent(value),
  count: (value: number) => formatNumber(value, 0),
} as const;
export type NumberKind = keyof typeof TEXT_OF;

/** A number of the manifest, or a dash whose footnote says why there is none. */
export function datumOr(path: string, value: number | null, kind: NumberKind, reason: string, footnotes: Footnotes): Html {
  return value === null ? footnotes.dash(reason) : datum(path, value, TEXT_OF[kind](value));
}
