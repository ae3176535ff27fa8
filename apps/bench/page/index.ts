import { STYLE } from '../../../reports/index.ts';
import type { BenchCase } from '../case.ts';
import type { BenchResults } from '../results.ts';
import { benchTable } from '../table.ts';
import { escapeText } from './escape.ts';
import { spreadPlot, timesPlot } from './plots.ts';

const OWN_STYLE = '.wide{overflow-x:auto}.wide table{border-collapse:collapse;white-space:nowrap}.wide td,.wide th{padding:3px 10px 3px 0;text-align:right;border-bottom:1px solid var(--rule);font-weight:400}.wide td:nth-child(-n+2),.wide th:nth-child(-n+2){text-align:left}.page{padding:0 16px 96px}';

/** Results as one page that needs nothing else. */
export function benchPage(results: BenchResults, definitions: readonly BenchCase[]): string {
  const { head, rows } = benchTable(results, definitions);
  const cells = (tag: 'td' | 'th', row: readonly string[]): string => `<tr>${row.map((cell) => `<${tag}>${escapeText(cell)}</${tag}>`).join('')}</tr>`;
  const notes = [
    '* measured by the gate; ÷ loop is the first quartile of a run’s time ÷ that of the calibration loop before and after it.',
    ...results.peers.map(({ case: name, peer, version, share, note }) => `${name}: ${peer} ${version}, ${note}${share < 1 ? `; ${(100 * share).toPrecision(2)} % of the combinations` : ''}.`),
    ...results.notes,
  ];
  const failed = results.cases.flatMap(({ name, error }) => (error === null ? [] : [`<li>${escapeText(`${name}: ${error}`)}</li>`]));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Assay benchmarks</title><style>${STYLE}${OWN_STYLE}</style></head><body><div class="page"><main>
<div class="masthead"><p class="kind">BENCHMARKS</p><h1>Assay ${escapeText(results.engineVersion)}</h1><p class="identity">${escapeText(`${results.processor}, Node ${results.node}${results.size === 'quick' ? ', little data: times mean nothing' : ''}`)}</p></div>
${failed.length === 0 ? '' : `<ul class="warnings">${failed.join('')}</ul>`}
<div class="wide" tabindex="0"><table><thead>${cells('th', head)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table></div>
${timesPlot(results)}${spreadPlot(results)}
<ul class="quiet">${notes.map((text) => `<li>${escapeText(text)}</li>`).join('')}</ul></main></div></body></html>
`;
}
