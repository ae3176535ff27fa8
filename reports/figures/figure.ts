import { formatCount } from '../format.ts';
import { type Html, html, type HtmlValue, jsonScript, raw } from '../html.ts';
import { type Column, table } from '../table.ts';
import { compileSpec, drawSvg, type Layout, LAYOUTS, type LiteSpec, type VegaSpec } from './vega.ts';

const TABLE_ROWS = 60;

export interface FigureInput {
  readonly id: string;
  /** What is drawn, in two or three words. */
  readonly name: string;
  /** What the figure shows to be true. */
  readonly finding: HtmlValue;
  /** What a person who cannot see it should know of its form. */
  readonly description: string;
  readonly panels: (layout: Layout) => readonly LiteSpec[];
  readonly data: FigureData;
  /** Method, resampling, what is missing. */
  readonly note?: HtmlValue;
  /** Data of a zoomable twin, decoded by the client. */
  readonly zoom?: unknown;
  /** Embed the specification so that marks answer to the pointer. */
  readonly live?: boolean;
}

/** The plotted values; more than sixty rows are resampled evenly. */
export interface FigureData {
  readonly columns: readonly Column[];
  readonly count: number;
  readonly row: (index: number) => readonly HtmlValue[];
}

/** Numbers the figures and tables of one page. */
export class Numbering {
  private figures = 0;
  private tables = 0;

  nextFigure(): number {
    return ++this.figures;
  }

  nextTable(): number {
    return ++this.tables;
  }
}

/** A figure with its finding, drawn at both widths, and the numbers behind it. */
export async function figure(input: FigureInput, numbering: Numbering): Promise<Html> {
  const number = numbering.nextFigure();
  const drawn = await Promise.all(LAYOUTS.map((layout) => drawPanels(input, layout, number)));
  const [wide] = drawn;
  const live = input.live === true ? jsonScript(`${input.id}-spec`, wide.specs.map(shortNumbers)) : null;
  const zoom = input.zoom === undefined ? null : jsonScript(`${input.id}-zoom`, input.zoom);
  return html`<figure id="${input.id}" aria-labelledby="${input.id}-caption">
<figcaption id="${input.id}-caption"><b>Figure ${number}.</b> ${input.finding}</figcaption>
<div class="plot" tabindex="0" role="group" aria-label="Figure ${number}, ${input.name}: arrow keys read its values">${drawn.map(({ markup }) => markup)}</div>
${input.note === undefined ? null : html`<p class="note">${input.note}</p>`}
${dataTable(input, number)}${live}${zoom}
</figure>
`;
}

async function drawPanels(input: FigureInput, layout: Layout, number: number): Promise<{ markup: Html; specs: readonly VegaSpec[] }> {
  const lite = input.panels(layout);
  const specs = await Promise.all(lite.map(compileSpec));
  const bodies: Html[] = [];
  for (let i = 0; i < specs.length; i++) {
    const id = `${input.id}-${layout.name}-${i}`;
    const body = await drawSvg(specs[i], id);
    const height = heightOf(lite[i]);
    bodies.push(html`<svg role="img" aria-labelledby="${id}-t ${id}-d" width="${layout.width}" height="${height}" viewBox="0 0 ${layout.width} ${height}"><title id="${id}-t">Figure ${number}: ${input.name}</title><desc id="${id}-d">${input.description}</desc>${raw(body)}</svg>`);
  }
  return { markup: html`<div class="${layout.name}">${bodies}</div>`, specs };
}

function heightOf(spec: LiteSpec): number {
  const { top, bottom } = spec.padding as { top: number; bottom: number };
  return (spec.height as number) + top + bottom;
}

function dataTable({ data, name }: FigureInput, number: number): Html {
  const rows = data.count <= TABLE_ROWS
    ? Array.from({ length: data.count }, (_, i) => i)
    : Array.from({ length: TABLE_ROWS }, (_, i) => Math.round((i * (data.count - 1)) / (TABLE_ROWS - 1)));
  const resampled = data.count > TABLE_ROWS ? `; ${TABLE_ROWS} of ${formatCount(data.count)} rows, evenly spaced` : '';
  const body = table({
    caption: `Data of figure ${number}, ${name}${resampled}`,
    columns: data.columns,
    rows: rows.map((index) => ({ cells: data.row(index) })),
    sortable: true,
  });
  return html`<details class="data"><summary>Data</summary>${body}</details>`;
}

/** Six significant digits are more than a pixel needs. */
function shortNumbers(spec: VegaSpec): unknown {
  return JSON.parse(JSON.stringify(spec, (_, value: unknown) => (
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value
  )));
}
