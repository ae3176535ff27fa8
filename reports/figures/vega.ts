import type { Spec as VegaSpec } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { SANS } from '../style.ts';

export type LiteSpec = Readonly<Record<string, unknown>>;
export type { VegaSpec };

/** A drawing width: text keeps its size, so a figure is drawn for each. */
export interface Layout {
  readonly name: 'wide' | 'narrow';
  readonly width: number;
  readonly fontSize: number;
}

export const LAYOUTS: readonly Layout[] = [
  { name: 'wide', width: 720, fontSize: 12 },
  { name: 'narrow', width: 360, fontSize: 12.5 },
];

export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface ChartInput {
  readonly height: number;
  readonly margins: Margins;
  /** What the y axis measures, in words, above the panel. */
  readonly title?: string;
  /** Room between the title and the panel. */
  readonly titleGap?: number;
  readonly parts: Readonly<Record<string, unknown>> & { readonly layer: readonly unknown[] };
}

/** A Vega-Lite specification of fixed size in the page's own colours; nothing is fitted, so panels align. */
export function chart(layout: Layout, { height, margins, title, titleGap = 8, parts }: ChartInput): LiteSpec {
  return {
    width: layout.width - margins.left - margins.right,
    height,
    padding: margins,
    autosize: { type: 'none' },
    background: null,
    ...parts,
    layer: title === undefined ? parts.layer : [...parts.layer, titleMark(title, titleGap)],
    config: theme(layout),
  };
}

/** Words above the panel's upper left corner; a mark, because a title moves with whatever overhangs. */
function titleMark(title: string, gap: number): Readonly<Record<string, unknown>> {
  return {
    mark: { type: 'text', align: 'left', baseline: 'bottom', color: 'var(--ink-2)', tooltip: null }, data: { values: [{ title }] },
    encoding: { x: { value: 0 }, y: { value: -gap }, text: { field: 'title' } },
  };
}

/** The full Vega specification, to be parsed without Vega-Lite. */
export async function compileSpec(spec: LiteSpec): Promise<VegaSpec> {
  const { compile } = await import('vega-lite');
  const quiet = { warn: ignore, info: ignore, debug: ignore, error: ignore, level: ignore };
  return compile(spec as unknown as TopLevelSpec, { logger: quiet as never }).spec;
}

/** Draws without a browser or canvas; text is measured by one table, so that the same input gives the same bytes anywhere. */
export async function drawSvg(spec: VegaSpec, idPrefix: string): Promise<string> {
  const vega = await import('vega');
  (vega as unknown as { textMetrics: TextMetrics }).textMetrics.width = measuredWidth;
  const svg = await new vega.View(vega.parse(spec), { renderer: 'none', logLevel: vega.None }).toSVG();
  return tidy(svg, idPrefix);
}

interface TextMetrics {
  width: (item: { fontSize?: number }, text: unknown) => number;
}

/** About the width of a sans-serif text, in px. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const char of text) ems += /[iljtfrI.,:;'|! ()[\]]/.test(char) ? 0.3 : /[mwMW%]/.test(char) ? 0.85 : /[A-Z]/.test(char) ? 0.66 : 0.555;
  return ems * fontSize;
}

function measuredWidth(item: { fontSize?: number }, text: unknown): number {
  return textWidth(String(text), item.fontSize ?? 11);
}

function ignore(this: unknown): unknown {
  return this;
}

function theme({ fontSize }: Layout): Record<string, unknown> {
  return {
    aria: false,
    font: SANS,
    view: { stroke: null },
    axis: {
      domainColor: 'var(--edge)', tickColor: 'var(--edge)', gridColor: 'var(--rule)', labelColor: 'var(--ink-2)', titleColor: 'var(--ink-2)',
      labelFontSize: fontSize, titleFontSize: fontSize, titleFontWeight: 'normal', labelPadding: 4, tickSize: 4, titlePadding: 6,
      labelOverlap: true, labelLimit: 260, domain: true, grid: false,
    },
    axisY: { domain: false, ticks: false, grid: true },
    text: { color: 'var(--ink)', fontSize },
    bar: { color: 'var(--blue)' },
    line: { color: 'var(--blue)', strokeWidth: 1.75, strokeJoin: 'round' },
    rule: { color: 'var(--edge)' },
    point: { color: 'var(--blue)', filled: true },
    legend: { labelFontSize: fontSize, titleFontSize: fontSize, labelColor: 'var(--ink-2)', titleColor: 'var(--ink-2)' },
  };
}

/** Shorter numbers, ids that are unique on the page, no fixed size beyond the drawing's own. */
function tidy(svg: string, idPrefix: string): string {
  const body = svg
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>$/, '')
    .replace(/ id="([\w-]+)"/g, ` id="${idPrefix}-$1"`)
    .replace(/url\(#(?!assay-)([\w-]+)\)/g, `url(#${idPrefix}-$1)`)
    .replace(/ (d|transform|x|y|x1|x2|y1|y2|width|height)="([^"]*)"/g, (_, name: string, value: string) => ` ${name}="${shorten(value)}"`)
    .replace(/ (?:class|font-family|role|aria-[a-z]+|pointer-events)="[^"]*"/g, '')
    .replace(/ (?:opacity|stroke-opacity|fill-opacity)="1"/g, '')
    .replace(/ font-weight="normal"/g, '')
    .replace(/<path d="(?:M0,0h0v0h0Z)?"[^>]*\/>/g, '')
    .replace(/<g><\/g>/g, '');
  return mergePoints(body);
}

function shorten(value: string): string {
  return value.replace(/-?\d+\.\d+(e-?\d+)?/g, (number) => String(Math.round(Number(number) * 10) / 10 || 0));
}

/** Runs of equal symbols become one path: the same pixels from a fifth of the bytes. */
function mergePoints(body: string): string {
  return body.replace(/(?:<path transform="translate\([^"]*\)" d="[^"]*"[^>]*\/?>(?:<\/path>)?){2,}/g, (run) => {
    const symbols = [...run.matchAll(/<path transform="translate\(([-\d.]+),([-\d.]+)\)" d="([^"]*)"([^>]*?)\/?>(?:<\/path>)?/g)];
    const [, , , shape, style] = symbols[0];
    const same = symbols.every((symbol) => symbol[3] === shape && symbol[4] === style);
    const radius = /^M([\d.]+),0A/.exec(shape)?.[1];
    if (!same || radius === undefined || !/ fill="(?!none)/.test(style) || / stroke=/.test(style)) return run;
    const dots = symbols.map(([, x, y]) => `M${x},${y}h0`).join('');
    const stroke = style.replace(/ stroke-width="[^"]*"/, '').replace(/ fill="([^"]*)"/, ' stroke="$1"').replace('fill-opacity', 'stroke-opacity');
    return `<path d="${dots}" fill="none" stroke-linecap="round" stroke-width="${2 * Number(radius)}"${stroke}/>`;
  });
}
