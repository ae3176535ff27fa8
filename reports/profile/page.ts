import { type Html, html, raw, scriptText } from '../html.ts';
import { STYLE } from '../style.ts';
import type { ReportAssets } from '../types.ts';
import { flameGraph, shareText } from './flame-graph.ts';
import { ROOMS, type Room, selfTimes } from './frames.ts';
import { FLAME_STYLE } from './style.ts';
import type { ProfileReport } from './types.ts';

const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

const LEGEND: Readonly<Record<Room, string>> = {
  engine: 'engine', strategy: 'strategies', assay: 'the rest of Assay', package: 'packages', node: 'Node', native: 'native code, garbage collection',
};

const MOST_FUNCTIONS = 30;

/** Where the time of a command went, as one self-contained page: a flame graph, and the functions by their own time. */
export function renderProfile({ command, root, threads, idleUs, intervalUs }: ProfileReport, { script }: ReportAssets): string {
  return html`${raw('<!doctype html>\n')}<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>Profile: assay ${command}</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE)}${raw(FLAME_STYLE)}</style>
</head>
<body>
<div class="profile">
<header class="masthead"><p class="kind">PROFILE</p><h1>assay ${command}</h1>
<p class="identity">${(root.totalUs / 1000).toFixed(0)} ms at work on ${threads} thread${threads === 1 ? '' : 's'}, ${(idleUs / 1000).toFixed(0)} ms idle and left out; a sample every ${intervalUs} µs</p></header>
<main>
<div class="bar"><label>search <input id="search" type="search" placeholder="simulate, kernels/, node:"></label><button id="reset" type="button">whole graph</button>${ROOMS.map((room) => html`<span class="key ${room}"><i></i>${LEGEND[room]}</span>`)}</div>
<p class="flame-readout" id="readout" aria-live="polite">Callers stand above what they call. A click makes a frame as wide as the page; frames below 0.05 % are left out.</p>
${flameGraph(root)}
<h2>Functions by their own time</h2>
${selfTable(root)}
</main>
</div>
<script>${scriptText(script)}</script>
</body>
</html>
`.text;
}

function selfTable(root: ProfileReport['root']): Html {
  const rows = selfTimes(root).slice(0, MOST_FUNCTIONS);
  return html`<table class="self"><thead><tr><th>function</th><th>source</th><th class="n">self</th></tr></thead><tbody>${rows.map(
    ({ name, source, selfUs }) => html`<tr><td><code>${name}</code></td><td><code>${source ?? ''}</code></td><td class="n">${shareText(selfUs, root.totalUs)}</td></tr>`,
  )}</tbody></table>`;
}
