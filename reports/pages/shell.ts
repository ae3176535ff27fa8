import { formatDateTime } from '../format.ts';
import { type Html, html, type HtmlValue, jsonScript, raw, scriptText } from '../html.ts';
import { STYLE } from '../style.ts';
import type { ReportAssets } from '../types.ts';

const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: HtmlValue;
}

export interface Page {
  /** The browser's title. */
  readonly title: string;
  /** RUN, SWEEP, WALK-FORWARD. */
  readonly kind: string;
  /** The one sentence that the report stands for. */
  readonly claim: string;
  readonly identity: HtmlValue;
  readonly verdict: HtmlValue;
  /** Figures that belong to the verdict but not into its sentence. */
  readonly beneath?: HtmlValue;
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  /** Figure 1 and Table 1. */
  readonly opening: HtmlValue;
  readonly sections: readonly Section[];
  readonly manifest: unknown;
  readonly data?: HtmlValue;
  readonly artefactId: string;
  readonly createdAtMs?: number;
}

/** One self-contained document: nothing is fetched, nothing is executed but the script inside. */
export function renderPage(page: Page, assets: ReportAssets): string {
  const { title, sections } = page;
  return html`${raw('<!doctype html>\n')}<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<a class="skip" href="#verdict">Skip to the verdict</a>
${HATCHES}
<div class="page">
<main>
<header class="masthead">
<p class="kind">${page.kind}</p>
<h1>${page.claim}</h1>
<p class="identity">${page.identity}</p>
</header>
<p class="verdict" id="verdict">${page.verdict}</p>
${page.beneath}${warningList(page.warnings)}${page.notes.map((note) => html`<p>${note}</p>`)}
${page.opening}
${sections.map(sectionOf)}
<p class="foot">${page.artefactId}${page.createdAtMs === undefined ? null : html` · written ${formatDateTime(page.createdAtMs)}`} · Assay report</p>
</main>
${contents(sections)}
</div>
<p class="run-id" aria-hidden="true">${page.artefactId}</p>
<div class="sr" id="live" aria-live="polite"></div>
${jsonScript('assay-manifest', page.manifest)}${page.data}
<script>${scriptText(assets.script)}</script>
</body>
</html>
`.text;
}

const HATCHES = raw(
  '<svg class="defs" aria-hidden="true" focusable="false"><defs>'
  + '<pattern id="assay-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" stroke="var(--hatch)" stroke-width="2"/></pattern>'
  + '<pattern id="assay-hatch-ink" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" stroke="var(--edge)" stroke-width="1.5"/></pattern>'
  + '</defs></svg>',
);

function warningList(warnings: readonly string[]): Html | null {
  if (warnings.length === 0) return null;
  return html`<ul class="warnings" aria-label="Warnings">${warnings.map((warning) => html`<li>${warning}</li>`)}</ul>`;
}

function sectionOf({ id, title, body }: Section): Html {
  return html`<section aria-labelledby="h-${id}"><h2 id="h-${id}">${title}</h2>
${body}</section>
`;
}

function contents(sections: readonly Section[]): Html {
  return html`<nav aria-label="Contents"><details open><summary>Contents</summary><ol>${sections.map(({ id, title }) => html`<li><a href="#h-${id}">${title}</a></li>`)}</ol></details></nav>`;
}
